// Which emotion each row of an imported classifier's head stands for.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "classifier/api/emotion.hpp"
#include "classifier/api/error.hpp"

namespace nunchi::cli {

enum class LabelSource {
    option,   // --labels
    config,   // id2label in config.json
    person,   // an answer on the terminal
    assumed,  // nobody named them: the order of the original notebook
};

/// For the manifest: "option", "config.json", "asked", "assumed: …".
std::string_view describe(LabelSource source);

struct HeadLabels {
    std::vector<std::optional<api::Emotion>> rows;  // nothing: the row is left out
    LabelSource source = LabelSource::assumed;
};

/// Puts a question to a person; an empty answer takes the default. Unset where nobody can answer.
using Ask = std::function<std::string(const std::string& question)>;

struct HeadQuestion {
    std::size_t rows = 0;                   // of classifier.weight
    std::vector<std::string> config_names;  // id2label
    std::string option;  // --labels: names with commas between them, - for a row to leave out
    Ask ask;
};

/// The names of the option, else of config.json where they are emotions, else a person's, else, for seven
/// rows, the notebook's order. A Failure when a row's name is no emotion, one comes twice or one of the seven
/// is missing, and for another number of rows that nobody named.
api::outcome<HeadLabels> head_labels(const HeadQuestion& question);

}  // namespace nunchi::cli
