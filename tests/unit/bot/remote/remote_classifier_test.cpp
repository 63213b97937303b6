#include "bot/remote/remote_classifier.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <deque>
#include <map>

#include "tests/unit/bot/remote/server_answers.hpp"

namespace nunchi::remote {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using api::Emotion;
using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using Clock = std::chrono::steady_clock;
using Texts = std::vector<std::string>;

/// Plays a Text Embeddings Inference server: answers what the test scripted, else predictions by the texts.
/// Holds answers to /predict back while `is_held`.
class ScriptedClient final : public net::HttpClient {
public:
    explicit ScriptedClient(asio::io_context& context) : gate_(context, Clock::time_point::max()) {}

    asio::awaitable<net::result<net::Response>> send(net::ClientRequest request) override {
        requests.push_back(request);
        if (request.url.ends_with("/info")) {
            ++info_reads;
            co_return next(infos, net::make_response(200, "application/json", info.dump()));
        }
        Texts texts;
        const json body = json::parse(request.body);
        for (const json& input : body["inputs"]) texts.push_back(input[0].get<std::string>());
        batches.push_back(texts);
        auto answer = next(predictions, predict(texts));
        if (is_held) co_await gate_.async_wait(asio::as_tuple(asio::use_awaitable));
        co_return answer;
    }

    asio::awaitable<net::result<std::unique_ptr<net::WebSocket>>> connect(net::WebSocketRequest) override {
        co_return net::make_error_code(net::errc::upgrade_refused);
    }

    void release() {
        is_held = false;
        gate_.cancel();
    }

    json info = info_answer();
    std::deque<net::result<net::Response>> infos;        // answers to /info, in turn, before `info`
    std::deque<net::result<net::Response>> predictions;  // answers to /predict, in turn, before the usual
    std::vector<net::ClientRequest> requests;
    std::vector<Texts> batches;
    int info_reads = 0;
    bool is_held = false;

private:
    using Answer = net::result<net::Response>;

    static Answer next(std::deque<Answer>& script, Answer usual) {
        if (script.empty()) return usual;
        auto answer = std::move(script.front());
        script.pop_front();
        return answer;
    }

    static net::Response predict(const Texts& texts) {
        auto answer = json::array();
        for (const auto& text : texts) {
            answer.push_back(scores_answer(api::emotion_named(text).value_or(Emotion::neutral)));
        }
        auto response = net::make_response(200, "application/json", answer.dump());
        response.headers.set("x-inference-time", "12");
        response.headers.set("x-compute-tokens", std::to_string(5 * texts.size()));
        return response;
    }

    asio::steady_timer gate_;
};

net::Response refusal(int status) {
    return net::make_response(status, "application/json", R"({"error":"x","error_type":"Validation"})");
}

class RemoteClassifierTest : public testing::Test {
protected:
    void create(Options options = {}) {
        options.url = "http://127.0.0.1:8080/";
        options.on_error = [this](const std::string& error) { errors.push_back(error); };
        options.now = [this] { return now; };
        classifier = create_remote_classifier(context.get_executor(), std::move(options), client);
    }

    void start(const std::string& text, asio::cancellation_slot slot = {}) {
        asio::co_spawn(context, classifier->classify(text),
                       asio::bind_cancellation_slot(
                           slot, [this, text](std::exception_ptr, api::result<api::Prediction> answer) {
                               answers.insert_or_assign(text, std::move(answer));
                           }));
    }

    /// Until nothing is left to do but waiting.
    void run() {
        context.restart();
        context.poll();
    }

    api::result<api::Prediction> answer_to(const std::string& text) {
        start(text);
        run();
        return answers.at(text);
    }

    api::errc error_of(const std::string& text) {
        const auto answer = answer_to(text);
        return answer ? api::errc{} : static_cast<api::errc>(answer.error().value());
    }

