// The verbs that read with a model in this process: chat, classify, model.
#include <sysexits.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <iostream>
#include <memory>
#include <optional>

#include "bot/app/local_model.hpp"
#include "bot/app/program.hpp"
#include "bot/cli/blocking_classifier.hpp"
#include "bot/cli/chat.hpp"
#include "bot/cli/classify.hpp"
#include "bot/cli/model_commands.hpp"
#include "bot/cli/progress_line.hpp"
#include "bot/cli/text_source.hpp"

namespace nunchi::bot {
namespace {

struct TerminalArguments {
    const GlobalOptions& global;
    cli::ChatOptions chat{};
    std::filesystem::path classify_file{};
    std::string column{};
    std::string output_format = "tsv";
    std::string verify_name{};
    cli::ImportOptions import{};
};

/// Loads the classifier and runs `verb` with it.
template <typename Verb>
int with_classifier(const TerminalArguments& arguments, Verb verb) {
    const auto program = load_program(arguments.global);
    auto settings = program.settings.classifier;
    // What is written to a file should not depend on the machine that wrote it.
    if (settings.precision == config::Precision::automatic) settings.precision = config::Precision::fp32;
    auto loaded = load_local_model(
        settings, program.environment,
        [log = program.log](const std::string& message) { log->error("inference failed: {}", message); });
    if (!loaded) {
        std::cerr << "nunchi: " << loaded.error().message << "\n";
        return EX_CONFIG;
    }
    program.log->debug("reading with {} on {} in {}", loaded->folder.model_id(), loaded->device,
                       loaded->precision);
    cli::BlockingClassifier classifier(*loaded->classifier);
    return verb(classifier);
}

void quit_quietly(int) {
    constexpr char newline = '\n';
    [[maybe_unused]] const auto written = write(STDOUT_FILENO, &newline, 1);
    _exit(EX_OK);
}

int run_chat(const TerminalArguments& arguments) {
    std::signal(SIGINT, quit_quietly);
    return with_classifier(arguments, [&](cli::BlockingClassifier& classifier) {
        return cli::chat(std::cin, std::cout, std::cerr, classifier, arguments.chat);
    });
}

int run_classify(const TerminalArguments& arguments) {
    const auto source = cli::open_text_source(arguments.classify_file, arguments.column, std::cin);
    if (!source) {
        std::cerr << "nunchi classify: " << source.error().message << "\n";
        return source.error().code == nunchi::api::errc::io_error ? EX_NOINPUT : EX_DATAERR;
    }
    cli::ClassifyOptions options;
    options.format =
        arguments.output_format == "json" ? cli::OutputFormat::json_lines : cli::OutputFormat::tsv;
    std::optional<cli::ProgressLine> progress;
    if (isatty(STDERR_FILENO) == 1 && isatty(STDOUT_FILENO) == 0) {
        progress.emplace(std::cerr);
        options.on_progress = [&](std::size_t done) { progress->show(done); };
    }
    return with_classifier(arguments, [&](cli::BlockingClassifier& classifier) {
        return cli::classify(**source, std::cout, std::cerr, classifier, options);
    });
}

int run_model_list(const TerminalArguments& arguments) {
    const auto program = load_program(arguments.global);
    return cli::list_models(std::cout, model_directories(program.settings.classifier, program.environment));
}

int run_model_verify(const TerminalArguments& arguments) {
    const auto program = load_program(arguments.global);
    const auto name =
        arguments.verify_name.empty() ? program.settings.classifier.model : arguments.verify_name;
    return cli::verify_model(std::cout, std::cerr, name,
                             model_directories(program.settings.classifier, program.environment));
}

std::string ask_person(const std::string& question) {
    std::cerr << question << std::flush;
    std::string answer;
    std::getline(std::cin, answer);
    return answer;
}

int run_model_import(const TerminalArguments& arguments) {
    const auto program = load_program(arguments.global);
    auto options = arguments.import;
    options.destination = own_models(program.settings.classifier, program.environment);
    if (isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1) options.ask = ask_person;
    return cli::import_model(std::cout, std::cerr, options);
}

using Arguments = std::shared_ptr<TerminalArguments>;  // kept by the callbacks

void add_chat(CLI::App& app, const Arguments& arguments, int& exit_code) {
    auto* chat = app.add_subcommand("chat", "Type sentences and read their emotion (0 quits)");
    chat->add_option("--top", arguments->chat.top, "Show the N most probable emotions")
        ->check(CLI::Range(1, 7));
    chat->final_callback([&, arguments] { exit_code = run_chat(*arguments); });
}

void add_classify(CLI::App& app, const Arguments& arguments, int& exit_code) {
    auto* classify =
        app.add_subcommand("classify", "Classify lines, or a column of a table, into TSV or JSON lines");
    classify->add_option("file", arguments->classify_file, "Text, .csv or .tsv; without it standard input");
    classify->add_option("--column", arguments->column, "Column of a table; by default text or sentence");
    classify
        ->add_option("--format", arguments->output_format,
                     "tsv: label, score, text; json: all seven probabilities")
        ->check(CLI::IsMember({"tsv", "json"}))
        ->capture_default_str();
    classify->final_callback([&, arguments] { exit_code = run_classify(*arguments); });
}

void add_model(CLI::App& app, const Arguments& arguments, int& exit_code) {
    auto* model = app.add_subcommand("model", "List, check and add models");
    model->require_subcommand(1);
    model->add_subcommand("list", "Show the models there are")->final_callback([&, arguments] {
        exit_code = run_model_list(*arguments);
    });
    auto* verify =
        model->add_subcommand("verify", "Check a model's files, tokenizer, weights and golden sentences");
    verify->add_option("model", arguments->verify_name, "Name or path; by default the configured one");
    verify->final_callback([&, arguments] { exit_code = run_model_verify(*arguments); });
    auto* add = model->add_subcommand("import", "Add a model to the models folder");
    add->add_option(
           "source", arguments->import.source,
           "Folder with config.json, spiece.model and model.safetensors or pytorch_model.bin; or a checkpoint "
           "of torch.save (.pt, .pth, .bin, .tar) with --base")
        ->required()
        ->check(CLI::ExistingPath);
    add->add_option("--base", arguments->import.base,
                    "Folder that gives a checkpoint its config.json and spiece.model")
        ->check(CLI::ExistingDirectory);
    add->add_option("--labels", arguments->import.labels,
                    "Emotions of the head's rows in their order, as in 공포,놀람,…; - leaves a row out");
    add->add_option("--name", arguments->import.name, "Name of the model; by default the source's");
    add->add_flag("--overwrite", arguments->import.overwrite, "Replace a model of that name");
    add->final_callback([&, arguments] { exit_code = run_model_import(*arguments); });
}

}  // namespace

void add_terminal_verbs(CLI::App& app, const GlobalOptions& options, int& exit_code) {
    const auto arguments = std::make_shared<TerminalArguments>(TerminalArguments{options});
    add_chat(app, arguments, exit_code);
    add_classify(app, arguments, exit_code);
    add_model(app, arguments, exit_code);
}

}  // namespace nunchi::bot
