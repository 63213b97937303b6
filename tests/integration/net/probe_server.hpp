// The server that the Python tests speak to.
#pragma once

#include <CLI/CLI.hpp>

namespace nunchi::net {

/// `net_probe serve`: prints its port and serves until standard input ends, then stops within two seconds.
void add_serve_command(CLI::App& app);

}  // namespace nunchi::net
