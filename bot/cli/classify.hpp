// `nunchi classify`: many texts in, one line of answer each out, in order.
#pragma once

#include <cstddef>
#include <functional>
#include <iosfwd>
#include <string>

#include "bot/cli/blocking_classifier.hpp"
#include "bot/cli/text_source.hpp"

namespace nunchi::cli {

enum class OutputFormat {
    tsv,         // label, score, text; tabs, line ends and backslashes in the text are escaped
    json_lines,  // text, label, score and all seven probabilities
};

/// One line of output, without its line end. An abstaining model gives the label "-" (TSV) or null (JSON);
/// the score is then that of the most probable emotion.
std::string format_answer(const std::string& text, const api::Prediction& prediction, OutputFormat format);

struct ClassifyOptions {
    OutputFormat format = OutputFormat::tsv;
    std::size_t max_in_flight = 1024;  // texts between reading and writing, which bounds the memory
    std::function<void(std::size_t done)>
        on_progress{};  // called on the writing thread after each answer; may be empty
};

/// Reads until the source ends; answers appear as soon as those before them have appeared. Returns a sysexits
/// code; what was read before an error is answered first.
int classify(TextSource& source, std::ostream& out, std::ostream& errors, BlockingClassifier& classifier,
             const ClassifyOptions& options);

}  // namespace nunchi::cli
