#include "bot/http_api/predict_request.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nunchi::http_api {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr std::size_t kMaxBatch = 4;

PredictRequest accepted(std::string_view body) {
    const auto request = parse_predict_request(body, kMaxBatch);
    EXPECT_TRUE(request) << body << ": " << request.error().message;
    return request ? *request : PredictRequest{};
}

Refusal refusal_of(std::string_view body) {
    const auto request = parse_predict_request(body, kMaxBatch);
    EXPECT_FALSE(request) << body;
    return request ? Refusal::inference_failed : request.error().refusal;
}

TEST(PredictRequest, ReadsOneText) {
    const auto request = accepted(R"({"inputs": "좋아요 \ud83d\ude00"})");
    EXPECT_THAT(request.texts, ElementsAre("좋아요 😀"));
    EXPECT_FALSE(request.is_batch);
    EXPECT_TRUE(request.truncate);
    EXPECT_EQ(request.direction, TruncationDirection::right);
    EXPECT_EQ(request.scores, ScoreKind::softmax);
    EXPECT_FALSE(request.has_parameters);
}

TEST(PredictRequest, ReadsOneTextInAList) {
    const auto request = accepted(R"({"inputs": ["좋아요"]})");
    EXPECT_THAT(request.texts, ElementsAre("좋아요"));
    EXPECT_FALSE(request.is_batch);
}

TEST(PredictRequest, ReadsABatchInItsOrder) {
    const auto request = accepted(R"({"inputs": [["b"], ["a"], ["b"]]})");
    EXPECT_THAT(request.texts, ElementsAre("b", "a", "b"));
    EXPECT_TRUE(request.is_batch);
    EXPECT_TRUE(accepted(R"({"inputs": [["a"]]})").is_batch);
}

TEST(PredictRequest, ReadsTheSwitches) {
    const auto request =
        accepted(R"({"truncate": false, "truncation_direction": "left", "raw_scores": true, "inputs": "a"})");
    EXPECT_FALSE(request.truncate);
    EXPECT_EQ(request.direction, TruncationDirection::left);
    EXPECT_EQ(request.scores, ScoreKind::logits);
    EXPECT_EQ(accepted(R"({"inputs": "a", "truncation_direction": "Left"})").direction,
              TruncationDirection::left);
    EXPECT_EQ(accepted(R"({"inputs": "a", "raw_scores": false})").scores, ScoreKind::softmax);
}

TEST(PredictRequest, TakesNullAsAbsent) {
    const auto request = accepted(
        R"({"inputs": "a", "truncate": null, "parameters": {"top_k": null, "function_to_apply": null}})");
    EXPECT_TRUE(request.truncate);
    EXPECT_EQ(request.top_k, 0U);
    EXPECT_FALSE(accepted(R"({"inputs": "a", "parameters": null})").has_parameters);
}

TEST(PredictRequest, ReadsTheParametersOfInferenceClient) {
    const auto request =
        accepted(R"({"inputs": "a", "parameters": {"top_k": 2, "function_to_apply": "sigmoid"}})");
    EXPECT_TRUE(request.has_parameters);
    EXPECT_EQ(request.top_k, 2U);
    EXPECT_EQ(request.scores, ScoreKind::sigmoid);
    EXPECT_TRUE(accepted(R"({"inputs": "a", "parameters": {}})").has_parameters);
    EXPECT_EQ(accepted(R"({"inputs": "a", "parameters": {"function_to_apply": "none"}})").scores,
              ScoreKind::logits);
}

TEST(PredictRequest, PassesOverWhatItDoesNotKnow) {
    const auto request = accepted(
        R"({"model": {"inputs": "x", "top_k": 0}, "n": [[1.5, {"inputs": [null]}], -3],
            "parameters": {"other": {"top_k": []}, "top_k": 3}, "later": {"a": true}, "inputs": "a", "z": true})");
    EXPECT_THAT(request.texts, ElementsAre("a"));
    EXPECT_EQ(request.top_k, 3U);
}

TEST(PredictRequest, RefusesAPairOfSentences) {
    EXPECT_EQ(refusal_of(R"({"inputs": ["a", "b"]})"), Refusal::not_readable);
    EXPECT_EQ(refusal_of(R"({"inputs": [["a"], ["b", "c"]]})"), Refusal::not_readable);
    EXPECT_THAT(parse_predict_request(R"({"inputs": ["a", "b"]})", kMaxBatch).error().message,
                HasSubstr("[[\"…\"], [\"…\"]]"));
}

