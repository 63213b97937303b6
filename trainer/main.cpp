// nunchi-train: makes and measures models.
#include <c10/util/Exception.h>
#include <sysexits.h>

#include <CLI/CLI.hpp>
#include <exception>
#include <filesystem>
#include <iostream>
#include <string>
#include <vector>

#include "config/build_info.hpp"
#include "trainer/commands.hpp"
#include "trainer/presets.hpp"

namespace {

using nunchi::trainer::DataOptions;
using nunchi::trainer::EvaluateCommand;
using nunchi::trainer::FitCommand;
using nunchi::trainer::FitOptions;
using nunchi::trainer::LintCommand;
using nunchi::trainer::PretrainCommand;
using nunchi::trainer::SplitOptions;
using nunchi::trainer::StartOptions;
using nunchi::trainer::VocabularyOptions;

/// An option whose value must pass `check` and whose default --help shows.
template <typename Value>
void add_value(CLI::App& verb, const std::string& name, Value& value, const CLI::Validator& check,
               const std::string& doc = "") {
    verb.add_option(name, value, doc)->check(check)->capture_default_str();
}

void add_split(CLI::App& verb, SplitOptions& split) {
    add_value(verb, "--test-fraction", split.test_fraction, CLI::Range(0.0, 0.9),
              "Share of the rows held out for testing");
    verb.add_option("--split-seed", split.seed, "random_state of the split; 34 is the original notebook's")
        ->capture_default_str();
}

void add_data(CLI::App& verb, const std::string& name, DataOptions& options) {
    verb.add_option(
            name, options.data,
            ".xlsx, .csv, .tsv or .jsonl with the columns Sentence and Emotion, text and label, or 문장 and 감정")
        ->required()
        ->check(CLI::ExistingFile);
    auto* text = verb.add_option("--text-column", options.columns.text, "Name of the column of sentences");
    auto* label = verb.add_option("--label-column", options.columns.label, "Name of the column of labels");
    text->needs(label);
    label->needs(text);
}

void add_start(CLI::App& verb, StartOptions& start) {
    auto& config = start.config;
    config.num_hidden_layers = 4;
    config.hidden_size = 256;
    config.num_attention_heads = 4;
    config.intermediate_size = 1024;
    config.max_position_embeddings = 128;
    verb.add_option("--base", start.base, "Model folder to start from")->check(CLI::ExistingDirectory);
    add_value(verb, "--max-tokens", start.max_tokens, CLI::Range(3, 512),
              "Of a sentence, with [CLS] and [SEP]");
    verb.add_flag("!--no-normaliser", start.uses_normaliser,
                  "Take the text as it stands, as the notebook does");
    auto* group = verb.add_option_group("New weights", "Without --base a new network is drawn");
    group->add_option("--spiece", start.spiece, "Vocabulary, as `nunchi-train vocabulary` makes it")
        ->check(CLI::ExistingFile);
    add_value(*group, "--layers", config.num_hidden_layers, CLI::Range(1, 48));
    add_value(*group, "--hidden", config.hidden_size, CLI::Range(8, 4096));
    add_value(*group, "--heads", config.num_attention_heads, CLI::Range(1, 64));
    add_value(*group, "--intermediate", config.intermediate_size, CLI::Range(8, 16384));
}

/// `Command`: FitCommand or PretrainCommand.
template <typename Command>
void add_output(CLI::App& verb, Command& command) {
    verb.add_option("--out", command.output, "Model folder to write")->required();
    verb.add_flag("--overwrite", command.overwrite, "Replace --out when it exists");
}

void add_device(CLI::App& verb, std::string& device) {
    add_value(verb, "--device", device, CLI::IsMember({"auto", "cpu", "cuda"}));
}

void add_threads(CLI::App& verb, int& threads) {
    add_value(verb, "--threads", threads, CLI::Range(0, 256), "0: all cores");
}

/// What both kinds of training have in common. `Options`: FitOptions or PretrainOptions.
template <typename Options>
CLI::App& add_recipe(CLI::App& verb, Options& options) {
    auto& group = *verb.add_option_group("Recipe", "");
    add_value(group, "--epochs", options.epochs, CLI::Range(1, 1000));
    add_value(group, "--batch-size", options.batch_size, CLI::Range(1, 4096));
    add_value(group, "--learning-rate", options.learning_rate, CLI::PositiveNumber,
              "At the end of the warm-up");
    add_value(group, "--warmup-ratio", options.warmup_ratio, CLI::Range(0.0, 1.0), "Share of all updates");
    group.add_option("--seed", options.seed, "Of weights, batches and dropout")->capture_default_str();
    return group;
}

void add_fit_recipe(CLI::App& verb, FitOptions& options) {
    const CLI::Range dropout(0.0, 0.99);  // at 1 nothing is left to learn from
    auto& group = add_recipe(verb, options);
    add_value(group, "--accumulate", options.accumulated_batches, CLI::Range(1, 4096),
              "Batches for one update");
    add_value(group, "--weight-decay", options.adamw.weight_decay, CLI::NonNegativeNumber);
    add_value(group, "--max-gradient-norm", options.max_gradient_norm, CLI::PositiveNumber);
    add_value(group, "--label-smoothing", options.label_smoothing, CLI::Range(0.0, 0.9));
    add_value(group, "--r-drop", options.r_drop, CLI::Range(0.0, 100.0),
              "Weight of the divergence between two passes; doubles the time; 0: off");
    add_value(group, "--dropout", options.dropout.hidden, dropout, "After embeddings and sub-layers");
    add_value(group, "--attention-dropout", options.dropout.attention, dropout);
    add_value(group, "--classifier-dropout", options.dropout.classifier, dropout, "Before the head");
    add_value(group, "--patience", options.patience, CLI::Range(0, 1000),
              "Epochs without a better macro-F1 on the validation rows after which it ends; 0: never");
    group.add_flag("--balance-classes", options.balances_classes, "Rows of rare emotions weigh more");
    group.add_flag("--only-head", options.only_head, "Leave the encoder as it is");
    add_value(group, "--unfreeze-layers", options.layers_unfrozen_per_epoch, CLI::Range(0, 48),
              "Layers that join from the top in each epoch; 0: all from the start");
}

void add_preset(CLI::App& verb, FitCommand& command) {
    std::string doc = "A recipe by name; other options change it.";
    std::vector<std::string> names;
    for (const auto& preset : nunchi::trainer::presets()) {
        doc += "\n" + std::string(preset.name) + ": " + std::string(preset.doc);
        names.emplace_back(preset.name);
    }
    add_value(verb, "--preset", command.preset, CLI::IsMember(names), doc);
}

/// `Command`: FitCommand or PretrainCommand.
template <typename Command>
void add_run(CLI::App& verb, Command& command) {
    auto* resume = verb.add_flag("--resume", command.resumes,
                                 "Go on from the state OUT.unfinished that a stopped run left");
    verb.add_flag("--finish-now", command.finishes_now, "Train no further, write what there is")
        ->needs(resume);
    add_value(verb, "--save-steps", command.options.save_steps, CLI::Range(0, 1'000'000'000),
              "Updates between two saved states; 0: at Ctrl-C and, in fit, after each epoch");
    add_value(verb, "--progress", command.progress, CLI::IsMember({"auto", "bar", "lines", "json", "none"}),
              "json: one object a line on standard output");
}

CLI::App* add_fit(CLI::App& app, FitCommand& command) {
    auto* verb = app.add_subcommand("fit", "Train a model on labelled sentences and write its folder");
    add_data(*verb, "--data", command);
    add_output(*verb, command);
    add_preset(*verb, command);
    add_split(*verb, command.split);
    add_value(*verb, "--validation-fraction", command.validation_fraction, CLI::Range(0.0, 0.5),
              "Share of the training rows that chooses the best epoch; 0: the last epoch is kept");
    add_value(
        *verb, "--abstain-precision", command.abstain_precision, CLI::Range(0.0, 1.0),
        "What named emotions shall be right in, on the validation rows; below it the model abstains; 0: "
        "it never does");
    add_start(*verb, command.start);
    add_fit_recipe(*verb, command.options);
    verb->add_option("--precision", command.precision, "auto: bf16 on a GPU, else fp32")
        ->check(CLI::IsMember({"auto", "fp32", "bf16"}))
        ->capture_default_str();
    add_run(*verb, command);
    verb->add_option("--attribution", command.attribution, "Sentence that the terms of the data ask for");
    add_value(*verb, "--store", command.stored_as, CLI::IsMember({"f16", "f32"}),
              "Type of the stored weights");
    add_device(*verb, command.device);
    add_threads(*verb, command.threads);
    return verb;
}

CLI::App* add_pretrain(CLI::App& app, PretrainCommand& command) {
    auto* verb =
        app.add_subcommand("pretrain", "Train an encoder on plain text, to be given to `fit --base`");
    verb->add_option("files", command.files,
                     "Text, one sentence a line, or .tsv with the columns text and rating")
        ->required()
        ->check(CLI::ExistingFile);
    add_output(*verb, command);
    add_value(*verb, "--max-sentences", command.max_sentences, CLI::PositiveNumber);
    add_start(*verb, command.start);
    auto& recipe = add_recipe(*verb, command.options);
    add_value(recipe, "--mask-share", command.options.mask_share, CLI::Range(0.01, 0.9));
    add_value(recipe, "--rating-weight", command.options.rating_weight, CLI::Range(0.0, 100.0),
              "Of the ratings' loss; 0: ratings are not used");
    add_run(*verb, command);
    add_device(*verb, command.device);
    add_threads(*verb, command.threads);
    return verb;
}

CLI::App* add_lint(CLI::App& app, LintCommand& command) {
    auto* verb = app.add_subcommand("lint", "Tell what is odd about a file of labelled sentences");
    add_data(*verb, "file", command);
    verb->add_option("--model", command.model, "Model folder whose tokenizer is to read the sentences")
        ->check(CLI::ExistingDirectory);
    add_split(*verb, command.split);
    verb->add_flag("--json", command.json, "Print one JSON object");
    verb->add_flag("--strict", command.is_strict, "Fail at a warning, too");
    return verb;
}

CLI::App* add_evaluate(CLI::App& app, EvaluateCommand& command) {
    auto* verb = app.add_subcommand("evaluate", "Measure a model on labelled sentences");
    verb->add_option("--model", command.model, "Model folder")->required()->check(CLI::ExistingDirectory);
    add_data(*verb, "--data", command);
    add_value(*verb, "--rows", command.rows, CLI::IsMember({"test", "train", "all"}),
              "Which part of the split");
    add_split(*verb, command.split);
    verb->add_option("--against", command.against, "Another model folder, to be compared on the same rows")
        ->check(CLI::ExistingDirectory);
    auto* json = verb->add_flag("--json", command.json, "Print one JSON object");
    verb->add_flag("--markdown", command.markdown, "Print Markdown")->excludes(json);
    verb->add_option("--pictures", command.pictures,
                     "Folder for confusion.png, reliability.png and training.png");
    verb->add_option("--precision", command.precision, "The number format: fp32 or bf16")
        ->check(CLI::IsMember({"fp32", "bf16"}))
        ->capture_default_str();
    add_device(*verb, command.device);
    return verb;
}

void add_vocabulary(CLI::App& app, VocabularyOptions& options, std::filesystem::path& output) {
    auto* verb = app.add_subcommand("vocabulary", "Make a SentencePiece vocabulary from plain text");
    verb->add_option("files", options.files, "UTF-8 text, one sentence a line")
        ->required()
        ->check(CLI::ExistingFile);
    verb->add_option("--out", output, "File to write, for example spiece.model")->required();
    add_value(*verb, "--size", options.size, CLI::Range(100, 200'000), "Pieces");
    add_value(*verb, "--max-sentences", options.max_sentences, CLI::PositiveNumber);
}

void check_start(const StartOptions& start) {
    if (start.base.empty() == start.spiece.empty()) {
        throw CLI::ValidationError("start",
                                   "give either --base (a model to start from) or --spiece (new weights)");
    }
    if (start.base.empty() && start.config.hidden_size % start.config.num_attention_heads != 0) {
        throw CLI::ValidationError("--hidden", "must be a multiple of --heads");
    }
}

int run(int argc, char** argv) {
    CLI::App app{"Makes and measures Nunchi's models.", "nunchi-train"};
    app.require_subcommand(1);
    app.set_version_flag("--version", nunchi::config::version_line("nunchi-train"));
    app.footer(
        "Examples:\n"
        "  nunchi-train lint sentences.xlsx --model models/starter\n"
        "  nunchi-train vocabulary --out spiece.model reviews.txt\n"
        "  nunchi-train pretrain --spiece spiece.model --out encoder reviews.tsv\n"
        "  nunchi-train fit --data sentences.xlsx --base encoder --out models/mine\n"
        "  nunchi-train evaluate --model models/mine --data sentences.xlsx --json");
    PretrainCommand pretrain;
    pretrain.options.save_steps = 1000;  // an epoch of it may take a day
    FitCommand fit;
    nunchi::trainer::apply_preset(fit.preset, fit);  // what --help shows
    EvaluateCommand evaluate;
    LintCommand lint;
    VocabularyOptions vocabulary;
    std::filesystem::path vocabulary_output;
    auto* pretrain_verb = add_pretrain(app, pretrain);
    auto* fit_verb = add_fit(app, fit);
    auto* evaluate_verb = add_evaluate(app, evaluate);
    auto* lint_verb = add_lint(app, lint);
    add_vocabulary(app, vocabulary, vocabulary_output);
    try {
        app.parse(argc, argv);
        if (fit_verb->parsed()) {
            // The preset's values first, then again what the command line says of them.
            nunchi::trainer::apply_preset(std::string(fit.preset), fit);
            app.parse(argc, argv);
        }
        if (pretrain_verb->parsed()) check_start(pretrain.start);
        if (fit_verb->parsed()) check_start(fit.start);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? EX_OK : EX_USAGE;
    }
    pretrain.start.seed = pretrain.options.seed;
    fit.start.seed = fit.options.seed;
    if (pretrain_verb->parsed()) return nunchi::trainer::run_pretrain(pretrain);
    if (fit_verb->parsed()) return nunchi::trainer::run_fit(fit);
    if (lint_verb->parsed()) return nunchi::trainer::run_lint(lint);
    if (evaluate_verb->parsed()) return nunchi::trainer::run_evaluate(evaluate);
    return nunchi::trainer::run_vocabulary(vocabulary, vocabulary_output);
}

}  // namespace

int main(int argc, char** argv) {
    try {
        const int exit_code = run(argc, argv);
        if (exit_code != EX_OK || std::cout.flush()) return exit_code;
        std::cerr << "nunchi-train: the output cannot be written; is the disk full?\n";
        return EX_IOERR;
    } catch (const c10::OutOfMemoryError&) {
        std::cerr << "nunchi-train: out of memory; lower --batch-size or --max-tokens\n";
        return EX_OSERR;
    } catch (const c10::Error& error) {
        // what() would add a screen of addresses that tell a user nothing.
        std::cerr << "nunchi-train: libtorch: " << error.what_without_backtrace() << "\n";
        return EX_SOFTWARE;
    } catch (const std::exception& error) {
        std::cerr << "nunchi-train: " << error.what() << "\n";
        return EX_SOFTWARE;
    }
}
