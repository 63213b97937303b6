// The verbs of nunchi-train. Each returns a sysexits code and writes errors with their fix to stderr.
#pragma once

#include <cstdint>
#include <filesystem>
#include <iosfwd>
#include <string>

#include "classifier/calibration/calibration.hpp"
#include "classifier/model_folder/bert_config.hpp"
#include "trainer/data/labelled.hpp"
#include "trainer/fit.hpp"
#include "trainer/pretrain.hpp"
#include "trainer/start.hpp"
#include "trainer/vocabulary.hpp"

namespace nunchi::trainer {

struct SplitOptions {
    double test_fraction = 0.2;
    std::uint32_t seed = 34;
};

/// How a training tells where it stands, and how it goes on after a stop.
struct RunOptions {
    std::string progress = "auto";  // auto, bar, lines, json or none
    bool resumes = false;           // go on from the state that a stopped run left
    bool finishes_now = false;      // with resumes: train no further, write what there is
};

/// A file of labelled sentences.
struct DataOptions {
    std::filesystem::path data;
    data::ColumnPair columns;  // empty names: the usual ones (default_columns)
};

struct FitCommand : RunOptions, DataOptions {
    std::filesystem::path output;
    StartOptions start;
    FitOptions options;
    SplitOptions split;
    double validation_fraction = 0.1;  // of the training part
    double abstain_precision = 0.4;    // below it no emotion is named, as far as the validation rows tell
    bool overwrite = false;
    std::string stored_as = "f16";
    std::string device = "auto";
    int threads = 0;
    std::string attribution;  // for the model card, where the data's terms ask for it
    std::string preset = "default";
    std::string precision = "auto";
};

/// The sysexits code of a Failure.
int exit_code_of(const api::Failure& failure);

/// The rows of the file. Warns on standard error of rows that lack one of their two cells, and tells of
/// another encoding than UTF-8. The errors of data::load_labelled.
api::outcome<data::LabelledRows> load_labelled_rows(const DataOptions& options);

/// Warns of emotions that the thresholds never let through.
void warn_of_silent_emotions(std::ostream& out, const calibration::Calibration& calibration);

/// Warns where the accuracy on rows held out at random is too good to be true.
void warn_of_leakage(std::ostream& out, const Metrics& metrics);

int run_fit(FitCommand command);

struct PretrainCommand : RunOptions {
    std::vector<std::filesystem::path> files;
    std::filesystem::path output;
    StartOptions start;
    PretrainOptions options;
    std::size_t max_sentences = 10'000'000;
    bool overwrite = false;
    std::string device = "auto";
    int threads = 0;
};

/// Writes an encoder without a head, to be given to `fit --base`.
int run_pretrain(const PretrainCommand& command);

struct LintCommand : DataOptions {
    std::filesystem::path model;  // whose tokenizer reads the sentences; empty: none does
    SplitOptions split;
    bool json = false;
    bool is_strict = false;  // a warning fails, too
};

/// Prints what is odd about a file, never its text. EX_DATAERR where something is wrong.
int run_lint(const LintCommand& command);

struct EvaluateCommand : DataOptions {
    std::filesystem::path model;
    SplitOptions split;
    std::string rows = "test";       // test, train or all
    std::filesystem::path against;   // another model folder, or empty
    std::filesystem::path pictures;  // folder for PNG files, or empty
    bool json = false;
    bool markdown = false;
    std::string device = "auto";
    std::string precision = "fp32";
};

int run_evaluate(const EvaluateCommand& command);

int run_vocabulary(const VocabularyOptions& options, const std::filesystem::path& output);

}  // namespace nunchi::trainer
