// The client whose peers are the Python tests.
#pragma once

#include <CLI/CLI.hpp>

namespace nunchi::net {

/// `net_probe fetch URL…`: one request after the other with one client; a line of JSON for each answer.
/// `net_probe talk URL`: sends each line of standard input over a WebSocket; a line of JSON for each answer
/// and one for how it closed.
void add_client_commands(CLI::App& app);

}  // namespace nunchi::net
