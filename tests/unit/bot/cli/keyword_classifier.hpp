// A classifier for tests of what stands around a classifier: the emotion whose Korean name stands in the
// text.
#pragma once

#include <string>

#include "classifier/api/classifier.hpp"

namespace nunchi::cli {

class KeywordClassifier final : public api::Classifier {
public:
    boost::asio::awaitable<api::result<api::Prediction>> classify(std::string text) override {
        if (text == "overload") co_return api::make_error_code(api::errc::overloaded);
        api::Prediction prediction;
        prediction.probabilities.fill(0.05F);
        for (const auto emotion : api::kEmotions) {
            if (text.find(api::korean_name(emotion)) == std::string::npos) continue;
            prediction.probabilities[api::index_of(emotion)] = 0.7F;
            prediction.label = emotion;
        }
        co_return prediction;
    }
};

}  // namespace nunchi::cli
