// "왜?": which words of a text weighed most.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <memory>
#include <string>
#include <vector>

#include "adapters/chat/reading.hpp"
#include "classifier/api/classifier.hpp"

namespace nunchi::pipeline {

struct Explained {
    api::Emotion emotion{};               // the most probable one of the whole text
    std::vector<chat::WordWeight> words;  // in the order of the text
};

/// Classifies the text and, for each of its words (words_of), the text without it; at most eight of them are
/// in the classifier at the same time. Completes with the first error when any of them fails. A text of one
/// word has nothing to compare with: the word weighs the whole probability. Of more than kMaxExplainedBytes
/// only the beginning is explained, which is all that the classifier reads. Cancelling withdraws all of them.
boost::asio::awaitable<api::result<Explained>> explain(std::shared_ptr<api::Classifier> classifier,
                                                       std::string text);

}  // namespace nunchi::pipeline
