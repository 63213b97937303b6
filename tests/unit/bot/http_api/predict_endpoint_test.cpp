#include "bot/http_api/predict_endpoint.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <nlohmann/json.hpp>

#include "tests/unit/bot/http_api/korean_model.hpp"

namespace nunchi::http_api {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using api::Emotion;
using testing::ElementsAre;
using testing::HasSubstr;

/// Answers only when as many texts have come as it waits for; by the emotion whose Korean name is the text.
class GatheringClassifier final : public api::Classifier {
public:
    GatheringClassifier(asio::io_context& context, std::size_t gather)
        : gate_(context, asio::steady_timer::time_point::max()), gather_(gather) {}

    asio::awaitable<api::result<api::Prediction>> classify(std::string text) override {
        texts.push_back(text);
        if (texts.size() >= gather_) gate_.expires_at(asio::steady_timer::time_point::min());
        co_await gate_.async_wait(asio::as_tuple(asio::use_awaitable));
        const auto cancellation = co_await asio::this_coro::cancellation_state;
        if (cancellation.cancelled() != asio::cancellation_type::none) {
            ++cancelled;
            co_return api::make_error_code(api::errc::cancelled);
        }
        if (text == "overload") co_return api::make_error_code(api::errc::overloaded);
        co_return prediction_of(api::emotion_named(text).value_or(Emotion::neutral));
    }

    std::vector<std::string> texts;
    int cancelled = 0;

private:
    asio::steady_timer gate_;
    std::size_t gather_;
};

/// Answers 행복 and remembers the ids.
class RecordingTokens final : public api::TokenClassifier {
public:
    asio::awaitable<api::result<api::Prediction>> classify(api::Encoded message) override {
        ids.push_back(message.ids);
        co_return prediction_of(Emotion::happiness);
    }

    std::vector<std::vector<std::int32_t>> ids;
};

/// One id per byte, between 2 and 3.
api::Encoded encode_bytes(std::string_view text) {
    api::Encoded encoded;
    encoded.ids.push_back(2);
    encoded.ids.insert(encoded.ids.end(), text.begin(), text.end());
    encoded.ids.push_back(3);
    return encoded;
}

net::Request request_with(std::string body) {
    net::Request request;
    request.method = "POST";
    request.path = "/predict";
    request.headers.set("Content-Type", "application/json");
    request.body = std::move(body);
    return request;
}

class PredictEndpoint : public testing::Test {
protected:
    std::shared_ptr<GatheringClassifier> serve(std::size_t gather) {
        auto classifier = std::make_shared<GatheringClassifier>(context, gather);
        model = std::make_shared<ServedModel>(korean_model(classifier));
        return classifier;
    }

    std::shared_ptr<RecordingTokens> serve_tokens(std::size_t max_input_length) {
        auto tokens = std::make_shared<RecordingTokens>();
        serve(1);
        model->tokens = tokens;
        model->encode_whole = encode_bytes;
        model->max_input_length = max_input_length;
        return tokens;
    }

    void start(net::Request request, asio::cancellation_slot slot = {}) {
        asio::co_spawn(context, predict(state, std::move(request)),
                       asio::bind_cancellation_slot(slot, [this](std::exception_ptr, net::Response answer) {
                           answers.push_back(std::move(answer));
                       }));
    }

    net::Response answer_to(net::Request request) {
        start(std::move(request));
        run();
        return answers.back();
    }

    net::Response answer_to(std::string body) { return answer_to(request_with(std::move(body))); }

    /// Until nothing is left to do but waiting.
    void run() {
        context.restart();
        context.poll();
    }

    static std::string error_type(const net::Response& response) {
        return nlohmann::json::parse(response.body)["error_type"];
    }