TEST(PredictRequest, RefusesEmptyTexts) {
    EXPECT_EQ(refusal_of(R"({"inputs": ""})"), Refusal::empty);
    EXPECT_EQ(refusal_of(R"({"inputs": []})"), Refusal::empty);
    EXPECT_EQ(refusal_of(R"({"inputs": [["a"], [""]]})"), Refusal::empty);
}

TEST(PredictRequest, CountsTheTextsOfABatchThatIsTooLarge) {
    const auto request =
        parse_predict_request(R"({"inputs": [["a"],["b"],["c"],["d"],["e"],["f"]]})", kMaxBatch);
    ASSERT_FALSE(request);
    EXPECT_EQ(request.error().refusal, Refusal::too_large_a_batch);
    EXPECT_EQ(request.error().message, "batch size 6 > maximum allowed batch size 4");
    EXPECT_EQ(accepted(R"({"inputs": [["a"],["b"],["c"],["d"]]})").texts.size(), kMaxBatch);
}

TEST(PredictRequest, RefusesOtherShapes) {
    for (const std::string_view body : {R"([])",
                                        R"("a")",
                                        R"(null)",
                                        R"(3)",
                                        R"({})",
                                        R"({"input": "a"})",
                                        R"({"inputs": null})",
                                        R"({"inputs": 3})",
                                        R"({"inputs": -3})",
                                        R"({"inputs": 0.5})",
                                        R"({"inputs": true})",
                                        R"({"inputs": {}})",
                                        R"({"inputs": [null]})",
                                        R"({"inputs": [3]})",
                                        R"({"inputs": [{}]})",
                                        R"({"inputs": [[]]})",
                                        R"({"inputs": [[["a"]]]})",
                                        R"({"inputs": [["a", "b", "c"]]})",
                                        R"({"inputs": ["a", ["b"]]})",
                                        R"({"inputs": [["a"], "b"]})",
                                        R"({"inputs": ["a", "b", "c"]})",
                                        R"({"inputs": "a", "inputs": "b"})",
                                        R"({"inputs": "a", "truncate": 1})",
                                        R"({"inputs": "a", "truncate": "true"})",
                                        R"({"inputs": "a", "raw_scores": null})",
                                        R"({"inputs": "a", "raw_scores": [true]})",
                                        R"({"inputs": "a", "truncation_direction": "up"})",
                                        R"({"inputs": "a", "truncation_direction": null})",
                                        R"({"inputs": "a", "parameters": []})",
                                        R"({"inputs": "a", "parameters": {"top_k": 0}})",
                                        R"({"inputs": "a", "parameters": {"top_k": -1}})",
                                        R"({"inputs": "a", "parameters": {"top_k": 1.5}})",
                                        R"({"inputs": "a", "parameters": {"function_to_apply": "relu"}})"}) {
        EXPECT_EQ(refusal_of(body), Refusal::wrong_shape) << body;
    }
}

TEST(PredictRequest, RefusesWhatIsNoJson) {
    for (const std::string_view body :
         {"", " ", "{", R"({"inputs": "a")", R"({"inputs": "a"} x)", R"({"inputs": 'a'})",
          "{\"inputs\": \"\xff\"}", "{\"inputs\": \"\xed\xa0\x80\"}", R"({"inputs": "\ud800"})",
          "{\"inputs\": \"a\nb\"}", R"({"inputs": NaN})", "\xff\xfe{"}) {
        EXPECT_EQ(refusal_of(body), Refusal::malformed) << body;
    }
}

TEST(PredictRequest, RefusesDeepNestingWithoutFollowingIt) {
    const std::string deep = R"({"other": )" + std::string(1'000'000, '[');
    EXPECT_EQ(refusal_of(deep), Refusal::wrong_shape);
    EXPECT_EQ(refusal_of(std::string(1'000'000, '[')), Refusal::wrong_shape);
    accepted(R"({"inputs": "a", "other": )" + std::string(31, '[') + std::string(31, ']') + "}");
}

TEST(PredictRequest, NeverQuotesTheBody) {
    for (const std::string_view body :
         {R"({"inputs": ["비밀", "비밀"]})", R"({"inputs": "비밀)", R"({"비밀": 비밀})",
          R"({"inputs": "a", "truncation_direction": "비밀"})"}) {
        const auto request = parse_predict_request(body, kMaxBatch);
        ASSERT_FALSE(request);
        EXPECT_THAT(request.error().message, Not(HasSubstr("비밀")));
    }
}

}  // namespace
}  // namespace nunchi::http_api
