// What the adapter, the store, the receipt and the observer see of messages that meet no fault.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/bot/pipeline/workbench.hpp"

namespace nunchi::pipeline {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

TEST(MessageFlow, AnswersRecordsAndForgets) {
    Workbench bench;
    bench.classifier->script = nullptr;
    chat::Message given = message("1");
    given.received = bench.now - 2ms;
    const auto receipt = bench.deliver(given);
    EXPECT_EQ(bench.pipeline->in_flight(), 1U);
    EXPECT_EQ(receipt->fired, 0);
    bench.advance(40ms);

    bench.classifier->calls[0]->complete(prediction(api::Emotion::happiness));
    bench.run();

    EXPECT_EQ(receipt->fired, 1);
    const auto replies = bench.adapter.sent_of<chat::Reply>();
    ASSERT_EQ(replies.size(), 1U);
    EXPECT_EQ(replies[0].to, given.ref);
    EXPECT_EQ(replies[0].text, "입력하신 내용에서 행복이 느껴집니다.");
    EXPECT_EQ(replies[0].reading.elapsed, 42ms);
    ASSERT_EQ(bench.store.records.size(), 1U);
    const store::HandledMessage& record = bench.store.records[0];
    EXPECT_EQ(record.ref, given.ref);
    EXPECT_EQ(record.operation, "created");
    EXPECT_EQ(record.counted, api::Emotion::happiness);
    EXPECT_TRUE(record.is_counted);
    EXPECT_EQ(record.at, bench.wall);
    ASSERT_TRUE(record.effect);
    EXPECT_EQ(record.effect->due, bench.wall);
    EXPECT_EQ(record.effect->model_id, "test-1");
    EXPECT_THAT(bench.store.effects, IsEmpty());
    EXPECT_EQ(bench.observer.received, 1);
    EXPECT_EQ(bench.observer.classified, 1);
    EXPECT_EQ(bench.observer.answered, 1);
    EXPECT_EQ(bench.observer.last_latency, 42ms);
    EXPECT_THAT(bench.observer.passed_over, IsEmpty());
    EXPECT_EQ(bench.pipeline->in_flight(), 0U);
}

TEST(MessageFlow, ReceiptFiresWhenTheRecordIsCommittedAndBeforeTheAnswerGoesOut) {
    Workbench bench;
    bench.store.held = {StoreCall::record};
    const auto receipt = bench.deliver(message("1"));
    EXPECT_EQ(receipt->fired, 0);
    EXPECT_THAT(bench.adapter.sent, IsEmpty());

    bench.adapter.is_held = true;
    bench.store.let_go();
    bench.run();

    EXPECT_EQ(receipt->fired, 1);
    EXPECT_EQ(bench.adapter.sent.size(), 1U);
    EXPECT_EQ(bench.store.effects.size(), 1U);
}

TEST(MessageFlow, FilteredMessageIsHandledAtOnceAndLeavesNoRow) {
    Workbench bench;
    chat::Message own = message("1");
    own.author.is_self = true;
    const auto receipt = bench.deliver(own);
    const auto english = bench.deliver(message("2", "hello"));

    EXPECT_EQ(receipt->fired, 1);
    EXPECT_EQ(english->fired, 1);
    EXPECT_THAT(bench.store.records, IsEmpty());
    EXPECT_THAT(bench.store.calls, IsEmpty());
    EXPECT_THAT(bench.observer.passed_over,
                ElementsAre(Pair(PassedOver::own_message, 1), Pair(PassedOver::no_hangul, 1)));
}

TEST(MessageFlow, AdapterThatShowsNoticesIsToldThatThereIsNoKorean) {
    Workbench bench;
    bench.adapter.can.shows_notices = true;
    chat::Message english = message("1", "hello");
    english.locale = chat::Locale::english;

    const auto receipt = bench.deliver(english);
    const auto again = bench.deliver(english);

    EXPECT_EQ(receipt->fired, 1);
    EXPECT_EQ(again->fired, 1);
    const auto notices = bench.adapter.sent_of<chat::Notice>();
    ASSERT_EQ(notices.size(), 1U);
    EXPECT_EQ(notices[0].kind, chat::Notice::Kind::not_korean);
    EXPECT_TRUE(notices[0].text.starts_with("I found no Korean"));
    EXPECT_FALSE(bench.store.records.at(0).is_counted);
    EXPECT_THAT(bench.observer.passed_over,
                ElementsAre(Pair(PassedOver::no_hangul, 1), Pair(PassedOver::duplicate, 1)));
}

TEST(MessageFlow, WhoOptedOutIsNeitherReadNorStored) {
    Workbench bench;
    bench.store.opted_out.insert({"test", "minji"});

    const auto receipt = bench.deliver(message("1"));

    EXPECT_EQ(receipt->fired, 1);
    EXPECT_THAT(bench.classifier->calls, IsEmpty());
    EXPECT_THAT(bench.store.records, IsEmpty());
    EXPECT_THAT(bench.observer.passed_over, ElementsAre(Pair(PassedOver::opted_out, 1)));
}

TEST(MessageFlow, OptingOutHoldsFromTheNextMessageOn) {
    Workbench bench;
    bench.deliver(message("1"));
    bench.store.opted_out.insert({"test", "minji"});
    bench.pipeline->forget_settings();

    bench.deliver(message("2"));

    EXPECT_EQ(bench.classifier->calls.size(), 1U);
}

TEST(MessageFlow, OnDemandClassifiesOnlyWhatIsAddressedToTheBot) {
    Workbench bench;
    bench.platform_options.mode = Mode::on_demand;
    bench.set_platform();
    chat::Message addressed = message("2");
    addressed.is_addressed = true;

    const auto unasked = bench.deliver(message("1"));
    EXPECT_EQ(unasked->fired, 1);
    EXPECT_THAT(bench.classifier->calls, IsEmpty());
    EXPECT_THAT(bench.store.records, IsEmpty());

    bench.deliver(addressed);
    EXPECT_EQ(bench.adapter.sent_of<chat::Reply>().size(), 1U);
    EXPECT_THAT(bench.observer.passed_over, ElementsAre(Pair(PassedOver::not_asked, 1)));
}

TEST(MessageFlow, ChannelsSettingsComeBeforeThePlatforms) {
    Workbench bench;
    bench.adapter.can.can_react = true;
    bench.store.channels[{"test", "guild", "general"}] = {"reaction", 0.6};

    bench.deliver(message("1"));

    ASSERT_EQ(bench.adapter.sent_of<chat::Reaction>().size(), 1U);
    EXPECT_EQ(bench.adapter.sent_of<chat::Reaction>()[0].emotion, "happiness");
    EXPECT_EQ(bench.store.records[0].effect->kind, store::EffectKind::reaction);

    bench.classifier->script = [](const std::string&) {
        return ScriptedClassifier::Answer(prediction(api::Emotion::anger, 0.5F));
    };
    bench.advance(1min);
    bench.deliver(message("2"));
    EXPECT_EQ(bench.store.records[1].counted, std::nullopt);
    EXPECT_THAT(bench.observer.passed_over, ElementsAre(Pair(PassedOver::abstained, 1)));
}

TEST(MessageFlow, SilentChannelIsCounted) {
    Workbench bench;
    bench.platform_options.mode = Mode::silent;
    bench.set_platform();

    const auto receipt = bench.deliver(message("1"));

    EXPECT_EQ(receipt->fired, 1);
    EXPECT_THAT(bench.adapter.sent, IsEmpty());
    EXPECT_EQ(bench.store.records.at(0).counted, api::Emotion::happiness);
    EXPECT_FALSE(bench.store.records.at(0).effect);
    EXPECT_THAT(bench.observer.passed_over, ElementsAre(Pair(PassedOver::silent, 1)));
}

TEST(MessageFlow, BurstIsCountedAndAnsweredOnce) {
    Workbench bench;
    bench.deliver(message("1"));
    bench.advance(100ms);
    const auto second = bench.deliver(message("2"));
    bench.advance(3s);
    bench.deliver(message("3"));

    EXPECT_EQ(second->fired, 1);
    EXPECT_EQ(bench.adapter.sent.size(), 2U);
    EXPECT_EQ(bench.store.records.size(), 3U);
    EXPECT_EQ(bench.store.record_of("2")->counted, api::Emotion::happiness);
    EXPECT_THAT(bench.observer.passed_over, ElementsAre(Pair(PassedOver::burst, 1)));
}

TEST(MessageFlow, TwoMessagesUnderWayAtTheSameTimeDoNotBothPass) {
    Workbench bench;
    bench.classifier->script = nullptr;
    bench.store.held = {StoreCall::record};
    bench.deliver(message("1"));
    bench.deliver(message("2"));
    for (const auto& call : bench.classifier->calls) call->complete(prediction(api::Emotion::fear));
    bench.run();

    bench.store.let_go();
    bench.run();

    EXPECT_EQ(bench.adapter.sent.size(), 1U);
    EXPECT_THAT(bench.observer.passed_over, ElementsAre(Pair(PassedOver::burst, 1)));
}

TEST(MessageFlow, AbstentionTakesNoAnswersPlace) {
    Workbench bench;
    bench.classifier->script = [](const std::string& text) {
        return ScriptedClassifier::Answer(text == "음" ? abstention() : prediction(api::Emotion::happiness));
    };
    bench.deliver(message("1", "음"));
    bench.deliver(message("2"));

    EXPECT_EQ(bench.adapter.sent.size(), 1U);
    EXPECT_THAT(bench.observer.passed_over, ElementsAre(Pair(PassedOver::abstained, 1)));
}

TEST(MessageFlow, WhoAsksIsToldThatNoEmotionWasFound) {
    Workbench bench;
    bench.classifier->script = [](const std::string&) { return ScriptedClassifier::Answer(abstention()); };
    chat::Message addressed = message("1");
    addressed.is_addressed = true;

    bench.deliver(addressed);

    const auto replies = bench.adapter.sent_of<chat::Reply>();
    ASSERT_EQ(replies.size(), 1U);
    EXPECT_TRUE(replies[0].reading.abstained);
    EXPECT_EQ(bench.store.records[0].counted, std::nullopt);
    EXPECT_TRUE(bench.store.records[0].is_counted);
}

TEST(MessageFlow, AdapterThatShowsNoticesIsToldOfTheCooldown) {
    Workbench bench;
    bench.adapter.can.shows_notices = true;
    bench.platform_options.user_cooldown = 10s;
    bench.set_platform();
    bench.deliver(message("1"));
    bench.advance(5s);

    bench.deliver(message("2"));

    ASSERT_EQ(bench.adapter.sent_of<chat::Notice>().size(), 1U);
    EXPECT_EQ(bench.adapter.sent_of<chat::Notice>()[0].kind, chat::Notice::Kind::too_fast);
    EXPECT_EQ(bench.store.record_of("2")->counted, api::Emotion::happiness);
    EXPECT_THAT(bench.observer.passed_over, ElementsAre(Pair(PassedOver::cooldown, 1)));
}

TEST(MessageFlow, DuplicateWaitsForTheFirstDeliverysOutcome) {
    Workbench bench;
    bench.classifier->script = nullptr;
    const auto first = bench.deliver(message("1"));
    const auto second = bench.deliver(message("1"));
    EXPECT_EQ(bench.classifier->calls.size(), 1U);
    EXPECT_EQ(first->fired + second->fired, 0);
    EXPECT_FALSE(second->is_dropped());

    bench.classifier->calls[0]->complete(prediction(api::Emotion::happiness));
    bench.run();

    EXPECT_EQ(first->fired, 1);
    EXPECT_EQ(second->fired, 1);
    EXPECT_EQ(bench.adapter.sent.size(), 1U);
    EXPECT_THAT(bench.observer.passed_over, ElementsAre(Pair(PassedOver::duplicate, 1)));
}

TEST(MessageFlow, LaterDuplicateIsHandledAndAnsweredNoSecondTime) {
    Workbench bench;
    bench.deliver(message("1"));
    bench.advance(1min);

    const auto again = bench.deliver(message("1"));

    EXPECT_EQ(again->fired, 1);
    EXPECT_EQ(bench.adapter.sent.size(), 1U);
    EXPECT_EQ(bench.store.records.size(), 1U);
    EXPECT_THAT(bench.observer.passed_over, ElementsAre(Pair(PassedOver::duplicate, 1)));

    // It took no answer's place.
    bench.deliver(message("2"));
    EXPECT_EQ(bench.adapter.sent.size(), 2U);
}

TEST(MessageFlow, KnownChannelAndPersonCostOneCallOfTheStoreBeforeTheAnswer) {
    Workbench bench;
    bench.deliver(message("1"));
    bench.store.calls.clear();
    bench.advance(5s);

    bench.deliver(message("2"));

    EXPECT_THAT(bench.store.calls, ElementsAre(Pair(StoreCall::record, 1), Pair(StoreCall::finish, 1)));
}

TEST(MessageFlow, OptionsAndClassifierHoldFromTheNextMessageOn) {
    Workbench bench;
    bench.classifier->script = nullptr;
    const auto old = bench.classifier;
    const auto before = bench.deliver(message("1"));
    bench.platform_options.mode = Mode::silent;
    bench.set_platform();
    bench.classifier = std::make_shared<ScriptedClassifier>();
    bench.pipeline->set_classifier(bench.classifier);
    bench.advance(1min);

    const auto after = bench.deliver(message("2"));
    old->calls[0]->complete(prediction(api::Emotion::happiness));
    bench.run();

    EXPECT_EQ(before->fired, 1);
    EXPECT_EQ(after->fired, 1);
    EXPECT_EQ(bench.adapter.sent.size(), 1U);
    EXPECT_EQ(chat::target_of(bench.adapter.sent[0]).message, "1");
    EXPECT_THAT(bench.observer.passed_over, ElementsAre(Pair(PassedOver::silent, 1)));
}

TEST(MessageFlow, FullPipelineLeavesMessagesToThePlatform) {
    Workbench bench({.max_in_flight = 2});
    bench.classifier->script = nullptr;
    bench.deliver(message("1"));
    bench.deliver(message("2"));

    const auto refused = bench.deliver(message("3"));

    EXPECT_TRUE(refused->is_dropped());
    EXPECT_THAT(bench.store.records, IsEmpty());
    EXPECT_THAT(bench.observer.passed_over, ElementsAre(Pair(PassedOver::overloaded, 1)));

    // Waiting duplicates need room too.
    Workbench full({.max_in_flight = 2});
    full.classifier->script = nullptr;
    full.deliver(message("1"));
    full.deliver(message("1"));
    EXPECT_TRUE(full.deliver(message("1"))->is_dropped());
}

TEST(MessageFlow, FullPipelineTellsAnAdapterThatShowsNotices) {
    Workbench bench({.max_in_flight = 1});
    bench.adapter.can.shows_notices = true;
    bench.classifier->script = nullptr;
    bench.deliver(message("1"));

    const auto refused = bench.deliver(message("2"));

    EXPECT_EQ(refused->fired, 1);
    ASSERT_EQ(bench.adapter.sent_of<chat::Notice>().size(), 1U);
    EXPECT_EQ(bench.adapter.sent_of<chat::Notice>()[0].kind, chat::Notice::Kind::overloaded);
    EXPECT_FALSE(bench.store.record_of("2")->is_counted);
}

TEST(MessageFlow, EvenTheRefusalsAreBounded) {
    Workbench bench({.max_in_flight = 1});
    bench.adapter.can.shows_notices = true;
    bench.adapter.is_held = true;
    bench.classifier->script = nullptr;
    bench.deliver(message("first"));
    for (int i = 0; i < 256; ++i) bench.deliver(message(std::to_string(i)));
    ASSERT_EQ(bench.pipeline->in_flight(), 257U);

    EXPECT_TRUE(bench.deliver(message("last"))->is_dropped());

    EXPECT_EQ(bench.pipeline->in_flight(), 257U);
}

TEST(MessageFlow, EventsOfUnknownPlatformsAreDropped) {
    Workbench bench;
    chat::Message stray = message("1");
    stray.ref.place.platform = "other";

    EXPECT_TRUE(bench.deliver(stray)->is_dropped());
    EXPECT_EQ(bench.observer.received, 0);
    EXPECT_NE(bench.log.str().find("unknown platform"), std::string::npos);
}

TEST(MessageFlow, TakesAMebibyteAndBrokenBytes) {
    Workbench bench;
    std::string huge;
    while (huge.size() < 1 << 20) huge += "행복\xFF\xED\xA0\x80 ";
    bench.deliver(message("1", huge));
    chat::Message broken = message("2", "\xFF행\xC0");
    broken.author.id = "jun";
    bench.deliver(broken);

    EXPECT_EQ(bench.adapter.sent.size(), 2U);
    EXPECT_EQ(bench.classifier->calls.at(0)->text, huge);
}

TEST(MessageFlow, NothingOfPeopleReachesTheLog) {
    Workbench bench;
    bench.adapter.fates = {Fate::refused};
    bench.store.faults[StoreCall::record] = {StoreFault::before};
    bench.deliver(message("secret-id-1", "비밀이야"));
    bench.deliver(message("secret-id-2", "비밀이야"));
    chat::Message stray = message("secret-id-3", "비밀이야");
    stray.ref.place.platform = "other";
    bench.deliver(stray);

    EXPECT_FALSE(bench.log.str().empty());
    for (const char* word : {"비밀", "secret-id", "minji", "general", "guild"}) {
        EXPECT_EQ(bench.log.str().find(word), std::string::npos) << bench.log.str();
    }
}

}  // namespace
}  // namespace nunchi::pipeline
