#include "bot/cli/head_labels.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nunchi::cli {
namespace {

using ::testing::HasSubstr;

const std::string kReversed = "혐오,행복,중립,슬픔,분노,놀람,공포";

std::string error_of(const HeadQuestion& question) {
    const auto labels = head_labels(question);
    return labels ? "(no error)" : labels.error().message;
}

HeadQuestion seven_rows(const std::string& option) {
    return {.rows = 7, .config_names = {}, .option = option, .ask = {}};
}

TEST(HeadLabels, TakesTheOptionFirst) {
    const auto labels = head_labels(seven_rows("disgust, Happiness ,중립,슬픔,분노,놀람,공포"));

    ASSERT_TRUE(labels) << labels.error().message;
    EXPECT_EQ(labels->source, LabelSource::option);
    EXPECT_EQ(labels->rows[0], api::Emotion::disgust);
    EXPECT_EQ(labels->rows[1], api::Emotion::happiness);
    EXPECT_EQ(labels->rows[6], api::Emotion::fear);
}

TEST(HeadLabels, LeavesOutRowsThatTheOptionMarks) {
    const auto labels = head_labels({.rows = 8, .config_names = {}, .option = "-," + kReversed, .ask = {}});

    ASSERT_TRUE(labels) << labels.error().message;
    EXPECT_FALSE(labels->rows[0]);
    EXPECT_EQ(labels->rows[7], api::Emotion::fear);
}

TEST(HeadLabels, TakesTheNamesOfTheConfigurationBeforeAsking) {
    HeadQuestion question = seven_rows("");
    question.config_names = {"혐오", "행복", "중립", "슬픔", "분노", "놀람", "공포"};
    question.ask = [](const std::string&) -> std::string { throw std::logic_error("asked"); };

    const auto labels = head_labels(question);

    ASSERT_TRUE(labels) << labels.error().message;
    EXPECT_EQ(labels->source, LabelSource::config);
    EXPECT_EQ(labels->rows[0], api::Emotion::disgust);
}

TEST(HeadLabels, AsksAndOtherwiseTakesTheOrderOfTheNotebook) {
    HeadQuestion question = seven_rows("");
    question.ask = [](const std::string& text) {
        EXPECT_THAT(text, HasSubstr("공포,놀람,분노,슬픔,중립,행복,혐오"));
        return kReversed;
    };
    EXPECT_EQ(head_labels(question)->source, LabelSource::person);
    EXPECT_EQ(head_labels(question)->rows[0], api::Emotion::disgust);

    question.ask = [](const std::string&) { return std::string(); };
    EXPECT_EQ(head_labels(question)->source, LabelSource::assumed);
    const auto assumed = head_labels(seven_rows(""));
    EXPECT_EQ(assumed->source, LabelSource::assumed);
    EXPECT_EQ(assumed->rows[0], api::Emotion::fear);
    EXPECT_EQ(assumed->rows[6], api::Emotion::disgust);
}

TEST(HeadLabels, TakesTransformersDefaultNamesForNone) {
    HeadQuestion question = seven_rows("");
    for (int i = 0; i < 7; ++i) question.config_names.push_back("LABEL_" + std::to_string(i));
    EXPECT_EQ(head_labels(question)->source, LabelSource::assumed);

    question.config_names.assign(7, "긍정");
    EXPECT_THAT(error_of(question), HasSubstr("names row 0 \"긍정\""));
}

TEST(HeadLabels, RefusesNamesThatDoNotGiveEachEmotionOneRow) {
    EXPECT_THAT(error_of(seven_rows("행복,슬픔")), HasSubstr("7 rows, and 2 labels are named"));
    EXPECT_THAT(error_of(seven_rows("기쁨,-,-,-,-,-,-")), HasSubstr("label \"기쁨\" is none of the seven"));
    EXPECT_THAT(error_of(seven_rows("행복,행복,-,-,-,-,-")), HasSubstr("label \"행복\" is named twice"));
    EXPECT_THAT(error_of(seven_rows("행복,-,-,-,-,-,-")), HasSubstr("no row of the head is named 공포"));
}

TEST(HeadLabels, RefusesOtherNumbersOfRowsThatNobodyNamed) {
    EXPECT_THAT(error_of({.rows = 2, .config_names = {}, .option = {}, .ask = {}}),
                HasSubstr("negative and positive"));
    EXPECT_THAT(error_of({.rows = 6, .config_names = {}, .option = {}, .ask = {}}),
                HasSubstr("`nunchi-train fit --base`"));
    EXPECT_THAT(error_of({.rows = 9, .config_names = {}, .option = {}, .ask = {}}), HasSubstr("--labels"));
}

}  // namespace
}  // namespace nunchi::cli
