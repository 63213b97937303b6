// From a host's name to its addresses.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <string>
#include <vector>

#include "adapters/net/error.hpp"

namespace nunchi::net {

/// At least one address, in the order of the system. An address resolves to itself, "localhost" to the
/// loopback addresses, without asking anybody. errc::timed_out at the deadline, though the system's resolver
/// cannot be interrupted: the thread that Asio resolves on stays busy until it gives up, and later names wait
/// for it.
boost::asio::awaitable<result<std::vector<boost::asio::ip::tcp::endpoint>>> resolve(
    boost::asio::any_io_executor executor, std::string host, std::uint16_t port,
    std::chrono::steady_clock::time_point deadline);

}  // namespace nunchi::net
