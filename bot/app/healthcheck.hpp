// `nunchi healthcheck`: what containers and service managers ask.
#pragma once

#include <chrono>
#include <iosfwd>
#include <string>

#include "adapters/net/error.hpp"
#include "adapters/net/http_message.hpp"
#include "bot/app/program.hpp"

namespace nunchi::bot {

/// One GET, from start to end on the calling thread.
net::result<net::Response> fetch(const std::string& url, std::chrono::seconds timeout);

/// Asks /readyz of the daemon that the settings describe, and prints its answer: 0 when it is ready, else 1.
int run_healthcheck(std::ostream& out, const Program& program);

}  // namespace nunchi::bot
