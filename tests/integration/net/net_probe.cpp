// Our server and our client from the outside, for tests against other implementations.
#include <CLI/CLI.hpp>
#include <exception>
#include <iostream>

#include "tests/integration/net/probe_client.hpp"
#include "tests/integration/net/probe_server.hpp"

int main(int argc, char** argv) {
    CLI::App app("Speaks HTTP and WebSocket for the tests");
    app.require_subcommand(1);
    nunchi::net::add_serve_command(app);
    nunchi::net::add_client_commands(app);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error);
    } catch (const std::exception& error) {
        std::cerr << "net_probe: " << error.what() << "\n";
        return 1;
    }
    return 0;
}