    asio::io_context context;
    ops::Metrics metrics;
    std::shared_ptr<ServedModel> model;
    std::shared_ptr<PredictState> state = std::make_shared<PredictState>(
        PredictState{.dependencies = {.model = [this] { return model; }, .checks = {}, .metrics = metrics},
                     .options = {.max_client_batch_size = 4, .max_concurrent_requests = 4}});
    std::vector<net::Response> answers;
};

TEST_F(PredictEndpoint, AnswersOneTextWithAllLabels) {
    serve(1);
    const auto response = answer_to(R"({"inputs": "행복"})");
    EXPECT_EQ(response.status, 200);
    const auto list = nlohmann::json::parse(response.body);
    EXPECT_EQ(list.size(), 7U);
    EXPECT_EQ(list[0]["label"], "행복");
    EXPECT_EQ(response.headers.get("x-compute-characters"), "2");
    EXPECT_EQ(response.headers.get("x-compute-tokens"), "5");
    EXPECT_THAT(metrics.text(), HasSubstr("te_request_success{method=\"single\"} 1\n"));
}

TEST_F(PredictEndpoint, GivesTheClassifierAllTextsAtOnceAndAnswersInTheirOrder) {
    const auto classifier = serve(3);
    const auto response = answer_to(R"({"inputs": [["공포"], ["행복"], ["분노"]]})");
    EXPECT_THAT(classifier->texts, ElementsAre("공포", "행복", "분노"));
    const auto lists = nlohmann::json::parse(response.body);
    EXPECT_EQ(lists[0][0]["label"], "공포");
    EXPECT_EQ(lists[1][0]["label"], "행복");
    EXPECT_EQ(lists[2][0]["label"], "분노");
    EXPECT_EQ(response.headers.get("x-compute-characters"), "6");
    EXPECT_THAT(metrics.text(), HasSubstr("te_request_success{method=\"batch\"} 1\n"));
}

TEST_F(PredictEndpoint, FailsABatchAsAWholeWhenOneTextFails) {
    serve(2);
    const auto response = answer_to(R"({"inputs": [["행복"], ["overload"]]})");
    EXPECT_EQ(response.status, 429);
    EXPECT_EQ(error_type(response), "Overloaded");
    EXPECT_THAT(metrics.text(), HasSubstr("te_request_failure{err=\"overloaded\"} 1\n"));
}

TEST_F(PredictEndpoint, RefusesMoreTextsAtOnceThanItMay) {
    serve(4);
    start(request_with(R"({"inputs": [["행복"], ["행복"], ["행복"]]})"));
    start(request_with(R"({"inputs": [["공포"], ["공포"]]})"));  // Five are more than four.
    run();
    ASSERT_EQ(answers.size(), 1U);
    EXPECT_EQ(answers[0].status, 429);

    start(request_with(R"({"inputs": "공포"})"));  // The fourth has room, and opens the gate.
    run();
    ASSERT_EQ(answers.size(), 3U);
    EXPECT_EQ(answers[1].status, 200);
    EXPECT_EQ(answers[2].status, 200);
    EXPECT_EQ(state->texts_under_way, 0U);
}

TEST_F(PredictEndpoint, WithdrawsAllTextsWhenCancelled) {
    const auto classifier = serve(4);
    asio::cancellation_signal signal;
    start(request_with(R"({"inputs": [["행복"], ["행복"], ["행복"]]})"), signal.slot());
    run();
    signal.emit(asio::cancellation_type::terminal);
    run();
    EXPECT_EQ(classifier->cancelled, 3);
    EXPECT_EQ(state->texts_under_way, 0U);
}

TEST_F(PredictEndpoint, TakesOnlyJson) {
    serve(1);
    for (const char* type :
         {"", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"}) {
        auto request = request_with(R"({"inputs": "행복"})");
        request.headers.set("Content-Type", type);
        EXPECT_EQ(answer_to(std::move(request)).status, 415) << type;
    }
    for (const char* type :
         {"application/json; charset=utf-8", "Application/JSON", "application/vnd.api+json"}) {
        auto request = request_with(R"({"inputs": "행복"})");
        request.headers.set("Content-Type", type);
        EXPECT_EQ(answer_to(std::move(request)).status, 200) << type;
    }
}

TEST_F(PredictEndpoint, IsUnavailableWithoutAModel) {
    const auto response = answer_to(R"({"inputs": "행복"})");
    EXPECT_EQ(response.status, 503);
    EXPECT_EQ(error_type(response), "Unhealthy");
}

TEST_F(PredictEndpoint, RefusesALongTextThatMustNotBeCut) {
    const auto tokens = serve_tokens(6);
    EXPECT_EQ(answer_to(R"({"inputs": "abcd", "truncate": false})").status, 200);
    const auto response = answer_to(R"({"inputs": [["ab"], ["abcde"]], "truncate": false})");
    EXPECT_EQ(response.status, 413);
    EXPECT_EQ(nlohmann::json::parse(response.body)["error"],
              "`inputs` must have less than 6 tokens. Given: 7");
    EXPECT_THAT(tokens->ids, ElementsAre(ElementsAre(2, 'a', 'b', 'c', 'd', 3)));
}

TEST_F(PredictEndpoint, CutsTheBeginningWhenAskedTo) {
    const auto tokens = serve_tokens(4);
    EXPECT_EQ(answer_to(R"({"inputs": "abcd", "truncation_direction": "left"})").status, 200);
    EXPECT_THAT(tokens->ids, ElementsAre(ElementsAre(2, 'c', 'd', 3)));
}

TEST_F(PredictEndpoint, RefusesWhatNeedsATokenizerThatIsNotHere) {
    serve(1);
    for (const char* body :
         {R"({"inputs": "a", "truncate": false})", R"({"inputs": "a", "truncation_direction": "left"})"}) {
        const auto response = answer_to(body);
        EXPECT_EQ(response.status, 422);
        EXPECT_EQ(error_type(response), "Tokenizer");
    }
}

TEST_F(PredictEndpoint, KeepsTheModelItBeganWith) {
    const auto classifier = serve(2);
    const std::weak_ptr<ServedModel> old = model;
    start(request_with(R"({"inputs": "행복"})"));
    run();
    serve(1);
    EXPECT_EQ(nlohmann::json::parse(answer_to(R"({"inputs": "공포"})").body)[0]["label"], "공포");
    EXPECT_FALSE(old.expired());

    asio::co_spawn(context, classifier->classify("분노"), asio::detached);  // The second text opens its gate.
    run();
    ASSERT_EQ(answers.size(), 2U);
    EXPECT_EQ(nlohmann::json::parse(answers[1].body)[0]["label"], "행복");
    EXPECT_TRUE(old.expired());
}

}  // namespace
}  // namespace nunchi::http_api
