// nunchi: the program. This file reads the command line and hands over.
#include <sysexits.h>

#include <CLI/CLI.hpp>
#include <exception>
#include <iostream>

#include "bot/app/program.hpp"
#include "config/build_info.hpp"
#include "config/settings_error.hpp"

namespace {

namespace bot = nunchi::bot;
namespace config = nunchi::config;

int run(int argc, char** argv) {
    CLI::App app{"눈치: reads the emotion of Korean chat messages.", "nunchi"};
    app.set_version_flag("--version", config::version_line("nunchi"));
    app.require_subcommand(1);
    app.footer(
        "Examples:\n"
        "  nunchi run\n"
        "  nunchi chat --top 3\n"
        "  echo '오늘은 정말 기분이 좋아요!' | nunchi classify\n"
        "  nunchi classify --format json messages.csv > emotions.jsonl\n"
        "  nunchi model verify starter");
    bot::GlobalOptions options;
    int exit_code = EX_OK;
    app.add_option("--config", options.settings_file, "Settings file; see config/nunchi.example.toml");
    app.add_option("--model", options.model, "Model to use: a name from `nunchi model list`, or a path");
    bot::add_daemon_verbs(app, options, exit_code);
#ifdef NUNCHI_HAS_TORCH
    bot::add_terminal_verbs(app, options, exit_code);
#endif
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? EX_OK : EX_USAGE;
    }
    return exit_code;
}

}  // namespace

int main(int argc, char** argv) {
    std::ios::sync_with_stdio(false);
    try {
        const int exit_code = run(argc, argv);
        if (exit_code != EX_OK || std::cout.flush()) return exit_code;
        std::cerr << "nunchi: the output cannot be written; is the disk full?\n";
        return EX_IOERR;
    } catch (const config::SettingsError& error) {
        std::cerr << error.what() << "\n";
        return EX_CONFIG;
    } catch (const std::exception& error) {
        std::cerr << "nunchi: " << error.what() << "\n";
        return EX_SOFTWARE;
    }
}
