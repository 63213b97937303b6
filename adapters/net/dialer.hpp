// Opens connections: name, address, proxy, TLS, all within one deadline.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/net/client_stream.hpp"
#include "adapters/net/url.hpp"

namespace nunchi::net {

class Dialer {
public:
    using Clock = std::chrono::steady_clock;

    Dialer(boost::asio::any_io_executor executor, std::shared_ptr<boost::asio::ssl::context> tls,
           std::optional<Proxy> proxy, std::vector<std::string> no_proxy);

    /// The proxy that stands between, or null.
    const Proxy* proxy_for(const Url& url) const;

    /// Whether requests to the proxy name the whole URL (plain HTTP) in place of speaking through a tunnel.
    bool is_forwarded(const Url& url) const;

    /// A connection that the request may be written to. errc::timed_out at the deadline. The dialer must
    /// outlive the call.
    boost::asio::awaitable<result<std::unique_ptr<ClientStream>>> dial(Url url, Clock::time_point deadline);

private:
    boost::asio::awaitable<boost::system::error_code> connect(ClientStream& stream, std::string host,
                                                              std::uint16_t port, Clock::time_point deadline);

    boost::asio::any_io_executor executor_;
    std::shared_ptr<boost::asio::ssl::context> tls_;
    std::optional<Proxy> proxy_;
    std::vector<std::string> no_proxy_;
};

}  // namespace nunchi::net
