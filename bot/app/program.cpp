#include "bot/app/program.hpp"

#include <utility>

#include "config/logging.hpp"

namespace nunchi::bot {

Program load_program(const GlobalOptions& options) {
    Program program;
    program.environment = config::process_environment();
    auto loaded = config::load_settings(options.settings_file, program.environment);
    program.settings = std::move(loaded.settings);
    program.log = config::make_logger(program.settings.log);
    for (const auto& warning : loaded.warnings) program.log->warn(warning);
    if (!options.model.empty()) program.settings.classifier.model = options.model;
    return program;
}

}  // namespace nunchi::bot
