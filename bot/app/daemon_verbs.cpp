// The verbs around the daemon: run, healthcheck, link, doctor.
#include <sysexits.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <string>

#include "bot/access/entry_route.hpp"
#include "bot/app/browser.hpp"
#include "bot/app/daemon.hpp"
#include "bot/app/doctor.hpp"
#include "bot/app/healthcheck.hpp"
#include "bot/app/listeners.hpp"
#include "bot/app/program.hpp"

namespace nunchi::bot {
namespace {

/// On standard output, so that scripts can read the address; the rest is in the log, on standard error.
void greet(const std::string& url) {
    std::cout << "눈치가 켜졌습니다. 브라우저에서 열어 보세요 (Ctrl-C로 끝냅니다).\n"
              << "Nunchi is running: open it in a browser (Ctrl-C ends it).\n"
              << url << std::endl;
}

int run(const GlobalOptions& options) {
    auto program = load_program(options);
    const bool opens = program.settings.web.enabled && program.settings.web.open_browser &&
                       isatty(STDOUT_FILENO) == 1 && has_desktop(program.environment);
    DaemonOptions daemon;
    daemon.settings = program.settings;
    daemon.environment = program.environment;
    daemon.settings_file = options.settings_file;
    daemon.log = program.log;
    daemon.on_open = [opens](const std::string& url) {
        greet(url);
        if (opens) open_in_browser(url);
    };
    const auto ended = run_daemon(std::move(daemon));
    if (ended) return *ended;
    std::cerr << "nunchi run: " << ended.error().message << "\n";
    return EX_CONFIG;
}

int print_link(const GlobalOptions& options) {
    const auto program = load_program(options);
    const auto& http = program.settings.http;
    const auto token = private_token(http, program.environment);
    if (!token) {
        std::cerr << "nunchi link: " << token.error().message << "\n";
        return EX_CONFIG;
    }
    const auto url = base_url(http, static_cast<std::uint16_t>(http.port));
    std::cout << (token->empty() ? url : access::entry_link(url, *token, access::Clock::now())) << "\n";
    return EX_OK;
}

}  // namespace

void add_daemon_verbs(CLI::App& app, const GlobalOptions& options, int& exit_code) {
    app.add_subcommand("run", "Start the bot with its web chat and HTTP API")->final_callback([&] {
        exit_code = run(options);
    });
    app.add_subcommand("doctor",
                       "Check settings, model, store, port and machine; say how to mend what is wrong")
        ->final_callback([&] { exit_code = run_doctor(std::cout, load_program(options)); });
    app.add_subcommand("healthcheck", "Ask the running daemon whether it is ready; 0 when it is, else 1")
        ->final_callback([&] { exit_code = run_healthcheck(std::cout, load_program(options)); });
    app.add_subcommand("link", "Print a one-time link by which a browser enters (where a token is set)")
        ->final_callback([&] { exit_code = print_link(options); });
}

}  // namespace nunchi::bot
