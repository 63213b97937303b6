#include "bot/ops/readiness.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

namespace nunchi::ops {
namespace {

using testing::HasSubstr;

/// Answers what it was told to.
class FixedClassifier final : public api::Classifier {
public:
    boost::asio::awaitable<api::result<api::Prediction>> classify(std::string) override { co_return answer; }

    api::result<api::Prediction> answer = api::make_error_code(api::errc::overloaded);
};

api::Prediction prediction_of(api::Emotion emotion) {
    api::Prediction prediction;
    prediction.probabilities[api::index_of(emotion)] = 1;
    return prediction;
}

void let_classify(GoldenSentence& golden, const std::shared_ptr<FixedClassifier>& classifier) {
    boost::asio::io_context context;
    boost::asio::co_spawn(context, golden.classify(classifier), boost::asio::detached);
    context.run();
}

TEST(PlatformCheck, IsOkOnlyWhenConnected) {
    using chat::Health;
    EXPECT_TRUE(platform_check("web", {Health::connected, ""}).is_ok);
    for (const Health health : {Health::starting, Health::reconnecting, Health::failed, Health::stopped}) {
        EXPECT_FALSE(platform_check("web", {health, ""}).is_ok);
    }
    const Check check = platform_check("discord", {Health::failed, "the token is wrong"});
    EXPECT_EQ(check.name, "platform:discord");
    EXPECT_EQ(check.detail, "failed: the token is wrong");
}

TEST(GoldenSentence, IsNotOkBeforeItWasRead) {
    EXPECT_FALSE(GoldenSentence("좋아요", api::Emotion::happiness).check().is_ok);
}

TEST(GoldenSentence, FollowsTheLastReading) {
    GoldenSentence golden("좋아요", api::Emotion::happiness);
    const auto classifier = std::make_shared<FixedClassifier>();

    classifier->answer = prediction_of(api::Emotion::happiness);
    let_classify(golden, classifier);
    EXPECT_TRUE(golden.check().is_ok);

    classifier->answer = prediction_of(api::Emotion::fear);
    let_classify(golden, classifier);
    EXPECT_FALSE(golden.check().is_ok);
    EXPECT_THAT(golden.check().detail, HasSubstr("fear instead of happiness"));

    classifier->answer = api::make_error_code(api::errc::unreachable);
    let_classify(golden, classifier);
    EXPECT_FALSE(golden.check().is_ok);
    EXPECT_THAT(golden.check().detail, HasSubstr("the remote classifier did not answer"));
}

TEST(GoldenSentence, KeepsItsOutcomeWhenCancelled) {
    GoldenSentence golden("좋아요", api::Emotion::happiness);
    const auto classifier = std::make_shared<FixedClassifier>();
    classifier->answer = prediction_of(api::Emotion::happiness);
    let_classify(golden, classifier);
    classifier->answer = api::make_error_code(api::errc::cancelled);
    let_classify(golden, classifier);
    EXPECT_TRUE(golden.check().is_ok);
}

TEST(Readiness, AsksAllInOrderEachTime) {
    Readiness readiness;
    bool is_model_ok = false;
    readiness.add([&] { return Check{"model", is_model_ok, ""}; });
    readiness.add([] { return Check{"platform:web", true, ""}; });

    EXPECT_FALSE(all_ok(readiness.checks()));
    is_model_ok = true;
    const auto checks = readiness.checks();
    EXPECT_TRUE(all_ok(checks));
    ASSERT_EQ(checks.size(), 2U);
    EXPECT_EQ(checks[0].name, "model");
    EXPECT_EQ(checks[1].name, "platform:web");
}

}  // namespace
}  // namespace nunchi::ops
