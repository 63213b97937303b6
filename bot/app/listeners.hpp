// The addresses that the daemon serves on, and who may use them.
#pragma once

#include <spdlog/logger.h>

#include <boost/asio/any_io_executor.hpp>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "adapters/net/http_server.hpp"
#include "classifier/api/error.hpp"
#include "config/environment.hpp"
#include "config/secret.hpp"
#include "config/settings.hpp"

namespace nunchi::bot {

/// Host names that browsers may use: those of this machine and the allowed ones.
std::vector<std::string> known_hosts(const config::HttpSettings& http);

/// The configured token. Off loopback, where one is needed and none is configured, the one in the state
/// folder, which is made at the first start (0600). Empty on loopback without a configured one.
api::outcome<config::Secret> private_token(const config::HttpSettings& http,
                                           const config::Environment& environment);

/// How a browser on this machine, or behind a published port, reaches the private listener.
std::string base_url(const config::HttpSettings& http, std::uint16_t port);

/// A Failure says which setting is wrong: the port is taken, the address is not this machine's.
api::outcome<std::unique_ptr<net::HttpServer>> open_private_listener(boost::asio::any_io_executor executor,
                                                                     net::Router router,
                                                                     const config::HttpSettings& http,
                                                                     const config::Secret& token,
                                                                     std::shared_ptr<spdlog::logger> log);

/// Routes of platforms' webhooks only, each authenticated by its signature.
api::outcome<std::unique_ptr<net::HttpServer>> open_public_listener(boost::asio::any_io_executor executor,
                                                                    net::Router router,
                                                                    const config::HttpSettings& http,
                                                                    std::shared_ptr<spdlog::logger> log);

}  // namespace nunchi::bot
