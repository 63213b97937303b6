#include "bot/remote/predict_response.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/bot/remote/server_answers.hpp"

namespace nunchi::remote {
namespace {

using api::Emotion;
using nlohmann::json;
using testing::HasSubstr;

const EmotionOfLabel& labels() {
    static const EmotionOfLabel map = parse_server_info(info_answer().dump())->labels;
    return map;
}

std::string failure_of(const json& answer, std::size_t texts = 1) {
    const auto parsed = parse_predict_response(answer.dump(), labels(), texts);
    EXPECT_FALSE(parsed);
    return parsed ? std::string() : parsed.error().message;
}

TEST(PredictResponse, ReadsABatchByLabelName) {
    const json answer = {scores_answer(Emotion::fear), scores_answer(Emotion::happiness)};
    const auto all = parse_predict_response(answer.dump(), labels(), 2);
    ASSERT_TRUE(all) << all.error().message;
    EXPECT_FLOAT_EQ((*all)[0][api::index_of(Emotion::fear)], 0.4F);
    EXPECT_FLOAT_EQ((*all)[0][api::index_of(Emotion::happiness)], 0.1F);
    EXPECT_FLOAT_EQ((*all)[1][api::index_of(Emotion::happiness)], 0.4F);
}

TEST(PredictResponse, TakesTheRoundingOfHalfPrecision) {
    auto list = scores_answer(Emotion::fear);
    list[0]["score"] = 0.411;
    EXPECT_TRUE(parse_predict_response(json::array({list}).dump(), labels(), 1));
    list[0]["score"] = 0.43;
    EXPECT_THAT(failure_of(json::array({list})), HasSubstr("add up to 1"));
}

TEST(PredictResponse, RefusesOtherNumbersOfTexts) {
    EXPECT_THAT(failure_of(json::array({scores_answer(Emotion::fear)}), 2), HasSubstr("2 lists"));
    EXPECT_THAT(failure_of({scores_answer(Emotion::fear), scores_answer(Emotion::fear)}, 1),
                HasSubstr("1 lists"));
    EXPECT_THAT(failure_of(scores_answer(Emotion::fear), 1), HasSubstr("1 lists"));
}

TEST(PredictResponse, RefusesStrangeLists) {
    auto list = scores_answer(Emotion::fear);
    list[3]["label"] = "LABEL_3";
    EXPECT_THAT(failure_of(json::array({list})), HasSubstr("a label that /info does not name"));
    list = scores_answer(Emotion::fear);
    list[3]["label"] = list[4]["label"];
    EXPECT_THAT(failure_of(json::array({list})), HasSubstr("twice"));
    list = scores_answer(Emotion::fear);
    list.erase(6);
    EXPECT_THAT(failure_of(json::array({list})), HasSubstr("seven"));
    for (const json& score : {json(-0.1), json(1.5), json(nullptr), json("0.4"), json(1e300)}) {
        list = scores_answer(Emotion::fear);
        list[0]["score"] = score;
        failure_of(json::array({list}));
    }
}

TEST(PredictResponse, RefusesOtherJsonAndNoJson) {
    for (const char* body :
         {"", "x", "{}", "[", "[[", "null", R"([{"score":1,"label":"공포"}])", "[[{}]]", R"([[{"score":1}]])",
          R"({"error":"x","error_type":"Backend"})", "[[1,2,3,4,5,6,7]]"}) {
        EXPECT_FALSE(parse_predict_response(body, labels(), 1)) << body;
    }
}

TEST(PredictResponse, RefusesAnAnswerThatIsCutAnywhere) {
    const std::string whole = json::array({scores_answer(Emotion::fear)}).dump();
    for (std::size_t length = 0; length < whole.size(); ++length) {
        EXPECT_FALSE(parse_predict_response(whole.substr(0, length), labels(), 1)) << length;
    }
}

}  // namespace
}  // namespace nunchi::remote
