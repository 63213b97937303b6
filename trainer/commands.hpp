// The verbs of nunchi-train. Each returns a sysexits code and writes errors with their fix to stderr.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "classifier/model_folder/bert_config.hpp"
#include "trainer/fit.hpp"
#include "trainer/vocabulary.hpp"

namespace nunchi::trainer {

struct SplitOptions {
    double test_fraction = 0.2;
    std::uint32_t seed = 34;
};

struct FitCommand {
    std::filesystem::path data;
    std::filesystem::path output;
    std::filesystem::path base;    // a model folder to start from; empty: random weights
    std::filesystem::path spiece;  // the vocabulary of random weights
    model_folder::BertConfig config;
    FitOptions options;
    SplitOptions split;
    double validation_fraction = 0.1;  // of the training part
    std::size_t max_tokens = 64;
    bool uses_normaliser = true;
    bool overwrite = false;
    std::string stored_as = "f16";
    std::string device = "auto";
    int threads = 0;
    std::string attribution;  // for the model card, where the data's terms ask for it
};

int run_fit(const FitCommand& command);

struct EvaluateCommand {
    std::filesystem::path model;
    std::filesystem::path data;
    SplitOptions split;
    std::string rows = "test";  // test, train or all
    bool json = false;
    std::string device = "auto";
};

int run_evaluate(const EvaluateCommand& command);

int run_vocabulary(const VocabularyOptions& options, const std::filesystem::path& output);

}  // namespace nunchi::trainer
