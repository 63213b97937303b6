#include "bot/pipeline/decision.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "tests/unit/bot/pipeline/scripted_classifier.hpp"

namespace nunchi::pipeline {
namespace {

using api::Emotion;
using store::EffectKind;

Circumstances with(Mode mode, bool can_reply = true, bool can_react = true) {
    Circumstances circumstances;
    circumstances.mode = mode;
    circumstances.capabilities.can_reply = can_reply;
    circumstances.capabilities.can_react = can_react;
    return circumstances;
}

const api::Prediction kHappy = prediction(Emotion::happiness, 0.7F);

TEST(Decision, AnswersInTheModesOwnWay) {
    EXPECT_EQ(std::get<EffectKind>(decide(kHappy, with(Mode::reply)).outcome), EffectKind::reply);
    EXPECT_EQ(std::get<EffectKind>(decide(kHappy, with(Mode::reaction)).outcome), EffectKind::reaction);
    EXPECT_EQ(std::get<EffectKind>(decide(kHappy, with(Mode::on_demand)).outcome), EffectKind::reply);
    EXPECT_EQ(decide(kHappy, with(Mode::reply)).emotion, Emotion::happiness);
}

TEST(Decision, TakesTheOtherWayWhenTheAdapterCannotTakeTheFirst) {
    EXPECT_EQ(std::get<EffectKind>(decide(kHappy, with(Mode::reaction, true, false)).outcome),
              EffectKind::reply);
    EXPECT_EQ(std::get<EffectKind>(decide(kHappy, with(Mode::reply, false, true)).outcome),
              EffectKind::reaction);
    EXPECT_EQ(std::get<EffectKind>(decide(kHappy, with(Mode::on_demand, false, true)).outcome),
              EffectKind::reaction);
    EXPECT_EQ(std::get<PassedOver>(decide(kHappy, with(Mode::reply, false, false)).outcome),
              PassedOver::silent);
}

TEST(Decision, SilentCountsTheEmotionAndAnswersNobody) {
    Circumstances circumstances = with(Mode::silent);
    circumstances.is_addressed = true;

    const Decision decision = decide(kHappy, circumstances);

    EXPECT_EQ(std::get<PassedOver>(decision.outcome), PassedOver::silent);
    EXPECT_EQ(decision.emotion, Emotion::happiness);
    EXPECT_EQ(std::get<PassedOver>(decide(abstention(), circumstances).outcome), PassedOver::silent);
}

TEST(Decision, NamesNoEmotionBelowTheChannelsThreshold) {
    Circumstances circumstances = with(Mode::reply);
    circumstances.min_confidence = 0.7;  // what an admin types; 0.7F is less than the double 0.7
    EXPECT_EQ(decide(kHappy, circumstances).emotion, Emotion::happiness);
    circumstances.min_confidence = 0.71;
    EXPECT_EQ(decide(kHappy, circumstances).emotion, std::nullopt);
    EXPECT_EQ(std::get<PassedOver>(decide(kHappy, circumstances).outcome), PassedOver::abstained);
}

TEST(Decision, AbstentionIsAnsweredInWordsOnlyWhereAnAnswerIsExpected) {
    for (const Mode mode : {Mode::reply, Mode::reaction, Mode::on_demand}) {
        Circumstances circumstances = with(mode);
        EXPECT_EQ(std::get<PassedOver>(decide(abstention(), circumstances).outcome), PassedOver::abstained);
        circumstances.is_addressed = true;
        EXPECT_EQ(std::get<EffectKind>(decide(abstention(), circumstances).outcome), EffectKind::reply);
        circumstances.is_addressed = false;
        circumstances.capabilities.shows_notices = true;
        EXPECT_EQ(std::get<EffectKind>(decide(abstention(), circumstances).outcome), EffectKind::reply);
        circumstances.capabilities.can_reply = false;
        EXPECT_EQ(std::get<PassedOver>(decide(abstention(), circumstances).outcome), PassedOver::abstained);
    }
}

TEST(Decision, OnDemandReadsOnlyWhatIsAddressedToTheBot) {
    EXPECT_FALSE(is_wanted(Mode::on_demand, false));
    EXPECT_TRUE(is_wanted(Mode::on_demand, true));
    EXPECT_TRUE(is_wanted(Mode::reply, false));
    EXPECT_TRUE(is_wanted(Mode::silent, false));
}

TEST(Decision, RefusesNumbersThatAreNoProbabilities) {
    EXPECT_TRUE(is_sound(kHappy));
    for (const float broken :
         {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity(), -0.1F, 1.1F}) {
        api::Prediction prediction = kHappy;
        prediction.probabilities[3] = broken;
        EXPECT_FALSE(is_sound(prediction)) << broken;
    }
}

TEST(Mode, IsFoundByItsNameInSettings) {
    for (const Mode mode : {Mode::reply, Mode::reaction, Mode::silent, Mode::on_demand}) {
        EXPECT_EQ(mode_named(name_of(mode)), mode);
    }
    EXPECT_EQ(mode_named("on-demand"), Mode::on_demand);
    EXPECT_EQ(mode_named("loud"), std::nullopt);
    EXPECT_EQ(mode_named(""), std::nullopt);
}

}  // namespace
}  // namespace nunchi::pipeline
