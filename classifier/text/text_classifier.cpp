#include "classifier/text/text_classifier.hpp"

#include <utility>

namespace nunchi::text {
namespace {

class TextClassifier final : public api::Classifier {
public:
    TextClassifier(TextEncoder encoder, std::shared_ptr<api::TokenClassifier> tokens)
        : encoder_(std::move(encoder)), tokens_(std::move(tokens)) {}

    boost::asio::awaitable<api::result<api::Prediction>> classify(std::string text) override {
        return tokens_->classify(encoder_.encode(text));
    }

private:
    TextEncoder encoder_;
    std::shared_ptr<api::TokenClassifier> tokens_;
};

}  // namespace

std::unique_ptr<api::Classifier> create_text_classifier(TextEncoder encoder,
                                                        std::shared_ptr<api::TokenClassifier> tokens) {
    return std::make_unique<TextClassifier>(std::move(encoder), std::move(tokens));
}

}  // namespace nunchi::text
