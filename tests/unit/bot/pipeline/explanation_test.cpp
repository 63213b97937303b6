#include "bot/pipeline/explanation.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <optional>
#include <set>

#include "bot/pipeline/occlusion.hpp"
#include "tests/unit/bot/pipeline/scripted_classifier.hpp"

namespace nunchi::pipeline {
namespace {

using api::Emotion;

class ExplanationTest : public testing::Test {
public:
    boost::asio::io_context context;
    std::shared_ptr<ScriptedClassifier> classifier = std::make_shared<ScriptedClassifier>();
    boost::asio::cancellation_signal cancellation;
    std::optional<api::result<Explained>> answer;
    std::exception_ptr thrown;

    void start(std::string text) {
        boost::asio::co_spawn(
            context, explain(classifier, std::move(text)),
            boost::asio::bind_cancellation_slot(
                cancellation.slot(), [this](std::exception_ptr what, api::result<Explained> given) {
                    thrown = std::move(what);
                    answer = std::move(given);
                }));
        run();
    }
    void run() {
        context.restart();
        context.poll();
    }
};

/// Happiness is as probable as the words "정말" (0.1) and "행복해" (0.5) in it make it.
api::result<api::Prediction> by_words(const std::string& text) {
    float p = 0.3F;
    if (text.find("정말") != std::string::npos) p += 0.1F;
    if (text.find("행복해") != std::string::npos) p += 0.5F;
    return prediction(Emotion::happiness, p);
}

TEST_F(ExplanationTest, WeightIsWhatTheEmotionLosesWithoutTheWord) {
    classifier->script = by_words;

    start("나 정말 행복해");

    ASSERT_TRUE(answer && answer->has_value());
    EXPECT_EQ((*answer)->emotion, Emotion::happiness);
    ASSERT_EQ((*answer)->words.size(), 3U);
    EXPECT_NEAR((*answer)->words[0].weight, 0.0F, 1e-6F);
    EXPECT_NEAR((*answer)->words[1].weight, 0.1F, 1e-6F);
    EXPECT_NEAR((*answer)->words[2].weight, 0.5F, 1e-6F);
    EXPECT_EQ((*answer)->words[2].begin, 11U);
    EXPECT_EQ((*answer)->words[2].end, 20U);
    std::set<std::string> texts;
    for (const auto& call : classifier->calls) texts.insert(call->text);
    EXPECT_EQ(texts, (std::set<std::string>{"나 정말 행복해", " 정말 행복해", "나  행복해", "나 정말 "}));
}

TEST_F(ExplanationTest, OnlyWordWeighsEverything) {
    classifier->script = by_words;
    start(" 행복해 ");
    ASSERT_EQ((*answer)->words.size(), 1U);
    EXPECT_NEAR((*answer)->words[0].weight, 0.8F, 1e-6F);
    EXPECT_EQ(classifier->calls.size(), 1U);
}

TEST_F(ExplanationTest, KeepsAtMostEightTextsInTheClassifier) {
    std::string text;
    for (int i = 0; i < 100; ++i) text += "말 ";

    start(text);

    EXPECT_EQ((*answer)->words.size(), kMaxExplainedWords);
    EXPECT_EQ(classifier->calls.size(), kMaxExplainedWords + 1);
    EXPECT_EQ(classifier->most_at_once, 8U);
}

TEST_F(ExplanationTest, OneErrorEndsItAndNoFurtherTextIsBegun) {
    std::string text;
    for (int i = 0; i < 40; ++i) text += "말 ";
    classifier->script = [this](const std::string&) -> api::result<api::Prediction> {
        if (classifier->calls.size() == 3) return make_error_code(api::errc::overloaded);
        return prediction(Emotion::fear);
    };

    start(text);

    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->error(), api::errc::overloaded);
    EXPECT_LT(classifier->calls.size(), 41U);
}

TEST_F(ExplanationTest, RefusesBrokenNumbers) {
    classifier->script = [](const std::string&) {
        return api::result<api::Prediction>(prediction(Emotion::fear, 7.0F));
    };
    start("나 정말");
    EXPECT_EQ(answer->error(), api::errc::inference_failed);
}

TEST_F(ExplanationTest, CancellingWithdrawsEveryText) {
    classifier->script = nullptr;
    start("나 정말 행복해");
    ASSERT_EQ(classifier->calls.size(), 4U);

    cancellation.emit(boost::asio::cancellation_type::terminal);
    run();

    ASSERT_TRUE(answer);
    EXPECT_TRUE(thrown || answer->has_error());
    for (const auto& call : classifier->calls) EXPECT_FALSE(call->answer);
}

TEST_F(ExplanationTest, ReadsABoundedPartOfALongText) {
    std::string text;
    while (text.size() < 1 << 20) text += "행복 ";

    start(text);

    EXPECT_EQ(classifier->calls[0]->text.size(), kMaxExplainedBytes / 7 * 7 + 3);
    EXPECT_LE((*answer)->words.back().end, kMaxExplainedBytes);
}

}  // namespace
}  // namespace nunchi::pipeline
