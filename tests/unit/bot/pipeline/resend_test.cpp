// Answers that were decided and not delivered.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/bot/pipeline/workbench.hpp"

namespace nunchi::pipeline {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

store::Effect effect(std::int64_t id, std::string channel, store::EffectKind kind, const Workbench& bench) {
    store::Effect made;
    made.id = id;
    made.to = {{"test", "guild", std::move(channel), ""}, std::to_string(id)};
    made.kind = kind;
    made.probabilities = prediction(api::Emotion::happiness).probabilities;
    made.due = bench.wall;
    return made;
}

std::vector<std::string> targets(const std::vector<chat::Outgoing>& sent) {
    std::vector<std::string> ids;
    for (const chat::Outgoing& outgoing : sent) ids.push_back(chat::target_of(outgoing).message);
    return ids;
}

void put(Workbench& bench, store::Effect given) {
    bench.store.effects[given.id] = std::move(given);
}

const chat::Place kGeneral{"test", "guild", "general", ""};

TEST(Resend, SendsWhatMayBeRepeatedAndCountsTheRest) {
    Workbench bench;
    bench.adapter.can.repeats_reactions = true;
    put(bench, effect(1, "general", store::EffectKind::reaction, bench));
    put(bench, effect(2, "general", store::EffectKind::reply, bench));
    put(bench, effect(3, "general", store::EffectKind::reaction, bench));

    bench.resend_pending();

    EXPECT_THAT(targets(bench.adapter.delivered), ElementsAre("1", "3"));
    EXPECT_EQ(bench.observer.send_failed, 1);
    EXPECT_THAT(bench.store.effects, IsEmpty());
}

TEST(Resend, TellsHowOldTheAnswerIs) {
    Workbench bench;
    bench.adapter.can.repeats_replies = true;
    put(bench, effect(1, "general", store::EffectKind::reply, bench));
    bench.advance(2min);
    bench.resend_pending();
    EXPECT_EQ(bench.adapter.sent_of<chat::Reply>().at(0).reading.elapsed, 2min);
}

TEST(Resend, DropsWhatIsTooOld) {
    Workbench bench;
    bench.adapter.can.repeats_replies = true;
    put(bench, effect(1, "general", store::EffectKind::reply, bench));
    bench.advance(10min);

    bench.resend_pending();

    EXPECT_THAT(bench.adapter.sent, IsEmpty());
    EXPECT_EQ(bench.observer.send_failed, 1);
    EXPECT_THAT(bench.store.effects, IsEmpty());
}

TEST(Resend, LeavesOtherPlatformsAlone) {
    Workbench bench;
    store::Effect other = effect(1, "general", store::EffectKind::reply, bench);
    other.to.place.platform = "other";
    put(bench, other);

    bench.resend_pending();

    EXPECT_EQ(bench.store.effects.size(), 1U);
    EXPECT_EQ(bench.observer.send_failed, 0);
}

TEST(Resend, GoesPlaceByPlaceSoThatOneDoesNotHoldUpTheOthers) {
    Workbench bench;
    bench.adapter.can.repeats_replies = true;
    bench.adapter.is_held = true;
    put(bench, effect(1, "general", store::EffectKind::reply, bench));
    put(bench, effect(2, "general", store::EffectKind::reply, bench));
    put(bench, effect(3, "random", store::EffectKind::reply, bench));

    bench.resend_pending();

    EXPECT_THAT(targets(bench.adapter.sent), ElementsAre("1", "3"));
    EXPECT_EQ(bench.pipeline->in_flight(), 2U);
}

TEST(Resend, UnreadableStoreIsLoggedAndLeavesEverything) {
    Workbench bench;
    bench.adapter.can.repeats_replies = true;
    put(bench, effect(1, "general", store::EffectKind::reply, bench));
    bench.store.faults[StoreCall::pending] = {StoreFault::before};

    bench.resend_pending();

    EXPECT_THAT(bench.adapter.sent, IsEmpty());
    EXPECT_EQ(bench.store.effects.size(), 1U);
    EXPECT_NE(bench.log.str().find("waiting answers could not be read"), std::string::npos);
}

TEST(Resend, ReturnedReaderGetsTheirPlacesAnswersInOrder) {
    Workbench bench;
    put(bench, effect(2, "general", store::EffectKind::reply, bench));
    put(bench, effect(1, "general", store::EffectKind::reply, bench));
    put(bench, effect(3, "random", store::EffectKind::reply, bench));

    const auto receipt = bench.deliver(chat::ReaderReturned{kGeneral});

    EXPECT_EQ(receipt->fired, 1);
    EXPECT_THAT(targets(bench.adapter.delivered), ElementsAre("1", "2"));
    EXPECT_EQ(bench.store.effects.size(), 1U);
}

TEST(Resend, AnswerThatIsJustBeingSentIsNotSentTwice) {
    Workbench bench;
    bench.adapter.is_held = true;
    bench.deliver(message("1"));
    bench.deliver(chat::ReaderReturned{kGeneral});
    EXPECT_EQ(bench.adapter.sent.size(), 1U);

    bench.let_everything_go();

    EXPECT_EQ(bench.adapter.delivered.size(), 1U);
    EXPECT_THAT(bench.store.effects, IsEmpty());
}

TEST(Resend, ReaderWhoCameBackWhileTheAnswerWasUnderWayGetsIt) {
    Workbench bench;
    bench.adapter.is_held = true;
    bench.adapter.fates = {Fate::waiting, Fate::delivered};
    bench.deliver(message("1"));
    bench.deliver(chat::ReaderReturned{kGeneral});
    bench.let_everything_go();

    EXPECT_EQ(bench.adapter.sent.size(), 2U);
    EXPECT_EQ(bench.adapter.delivered.size(), 1U);
    EXPECT_THAT(bench.store.effects, IsEmpty());
}

TEST(Resend, ReaderWhoComesAndGoesGetsEverythingOnce) {
    Workbench bench;
    put(bench, effect(1, "general", store::EffectKind::reply, bench));
    put(bench, effect(2, "general", store::EffectKind::reply, bench));
    bench.adapter.is_held = true;
    bench.adapter.fates = {Fate::waiting, Fate::waiting};
    bench.deliver(chat::ReaderReturned{kGeneral});
    bench.deliver(chat::ReaderReturned{kGeneral});
    bench.deliver(chat::ReaderReturned{kGeneral});
    for (int i = 0; i < 10; ++i) {
        bench.adapter.let_go();
        bench.run();
    }

    EXPECT_THAT(targets(bench.adapter.delivered), ElementsAre("1", "2"));
    EXPECT_THAT(bench.store.effects, IsEmpty());
    EXPECT_EQ(bench.pipeline->in_flight(), 0U);
}

TEST(Resend, ReaderStillAwayKeepsTheAnswers) {
    Workbench bench;
    put(bench, effect(1, "general", store::EffectKind::reply, bench));
    bench.adapter.fates = {Fate::waiting};

    bench.deliver(chat::ReaderReturned{kGeneral});

    EXPECT_EQ(bench.store.effects.size(), 1U);
    EXPECT_EQ(bench.pipeline->in_flight(), 0U);
    bench.deliver(chat::ReaderReturned{kGeneral});
    EXPECT_THAT(bench.store.effects, IsEmpty());
}

TEST(Resend, ThrowingAdapterDoesNotLockThePlace) {
    Workbench bench;
    put(bench, effect(1, "general", store::EffectKind::reply, bench));
    put(bench, effect(2, "general", store::EffectKind::reply, bench));
    bench.adapter.fates = {Fate::throws};
    bench.deliver(chat::ReaderReturned{kGeneral});

    bench.deliver(chat::ReaderReturned{kGeneral});

    EXPECT_THAT(targets(bench.adapter.delivered), ElementsAre("2"));
}

}  // namespace
}  // namespace nunchi::pipeline
