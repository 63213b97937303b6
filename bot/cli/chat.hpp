// `nunchi chat`: the console loop of the original notebook, prompt for prompt.
#pragma once

#include <cstddef>
#include <iosfwd>

#include "bot/cli/blocking_classifier.hpp"

namespace nunchi::cli {

struct ChatOptions {
    std::size_t top = 1;  // how many emotions to show; 1: only the original's reply
};

/// Asks for a line, answers with its emotion, until a line is exactly "0" or the input ends. Returns a
/// sysexits code.
int chat(std::istream& in, std::ostream& out, std::ostream& errors, BlockingClassifier& classifier,
         const ChatOptions& options);

}  // namespace nunchi::cli
