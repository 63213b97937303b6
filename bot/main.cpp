// nunchi: the program. This file reads the command line and hands over.
#include <sysexits.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <exception>
#include <iostream>
#include <optional>

#include "bot/app.hpp"
#include "bot/cli/chat.hpp"
#include "bot/cli/classify.hpp"
#include "bot/cli/model_commands.hpp"
#include "bot/progress_line.hpp"
#include "config/build_info.hpp"
#include "config/logging.hpp"
#include "config/paths.hpp"
#include "config/settings_error.hpp"

namespace {

namespace bot = nunchi::bot;
namespace cli = nunchi::cli;
namespace config = nunchi::config;

struct Arguments {
    std::optional<std::filesystem::path> settings_file;
    std::string model;  // empty: the settings'
    cli::ChatOptions chat;
    std::filesystem::path classify_file;
    std::string column;
    std::string output_format = "tsv";
    std::string verify_name;
    cli::ImportOptions import;
};

struct Program {
    config::Environment environment = config::process_environment();
    config::Settings settings;
    std::shared_ptr<spdlog::logger> log;
};

Program load_program(const Arguments& arguments) {
    Program program;
    auto loaded = config::load_settings(arguments.settings_file, program.environment);
    program.settings = std::move(loaded.settings);
    program.log = config::make_logger(program.settings.log);
    for (const auto& warning : loaded.warnings) program.log->warn(warning);
    if (!arguments.model.empty()) program.settings.classifier.model = arguments.model;
    return program;
}

/// Loads the classifier and runs `verb` with it.
template <typename Verb>
int with_classifier(const Arguments& arguments, Verb verb) {
    const auto program = load_program(arguments);
    auto loaded = bot::load_classifier(
        program.settings.classifier, program.environment,
        [log = program.log](const std::string& message) { log->error("inference failed: {}", message); });
    if (!loaded) {
        std::cerr << "nunchi: " << loaded.error().message << "\n";
        return EX_CONFIG;
    }
    program.log->debug("serving {} on {}", loaded->model_id, loaded->device);
    cli::BlockingClassifier classifier(*loaded->classifier);
    return verb(classifier);
}

void quit_quietly(int) {
    constexpr char newline = '\n';
    [[maybe_unused]] const auto written = write(STDOUT_FILENO, &newline, 1);
    _exit(EX_OK);
}

int run_chat(const Arguments& arguments) {
    std::signal(SIGINT, quit_quietly);
    return with_classifier(arguments, [&](cli::BlockingClassifier& classifier) {
        return cli::chat(std::cin, std::cout, std::cerr, classifier, arguments.chat);
    });
}

int run_classify(const Arguments& arguments) {
    const auto source = cli::open_text_source(arguments.classify_file, arguments.column, std::cin);
    if (!source) {
        std::cerr << "nunchi classify: " << source.error().message << "\n";
        return source.error().code == nunchi::api::errc::io_error ? EX_NOINPUT : EX_DATAERR;
    }
    cli::ClassifyOptions options;
    options.format =
        arguments.output_format == "json" ? cli::OutputFormat::json_lines : cli::OutputFormat::tsv;
    std::optional<bot::ProgressLine> progress;
    if (isatty(STDERR_FILENO) == 1 && isatty(STDOUT_FILENO) == 0) {
        progress.emplace(std::cerr);
        options.on_progress = [&](std::size_t done) { progress->show(done); };
    }
    return with_classifier(arguments, [&](cli::BlockingClassifier& classifier) {
        return cli::classify(**source, std::cout, std::cerr, classifier, options);
    });
}

int run_model_list(const Arguments& arguments) {
    const auto program = load_program(arguments);
    return cli::list_models(std::cout,
                            bot::model_directories(program.settings.classifier, program.environment));
}

int run_model_verify(const Arguments& arguments) {
    const auto program = load_program(arguments);
    const auto name =
        arguments.verify_name.empty() ? program.settings.classifier.model : arguments.verify_name;
    return cli::verify_model(std::cout, std::cerr, name,
                             bot::model_directories(program.settings.classifier, program.environment));
}

int run_model_import(const Arguments& arguments) {
    const auto program = load_program(arguments);
    auto options = arguments.import;
    options.destination = bot::own_models(program.settings.classifier, program.environment);
    return cli::import_model(std::cout, std::cerr, options);
}

void add_verbs(CLI::App& app, Arguments& arguments, int& exit_code) {
    auto* chat = app.add_subcommand("chat", "Type sentences and read their emotion (0 quits)");
    chat->add_option("--top", arguments.chat.top, "Show the N most probable emotions")
        ->check(CLI::Range(1, 7));
    chat->final_callback([&] { exit_code = run_chat(arguments); });

    auto* classify =
        app.add_subcommand("classify", "Classify lines, or a column of a table, into TSV or JSON lines");
    classify->add_option("file", arguments.classify_file, "Text, .csv or .tsv; without it standard input");
    classify->add_option("--column", arguments.column, "Column of a table; by default text or sentence");
    classify
        ->add_option("--format", arguments.output_format,
                     "tsv: label, score, text; json: all seven probabilities")
        ->check(CLI::IsMember({"tsv", "json"}))
        ->capture_default_str();
    classify->final_callback([&] { exit_code = run_classify(arguments); });

    auto* model = app.add_subcommand("model", "List, check and add models");
    model->require_subcommand(1);
    model->add_subcommand("list", "Show the models there are")->final_callback([&] {
        exit_code = run_model_list(arguments);
    });
    auto* verify =
        model->add_subcommand("verify", "Check a model's files, tokenizer, weights and golden sentences");
    verify->add_option("model", arguments.verify_name, "Name or path; by default the configured one");
    verify->final_callback([&] { exit_code = run_model_verify(arguments); });
    auto* add = model->add_subcommand("import", "Add a Hugging Face folder to the models folder");
    add->add_option("source", arguments.import.source,
                    "Folder with config.json, model.safetensors, spiece.model")
        ->required()
        ->check(CLI::ExistingPath);
    add->add_option("--name", arguments.import.name, "Name of the model; by default the folder's");
    add->add_flag("--overwrite", arguments.import.overwrite, "Replace a model of that name");
    add->final_callback([&] { exit_code = run_model_import(arguments); });
}

int run(int argc, char** argv) {
    CLI::App app{"눈치: reads the emotion of Korean chat messages.", "nunchi"};
    app.set_version_flag("--version", config::version_line("nunchi"));
    app.require_subcommand(1);
    app.footer(
        "Examples:\n"
        "  nunchi chat --top 3\n"
        "  echo '오늘은 정말 기분이 좋아요!' | nunchi classify\n"
        "  nunchi classify --format json messages.csv > emotions.jsonl\n"
        "  nunchi model verify starter");
    Arguments arguments;
    int exit_code = EX_OK;
    app.add_option("--config", arguments.settings_file, "Settings file; see config/nunchi.example.toml");
    app.add_option("--model", arguments.model, "Model to use: a name from `nunchi model list`, or a path");
    add_verbs(app, arguments, exit_code);
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
