// `nunchi model list | verify | import`. Each returns a sysexits code.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <string>

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
    std::filesystem::path source;       // a Hugging Face folder
    std::filesystem::path destination;  // the models folder
    std::string name;                   // empty: the source folder's name
    bool overwrite = false;
};

/// Checks a Hugging Face folder as `verify` does and copies what Nunchi uses into the models folder, with
/// tokenizer.json and nunchi.json written anew. Nothing is left behind when a check fails.
int import_model(std::ostream& out, std::ostream& errors, const ImportOptions& options);

}  // namespace nunchi::cli