    asio::io_context context;
    ScriptedClient client{context};
    Clock::time_point now{1h};
    std::vector<std::string> errors;
    std::map<std::string, api::result<api::Prediction>> answers;
    std::unique_ptr<RemoteClassifier> classifier;
};

TEST_F(RemoteClassifierTest, AsksWhoTheServerIsAndPredicts) {
    create({.token = config::Secret("hush")});
    const auto prediction = answer_to("행복");
    ASSERT_TRUE(prediction) << prediction.error().message();
    EXPECT_EQ(prediction->label, Emotion::happiness);
    EXPECT_FLOAT_EQ(prediction->probabilities[api::index_of(Emotion::happiness)], 0.4F);
    EXPECT_FLOAT_EQ(prediction->probabilities[api::index_of(Emotion::fear)], 0.1F);
    EXPECT_EQ(prediction->model_id, "kobert-emotion@fca14538aa99");
    EXPECT_EQ(prediction->token_count, 5U);
    EXPECT_EQ(prediction->timings.inference, 12ms);
    EXPECT_FALSE(prediction->logits);

    ASSERT_EQ(client.requests.size(), 2U);
    EXPECT_EQ(client.requests[0].method, "GET");
    EXPECT_EQ(client.requests[0].url, "http://127.0.0.1:8080/info");
    EXPECT_EQ(client.requests[1].method, "POST");
    EXPECT_EQ(client.requests[1].url, "http://127.0.0.1:8080/predict");
    EXPECT_EQ(client.requests[1].headers.get("Content-Type"), "application/json");
    EXPECT_EQ(client.requests[1].headers.get("Authorization"), "Bearer hush");
    EXPECT_THAT(errors, IsEmpty());
}

TEST_F(RemoteClassifierTest, SendsNoAuthorizationWithoutAToken) {
    create();
    answer_to("행복");
    EXPECT_FALSE(client.requests[0].headers.contains("Authorization"));
}

TEST_F(RemoteClassifierTest, GathersTextsWhileRequestsAreUnderWay) {
    create({.max_batch = 3, .max_in_flight = 2});
    answer_to("행복");
    client.is_held = true;
    for (const char* text : {"공포", "놀람", "분노", "슬픔", "중립", "혐오"}) start(text);
    run();
    EXPECT_EQ(classifier->waiting(), 4U);
    client.release();
    run();
    EXPECT_THAT(client.batches, ElementsAre(Texts{"행복"}, Texts{"공포"}, Texts{"놀람"},
                                            Texts{"분노", "슬픔", "중립"}, Texts{"혐오"}));
    for (const auto& [text, answer] : answers) {
        ASSERT_TRUE(answer) << text;
        EXPECT_EQ(answer->label, api::emotion_named(text));
    }
    EXPECT_EQ(client.info_reads, 1);
}

TEST_F(RemoteClassifierTest, AsksOnceWhoTheServerIsForAllWhoCome) {
    create();
    for (const char* text : {"공포", "놀람", "분노"}) start(text);
    run();
    EXPECT_EQ(client.info_reads, 1);
    EXPECT_EQ(answers.size(), 3U);
}

TEST_F(RemoteClassifierTest, AbstainsBelowTheServersThresholds) {
    client.info["abstain_below"] = {{"행복", 0.5}, {"공포", 0.3}};
    create();
    EXPECT_EQ(answer_to("행복")->label, std::nullopt);
    EXPECT_EQ(answer_to("공포")->label, Emotion::fear);
}

TEST_F(RemoteClassifierTest, ReadsTheInfoAgainWhenItIsOld) {
    create({.info_lifetime = 60s});
    answer_to("행복");
    now += 59s;
    answer_to("공포");
    EXPECT_EQ(client.info_reads, 1);
    now += 1s;
    client.info["model_id"] = "retrained@0123456789ab";
    EXPECT_EQ(answer_to("놀람")->model_id, "retrained@0123456789ab");
    EXPECT_EQ(client.info_reads, 2);
}

TEST_F(RemoteClassifierTest, AnswersWhatIsUnderWayWhileTheInfoGetsOld) {
    create({.max_in_flight = 2, .info_lifetime = 60s});
    answer_to("행복");
    client.is_held = true;
    start("공포");
    run();
    now += 61s;
    start("놀람");
    run();
    client.release();
    run();
    EXPECT_EQ(answers.at("공포")->label, Emotion::fear);
    EXPECT_EQ(answers.at("놀람")->label, Emotion::surprise);
}

TEST_F(RemoteClassifierTest, ReadsTheInfoAgainAfterABrokenConnection) {
    create();
    answer_to("행복");
    client.predictions.emplace_back(net::make_error_code(net::errc::timed_out));
    EXPECT_EQ(error_of("공포"), api::errc::unreachable);
    EXPECT_EQ(classifier->server(), nullptr);
    EXPECT_TRUE(answer_to("놀람"));
    EXPECT_EQ(client.info_reads, 2);
    EXPECT_THAT(errors, ElementsAre(HasSubstr("http://127.0.0.1:8080: no answer: ")));
}

TEST_F(RemoteClassifierTest, TriesAClosedConnectionOnceMore) {
    create();
    answer_to("행복");
    client.predictions.emplace_back(net::make_error_code(net::errc::closed));
    EXPECT_TRUE(answer_to("공포"));
    client.predictions.emplace_back(net::make_error_code(net::errc::closed));
    client.predictions.emplace_back(net::make_error_code(net::errc::closed));
    EXPECT_EQ(error_of("놀람"), api::errc::unreachable);
}

TEST_F(RemoteClassifierTest, SaysThatTheServerCannotBeReached) {
    client.infos.emplace_back(asio::error::make_error_code(asio::error::connection_refused));
    create();
    EXPECT_EQ(error_of("행복"), api::errc::unreachable);
    EXPECT_THAT(errors, ElementsAre(HasSubstr("no connection")));
    EXPECT_TRUE(answer_to("공포"));
}

TEST_F(RemoteClassifierTest, PassesOverloadOn) {
    create();
    client.predictions.emplace_back(refusal(429));
    EXPECT_EQ(error_of("행복"), api::errc::overloaded);
}

TEST_F(RemoteClassifierTest, SaysWhatAFailingServerMeans) {
    struct Row {
        int status;
        api::errc code;
    };
    create();
    for (const Row& row : {Row{424, api::errc::inference_failed}, Row{500, api::errc::inference_failed},
                           Row{503, api::errc::unreachable}, Row{401, api::errc::unreachable},
                           Row{422, api::errc::not_supported}, Row{413, api::errc::input_too_long}}) {
        client.predictions.emplace_back(refusal(row.status));
        EXPECT_EQ(error_of("행복"), row.code) << row.status;
    }
    EXPECT_THAT(errors, testing::Contains(HasSubstr("classifier.url_token")));
}

TEST_F(RemoteClassifierTest, HalvesABatchThatIsTooLarge) {
    create({.max_batch = 4, .max_in_flight = 1});
    answer_to("행복");
    client.is_held = true;
    start("중립");
    run();
    for (const char* text : {"공포", "놀람", "분노", "슬픔"}) start(text);
    client.predictions.emplace_back(refusal(413));
    client.batches.clear();
    client.release();
    run();
    EXPECT_THAT(client.batches, ElementsAre(Texts{"공포", "놀람", "분노", "슬픔"}, Texts{"공포", "놀람"},
                                            Texts{"분노", "슬픔"}));
    EXPECT_EQ(answers.at("슬픔")->label, Emotion::sadness);

    client.is_held = true;
    for (const char* text : {"중립", "공포", "놀람", "분노"}) start(text);
    run();
    client.batches.clear();
    client.release();
    run();
    EXPECT_THAT(client.batches, ElementsAre(Texts{"공포", "놀람"}, Texts{"분노"}));
}

TEST_F(RemoteClassifierTest, FindsTheOneTextThatTheServerRefuses) {
    create({.max_in_flight = 1});
    answer_to("행복");
    client.is_held = true;
    start("중립");
    run();
    for (const char* text : {"공포", "놀람", "분노", "슬픔"}) start(text);
    for (int i = 0; i < 2; ++i)
        client.predictions.emplace_back(refusal(422));  // all four, then the first two
    client.predictions.emplace_back(refusal(422));      // 공포 alone
    client.release();
    run();
    EXPECT_EQ(static_cast<api::errc>(answers.at("공포").error().value()), api::errc::not_supported);
    for (const char* text : {"놀람", "분노", "슬픔"}) EXPECT_TRUE(answers.at(text)) << text;
}

TEST_F(RemoteClassifierTest, RefusesAServerWithOtherLabels) {
    client.info = info_answer({"joy", "놀람", "분노", "슬픔", "중립", "행복", "혐오"});
    create();
    EXPECT_EQ(error_of("행복"), api::errc::not_supported);
    EXPECT_THAT(errors, ElementsAre(HasSubstr("\"joy\"")));
    EXPECT_THAT(client.batches, IsEmpty());
}

TEST_F(RemoteClassifierTest, RefusesAnAnswerThatIsNoneAndAsksAgainWhoTheServerIs) {
    create();
    answer_to("행복");
    client.predictions.emplace_back(net::make_response(200, "text/html", "<html>"));
    EXPECT_EQ(error_of("공포"), api::errc::bad_format);
    EXPECT_TRUE(answer_to("놀람"));
    EXPECT_EQ(client.info_reads, 2);
}

TEST_F(RemoteClassifierTest, TellsTheSameErrorOnlyOnceInAWhile) {
    create({.same_error_after = 30s});
    for (int i = 0; i < 3; ++i) client.predictions.emplace_back(refusal(500));
    error_of("행복");
    error_of("공포");
    EXPECT_EQ(errors.size(), 1U);
    now += 30s;
    error_of("놀람");
    EXPECT_EQ(errors.size(), 2U);
}

TEST_F(RemoteClassifierTest, RefusesTextsWhenTooManyWait) {
    create({.max_in_flight = 1, .max_waiting = 1});
    client.is_held = true;
    start("행복");
    start("공포");
    run();
    EXPECT_EQ(error_of("놀람"), api::errc::overloaded);
    client.release();
    run();
    EXPECT_TRUE(answers.at("공포"));
}

TEST_F(RemoteClassifierTest, DropsTheTextOfACallThatWasCancelled) {
    create({.max_in_flight = 1});
    client.is_held = true;
    start("행복");
    asio::cancellation_signal signal;
    start("공포", signal.slot());
    run();
    signal.emit(asio::cancellation_type::terminal);
    run();
    EXPECT_EQ(static_cast<api::errc>(answers.at("공포").error().value()), api::errc::cancelled);
    client.release();
    run();
    EXPECT_THAT(client.batches, ElementsAre(Texts{"행복"}));
}

TEST_F(RemoteClassifierTest, EndsTheWaitingAtTheDeadline) {
    create({.timeout = 1ms});
    client.is_held = true;
    start("행복");
    context.run_one_for(5s);
    while (answers.empty()) ASSERT_NE(context.run_one_for(5s), 0U);
    EXPECT_EQ(static_cast<api::errc>(answers.at("행복").error().value()), api::errc::unreachable);
    client.release();
    run();
}

TEST_F(RemoteClassifierTest, RefusesAnEmptyTextItself) {
    create();
    EXPECT_EQ(error_of(""), api::errc::empty_input);
    EXPECT_THAT(client.requests, IsEmpty());
}

TEST_F(RemoteClassifierTest, MayBeDestroyedWhileARequestIsUnderWay) {
    create({.timeout = 1ms});
    client.is_held = true;
    start("행복");
    while (answers.empty()) ASSERT_NE(context.run_one_for(5s), 0U);
    classifier.reset();
    run();
    EXPECT_EQ(client.batches.size(), 1U);
}

}  // namespace
}  // namespace nunchi::remote
