// `nunchi model list | verify | import`. Each returns a sysexits code.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <string>

#include "bot/cli/head_labels.hpp"
#include "classifier/model_folder/catalogue.hpp"

namespace nunchi::cli {

/// One line a model: name, size, measured accuracy, path; then the attributions that the terms of the data
/// ask for. A folder that cannot be opened is listed with its error.
int list_models(std::ostream& out, const model_folder::ModelDirectories& directories);

/// Opens the model, compares hashes, loads weights and tokenizer, repeats the recorded golden sentences, and,
/// for an encoder of KoBERT's shape, says whether it is the one that SKT published. One line a check.
int verify_model(std::ostream& out, std::ostream& errors, const std::string& name_or_path,
                 const model_folder::ModelDirectories& directories);

struct ImportOptions {
    std::filesystem::path source;  // a folder in Hugging Face layout, or a file of weights
    std::filesystem::path base;    // empty, or the folder with config.json and spiece.model for the weights
    std::filesystem::path destination;  // the models folder
    std::string name;                   // empty: the source's name
    std::string labels;                 // empty, or the names of the head's rows with commas between them
    Ask ask;                            // for names that neither the option nor the folder gives
    bool overwrite = false;
};

/// Checks a folder with model.safetensors or pytorch_model.bin, or a checkpoint of torch.save, as `verify`
/// does; shows how it reads a few sentences; and puts what Nunchi uses into the models folder, with
/// tokenizer.json and nunchi.json written anew. Nothing is left behind when a check fails, and no model that
/// serves is changed.
int import_model(std::ostream& out, std::ostream& errors, const ImportOptions& options);

}  // namespace nunchi::cli
