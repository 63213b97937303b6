#include "bot/http_api/scores.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <nlohmann/json.hpp>

#include "tests/unit/bot/http_api/korean_model.hpp"

namespace nunchi::http_api {
namespace {

using namespace std::chrono_literals;
using api::Emotion;

api::Prediction prediction() {
    api::Prediction prediction;
    prediction.probabilities = {0.01F, 0.02F, 0.03F, 0.04F, 0.1F, 0.75F, 0.05F};
    prediction.logits = {{-1.0F, 0.0F, 0.5F, 1.0F, 2.0F, 4.0F, -3.5F}};
    prediction.token_count = 7;
    return prediction;
}

PredictRequest request_with(ScoreKind scores, std::size_t top_k = 0) {
    PredictRequest request;
    request.scores = scores;
    request.top_k = top_k;
    return request;
}

TEST(ScoresJson, ListsAllLabelsTheLargestFirst) {
    EXPECT_EQ(*scores_json({}, korean_model(), {prediction()}),
              R"([{"score":0.75,"label":"행복"},{"score":0.1,"label":"중립"},{"score":0.05,"label":"혐오"},)"
              R"({"score":0.04,"label":"슬픔"},{"score":0.03,"label":"분노"},{"score":0.02,"label":"놀람"},)"
              R"({"score":0.01,"label":"공포"}])");
}

TEST(ScoresJson, OrdersTiesByTheModelsLabelIds) {
    auto model = korean_model();
    model.label_ids = {6, 5, 4, 3, 2, 1, 0};
    api::Prediction even;
    even.probabilities.fill(1.0F / 7);
    const auto list = nlohmann::json::parse(*scores_json({}, model, {even}));
    EXPECT_EQ(list.front()["label"], "혐오");
    EXPECT_EQ(list.back()["label"], "공포");
}

TEST(ScoresJson, NestsBatchesAndRequestsWithParameters) {
    PredictRequest batch;
    batch.is_batch = true;
    const auto lists = nlohmann::json::parse(
        *scores_json(batch, korean_model(), {prediction(), prediction_of(Emotion::fear)}));
    ASSERT_EQ(lists.size(), 2U);
    EXPECT_EQ(lists[0][0]["label"], "행복");
    EXPECT_EQ(lists[1][0]["label"], "공포");

    PredictRequest one;
    one.has_parameters = true;
    one.top_k = 2;
    EXPECT_EQ(*scores_json(one, korean_model(), {prediction()}),
              R"([[{"score":0.75,"label":"행복"},{"score":0.1,"label":"중립"}]])");
}

TEST(ScoresJson, GivesLogitsAndSigmoids) {
    EXPECT_EQ(*scores_json(request_with(ScoreKind::logits, 1), korean_model(), {prediction()}),
              R"([{"score":4,"label":"행복"}])");
    const auto sigmoids =
        nlohmann::json::parse(*scores_json(request_with(ScoreKind::sigmoid), korean_model(), {prediction()}));
    // 1 / (1 + exp(-x)) of 4.0, 0.0 and -3.5 with Python's math.
    EXPECT_NEAR(sigmoids[0]["score"].get<double>(), 0.9820137900379085, 1e-6);
    EXPECT_NEAR(sigmoids[4]["score"].get<double>(), 0.5, 1e-6);
    EXPECT_NEAR(sigmoids[6]["score"].get<double>(), 0.02931223075135632, 1e-6);
}

TEST(ScoresJson, RefusesLogitsThatARemoteClassifierKeeps) {
    auto remote = prediction();
    remote.logits.reset();
    EXPECT_EQ(scores_json(request_with(ScoreKind::logits), korean_model(), {remote}).error().refusal,
              Refusal::not_readable);
    EXPECT_EQ(scores_json(request_with(ScoreKind::sigmoid), korean_model(), {remote}).error().refusal,
              Refusal::not_readable);
}

TEST(ScoresJson, RefusesScoresThatAreNoNumbers) {
    auto broken = prediction();
    broken.probabilities[3] = std::numeric_limits<float>::quiet_NaN();
    EXPECT_EQ(scores_json({}, korean_model(), {broken}).error().refusal, Refusal::inference_failed);
}

TEST(ScoresJson, WritesEachFloatSoThatItReadsBackAsTheSame) {
    auto odd = prediction();
    odd.probabilities = {1e-30F, 0.1F, 1.0F / 3, 2.0F / 3, 1e-5F, 0.99999994F, 0.0F};
    const auto list = nlohmann::json::parse(*scores_json({}, korean_model(), {odd}));
    for (const auto& entry : list) {
        const auto emotion = api::emotion_named(entry["label"].get<std::string>());
        EXPECT_EQ(entry["score"].get<float>(), odd.probabilities[api::index_of(*emotion)]);
    }
}

TEST(ScoresJson, EscapesLabels) {
    auto model = korean_model();
    model.labels[5] = "a\"b\\c";
    EXPECT_EQ(nlohmann::json::parse(*scores_json({}, model, {prediction()}))[0]["label"], "a\"b\\c");
}

TEST(ComputeHeaders, TellWholeMillisecondsOfTheMeanText) {
    auto first = prediction(), second = prediction();
    first.timings = {.tokenization = 1ms, .queue = 10ms, .inference = 21ms};
    second.timings = {.tokenization = 2ms, .queue = 30ms, .inference = 22ms};
    net::Headers headers;
    set_compute_headers(headers, korean_model(), {first, second}, 11, 49'900us);
    EXPECT_EQ(headers.get("x-compute-type"), "cpu");
    EXPECT_EQ(headers.get("x-compute-characters"), "11");
    EXPECT_EQ(headers.get("x-compute-tokens"), "14");
    EXPECT_EQ(headers.get("x-compute-time"), "49");
    EXPECT_EQ(headers.get("x-total-time"), "49");
    EXPECT_EQ(headers.get("x-tokenization-time"), "1");
    EXPECT_EQ(headers.get("x-queue-time"), "20");
    EXPECT_EQ(headers.get("x-inference-time"), "21");
}

TEST(CountCharacters, CountsCodePoints) {
    EXPECT_EQ(count_characters({"좋아요 😀", "abc"}), 8U);
}

}  // namespace
}  // namespace nunchi::http_api
