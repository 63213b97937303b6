// A classifier that answers when and what the test says.
#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "classifier/api/classifier.hpp"

namespace nunchi::pipeline {

/// `p` for the emotion, the rest shared evenly.
inline api::Prediction prediction(api::Emotion emotion, float p = 0.7F) {
    api::Prediction made;
    made.probabilities.fill((1.0F - p) / static_cast<float>(api::kEmotionCount - 1));
    made.probabilities[api::index_of(emotion)] = p;
    made.label = emotion;
    made.model_id = "test-1";
    return made;
}

inline api::Prediction abstention() {
    api::Prediction made = prediction(api::Emotion::neutral, 0.2F);
    made.label.reset();
    return made;
}

class ScriptedClassifier final : public api::Classifier {
public:
    using Answer = api::result<api::Prediction>;

    struct Call {
        std::string text;
        std::optional<Answer> answer;
        std::unique_ptr<boost::asio::steady_timer> bell;

        /// The caller is asked to go on when the test runs the context.
        void complete(Answer given) {
            answer = std::move(given);
            bell->cancel();
        }
    };

    /// When set, calls are answered at once.
    std::function<Answer(const std::string& text)> script = [](const std::string&) {
        return Answer(prediction(api::Emotion::happiness));
    };
    std::vector<std::shared_ptr<Call>> calls;
    std::size_t most_at_once = 0;

    boost::asio::awaitable<Answer> classify(std::string text) override {
        using boost::asio::steady_timer;
        auto call = std::make_shared<Call>();
        call->text = std::move(text);
        call->bell = std::make_unique<steady_timer>(co_await boost::asio::this_coro::executor,
                                                    steady_timer::time_point::max());
        calls.push_back(call);
        most_at_once = std::max(most_at_once, ++at_once_);
        if (script) {
            call->answer = script(call->text);
            call->bell->expires_at(steady_timer::time_point::min());
        }
        co_await call->bell->async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
        --at_once_;
        if (!call->answer) co_return make_error_code(api::errc::cancelled);
        co_return *call->answer;
    }

private:
    std::size_t at_once_ = 0;
};

}  // namespace nunchi::pipeline
