// nunchi-train: makes and measures models.
#include <c10/util/Exception.h>
#include <sysexits.h>

#include <CLI/CLI.hpp>
#include <exception>
#include <iostream>

#include "config/build_info.hpp"
#include "trainer/commands.hpp"

namespace {

using nunchi::trainer::EvaluateCommand;
using nunchi::trainer::FitCommand;
using nunchi::trainer::PretrainCommand;
using nunchi::trainer::SplitOptions;
using nunchi::trainer::StartOptions;
using nunchi::trainer::VocabularyOptions;

constexpr double kMostDropout = 0.99;  // at 1 nothing is left to learn from

void add_split(CLI::App& verb, SplitOptions& split) {
    verb.add_option("--test-fraction", split.test_fraction, "Share of the rows held out for testing")
        ->check(CLI::Range(0.0, 0.9))
        ->capture_default_str();
    verb.add_option("--split-seed", split.seed, "random_state of the split; 34 is the original notebook's")
        ->capture_default_str();
}

void add_start(CLI::App& verb, StartOptions& start) {
    auto& config = start.config;
    config.num_hidden_layers = 4;
    config.hidden_size = 256;
    config.num_attention_heads = 4;
    config.intermediate_size = 1024;
    config.max_position_embeddings = 128;
    verb.add_option("--base", start.base, "Model folder to start from")->check(CLI::ExistingDirectory);
    verb.add_option("--max-tokens", start.max_tokens, "Of a sentence, with [CLS] and [SEP]")
        ->check(CLI::Range(3, 512))
        ->capture_default_str();
    verb.add_flag("!--no-normaliser", start.uses_normaliser,
                  "Take the text as it stands, as the notebook does");
    auto* group = verb.add_option_group("New weights", "Without --base a new network is drawn");
    group->add_option("--spiece", start.spiece, "Vocabulary, as `nunchi-train vocabulary` makes it")
        ->check(CLI::ExistingFile);
    group->add_option("--layers", config.num_hidden_layers)->check(CLI::Range(1, 48))->capture_default_str();
    group->add_option("--hidden", config.hidden_size)->check(CLI::Range(8, 4096))->capture_default_str();
    group->add_option("--heads", config.num_attention_heads)->check(CLI::Range(1, 64))->capture_default_str();
    group->add_option("--intermediate", config.intermediate_size)
        ->check(CLI::Range(8, 16384))
        ->capture_default_str();
}

void add_recipe(CLI::App& verb, FitCommand& command) {
    auto& options = command.options;
    auto* group = verb.add_option_group("Recipe", "");
    group->add_option("--epochs", options.epochs)->check(CLI::Range(1, 1000))->capture_default_str();
    group->add_option("--batch-size", options.batch_size)->check(CLI::Range(1, 4096))->capture_default_str();
    group->add_option("--learning-rate", options.learning_rate, "At the end of the warm-up")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    group->add_option("--warmup-ratio", options.warmup_ratio, "Share of all updates")
        ->check(CLI::Range(0.0, 1.0))
        ->capture_default_str();
    group->add_option("--weight-decay", options.adamw.weight_decay)
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
    group->add_option("--max-gradient-norm", options.max_gradient_norm)
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    group->add_option("--label-smoothing", options.label_smoothing)
        ->check(CLI::Range(0.0, 0.9))
        ->capture_default_str();
    group->add_option("--dropout", options.dropout.hidden, "After embeddings and sub-layers")
        ->check(CLI::Range(0.0, kMostDropout))
        ->capture_default_str();
    group->add_option("--attention-dropout", options.dropout.attention)
        ->check(CLI::Range(0.0, kMostDropout))
        ->capture_default_str();
    group->add_option("--classifier-dropout", options.dropout.classifier, "Before the head")
        ->check(CLI::Range(0.0, kMostDropout))
        ->capture_default_str();
    group->add_option("--seed", options.seed, "Of weights, batches and dropout")->capture_default_str();
}

CLI::App* add_fit(CLI::App& app, FitCommand& command) {
    auto* verb = app.add_subcommand("fit", "Train a model on labelled sentences and write its folder");
    verb->add_option("--data", command.data, ".xlsx, .csv or .tsv with the columns Sentence and Emotion")
        ->required()
        ->check(CLI::ExistingFile);
    verb->add_option("--out", command.output, "Model folder to write")->required();
    add_split(*verb, command.split);
    verb->add_option("--validation-fraction", command.validation_fraction,
                     "Share of the training rows that chooses the best epoch; 0: the last epoch is kept")
        ->check(CLI::Range(0.0, 0.5))
        ->capture_default_str();
    add_start(*verb, command.start);
    add_recipe(*verb, command);
    verb->add_option("--attribution", command.attribution, "Sentence that the terms of the data ask for");
    verb->add_option("--store", command.stored_as, "Type of the stored weights")
        ->check(CLI::IsMember({"f16", "f32"}))
        ->capture_default_str();
    verb->add_option("--device", command.device)
        ->check(CLI::IsMember({"auto", "cpu", "cuda"}))
        ->capture_default_str();
    verb->add_option("--threads", command.threads, "0: all cores")
        ->check(CLI::Range(0, 256))
        ->capture_default_str();
    verb->add_flag("--overwrite", command.overwrite, "Replace --out when it exists");
    return verb;
}

CLI::App* add_pretrain(CLI::App& app, PretrainCommand& command) {
    auto* verb =
        app.add_subcommand("pretrain", "Train an encoder on plain text, to be given to `fit --base`");
    auto& options = command.options;
    verb->add_option("files", command.files,
                     "Text, one sentence a line, or .tsv with the columns text and rating")
        ->required()
        ->check(CLI::ExistingFile);
    verb->add_option("--out", command.output, "Model folder to write")->required();
    verb->add_option("--max-sentences", command.max_sentences)
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    add_start(*verb, command.start);
    verb->add_option("--epochs", options.epochs)->check(CLI::Range(1, 1000))->capture_default_str();
    verb->add_option("--batch-size", options.batch_size)->check(CLI::Range(1, 4096))->capture_default_str();
    verb->add_option("--learning-rate", options.learning_rate, "At the end of the warm-up")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    verb->add_option("--warmup-ratio", options.warmup_ratio, "Share of all updates")
        ->check(CLI::Range(0.0, 1.0))
        ->capture_default_str();
    verb->add_option("--mask-share", options.mask_share)->check(CLI::Range(0.01, 0.9))->capture_default_str();
    verb->add_option("--rating-weight", options.rating_weight,
                     "Of the ratings' loss; 0: ratings are not used")
        ->check(CLI::Range(0.0, 100.0))
        ->capture_default_str();
    verb->add_option("--seed", options.seed)->capture_default_str();
    verb->add_option("--device", command.device)
        ->check(CLI::IsMember({"auto", "cpu", "cuda"}))
        ->capture_default_str();
    verb->add_option("--threads", command.threads, "0: all cores")
        ->check(CLI::Range(0, 256))
        ->capture_default_str();
    verb->add_flag("--overwrite", command.overwrite, "Replace --out when it exists");
    return verb;
}

CLI::App* add_evaluate(CLI::App& app, EvaluateCommand& command) {
    auto* verb = app.add_subcommand("evaluate", "Measure a model on labelled sentences");
    verb->add_option("--model", command.model, "Model folder")->required()->check(CLI::ExistingDirectory);
    verb->add_option("--data", command.data, ".xlsx, .csv or .tsv")->required()->check(CLI::ExistingFile);
    verb->add_option("--rows", command.rows, "Which part of the split")
        ->check(CLI::IsMember({"test", "train", "all"}))
        ->capture_default_str();
    add_split(*verb, command.split);
    verb->add_flag("--json", command.json, "Print one JSON object");
    verb->add_option("--device", command.device)
        ->check(CLI::IsMember({"auto", "cpu", "cuda"}))
        ->capture_default_str();
    return verb;
}

CLI::App* add_vocabulary(CLI::App& app, VocabularyOptions& options, std::filesystem::path& output) {
    auto* verb = app.add_subcommand("vocabulary", "Make a SentencePiece vocabulary from plain text");
    verb->add_option("files", options.files, "UTF-8 text, one sentence a line")
        ->required()
        ->check(CLI::ExistingFile);
    verb->add_option("--out", output, "File to write, for example spiece.model")->required();
    verb->add_option("--size", options.size, "Pieces")
        ->check(CLI::Range(100, 200'000))
        ->capture_default_str();
    verb->add_option("--max-sentences", options.max_sentences)
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    return verb;
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
        "  nunchi-train vocabulary --out spiece.model reviews.txt\n"
        "  nunchi-train pretrain --spiece spiece.model --out encoder reviews.tsv\n"
        "  nunchi-train fit --data sentences.xlsx --base encoder --out models/mine\n"
        "  nunchi-train evaluate --model models/mine --data sentences.xlsx --json");
    PretrainCommand pretrain;
    FitCommand fit;
    EvaluateCommand evaluate;
    VocabularyOptions vocabulary;
    std::filesystem::path vocabulary_output;
    auto* pretrain_verb = add_pretrain(app, pretrain);
    auto* fit_verb = add_fit(app, fit);
    auto* evaluate_verb = add_evaluate(app, evaluate);
    add_vocabulary(app, vocabulary, vocabulary_output);
    try {
        app.parse(argc, argv);
        if (pretrain_verb->parsed()) check_start(pretrain.start);
        if (fit_verb->parsed()) check_start(fit.start);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? EX_OK : EX_USAGE;
    }
    pretrain.start.seed = pretrain.options.seed;
    fit.start.seed = fit.options.seed;
    if (pretrain_verb->parsed()) return nunchi::trainer::run_pretrain(pretrain);
    if (fit_verb->parsed()) return nunchi::trainer::run_fit(fit);
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
