// What every call does, on both databases.
#include "bot/store/store.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <limits>
#include <set>
#include <tuple>

#include "tests/unit/bot/store/test_database.hpp"

namespace nunchi::store::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class StoreCalls : public ::testing::TestWithParam<Backend>, public StoreFixture {
protected:
    StoreCalls() : StoreFixture(GetParam()) {}

    void SetUp() override {
        NUNCHI_NEEDS(database);
        open();
    }

    std::vector<HourCount> all_counts() { return run(store->counts(Clock::time_point{}, now + 24h)).value(); }

    std::int64_t sum() {
        std::int64_t sum = 0;
        for (const HourCount& count : all_counts()) sum += count.count;
        return sum;
    }
};

INSTANTIATE_TEST_SUITE_P(Databases, StoreCalls, ::testing::Values(Backend::sqlite, Backend::postgresql),
                         name_of);

TEST_P(StoreCalls, RecordsAMessageOnce) {
    EXPECT_FALSE(run(store->is_handled({place(), "1"}, "created")).value());

    EXPECT_TRUE(run(store->record(message("1", now)))->is_first);
    EXPECT_TRUE(run(store->is_handled({place(), "1"}, "created")).value());
    const auto again = run(store->record(message("1", now, api::Emotion::anger)));

    EXPECT_FALSE(again->is_first);
    EXPECT_EQ(again->effect_id, 0);
    const auto counts = all_counts();
    ASSERT_THAT(counts, SizeIs(1));
    EXPECT_EQ(counts[0].emotion, api::Emotion::happiness);
    EXPECT_EQ(counts[0].count, 1);
}

TEST_P(StoreCalls, DuplicateLeavesNoEffect) {
    auto with_effect = message("1", now);
    ASSERT_TRUE(run(store->record(with_effect)));
    with_effect.effect = effect(with_effect.ref, now);

    EXPECT_EQ(run(store->record(with_effect))->effect_id, 0);

    EXPECT_THAT(run(store->pending_effects({})).value(), IsEmpty());
}

TEST_P(StoreCalls, HandlesAMessageOncePerOperation) {
    auto edited = message("1", now);
    edited.operation = "edited";

    EXPECT_TRUE(run(store->record(message("1", now)))->is_first);
    EXPECT_TRUE(run(store->record(edited))->is_first);
}

TEST_P(StoreCalls, TellsPlacesApartWhoseNamesRunTogether) {
    auto first = message("1", now);
    first.ref.place = {.platform = "web", .community = "a", .channel = "bc", .thread = ""};
    auto second = first;
    second.ref.place = {.platform = "web", .community = "ab", .channel = "c", .thread = ""};

    EXPECT_TRUE(run(store->record(first))->is_first);
    EXPECT_TRUE(run(store->record(second))->is_first);
    EXPECT_THAT(all_counts(), SizeIs(2));
}

TEST_P(StoreCalls, KeepsOnlyTheKeyOfAMessageThatIsPassedOver) {
    auto passed_over = message("1", now);
    passed_over.is_counted = false;

    EXPECT_TRUE(run(store->record(passed_over))->is_first);

    EXPECT_TRUE(run(store->is_handled(passed_over.ref, "created")).value());
    EXPECT_THAT(all_counts(), IsEmpty());
}

TEST_P(StoreCalls, CountsByHourPlaceAndEmotion) {
    using api::Emotion;
    const auto hour = now;
    auto elsewhere = message("5", hour, Emotion::anger);
    elsewhere.ref.place.channel = "other";
    for (const auto& handled :
         {message("1", hour + 1min, Emotion::anger), message("2", hour + 59min + 59s, Emotion::anger),
          message("3", hour + 1h, Emotion::disgust), message("4", hour, {}), elsewhere}) {
        ASSERT_TRUE(run(store->record(handled))->is_first);
    }

    auto counts = run(store->counts(hour, hour + 2h)).value();

    std::sort(counts.begin(), counts.end(), [](const HourCount& a, const HourCount& b) {
        return std::tie(a.hour, a.place, a.emotion) < std::tie(b.hour, b.place, b.emotion);
    });
    ASSERT_THAT(counts, SizeIs(4));
    EXPECT_EQ(counts[0].emotion, std::nullopt);
    EXPECT_EQ(counts[1].emotion, Emotion::anger);
    EXPECT_EQ(counts[1].count, 2);
    EXPECT_EQ(counts[1].hour, hour);
    EXPECT_EQ(counts[2].place, place("other"));
    EXPECT_EQ(counts[3].hour, hour + 1h);
}

TEST_P(StoreCalls, CountsBelongToTheHalfOpenSpanOfTheirHour) {
    ASSERT_TRUE(run(store->record(message("1", now + 30min)))->is_first);

    EXPECT_THAT(run(store->counts(now, now + 1h)).value(), SizeIs(1));
    EXPECT_THAT(run(store->counts(now - 1h, now)).value(), IsEmpty());
    EXPECT_THAT(run(store->counts(now + 1s, now + 1h)).value(), IsEmpty());
    EXPECT_THAT(run(store->counts(now, now)).value(), IsEmpty());
    EXPECT_THAT(run(store->counts(now, now + 1s)).value(), SizeIs(1));
}

TEST_P(StoreCalls, ReadsMoreCountersThanOneStepHolds) {
    constexpr int kChannels = 4100;  // a step has 4096
    std::vector<std::future<result<Recorded>>> answers;
    for (int i = 0; i < kChannels; ++i) {
        auto handled = message(std::to_string(i), now);
        handled.ref.place.channel = std::to_string(i);
        answers.push_back(start(store->record(handled)));
    }
    finish();
    for (auto& answer : answers) ASSERT_TRUE(answer.get()->is_first);

    const auto counts = all_counts();

    std::set<std::string> channels;
    for (const HourCount& count : counts) channels.insert(count.place.channel);
    EXPECT_THAT(counts, SizeIs(kChannels));
    EXPECT_THAT(channels, SizeIs(kChannels));
}

TEST_P(StoreCalls, GivesBackEffectsAsTheyWere) {
    auto handled = message("1", now);
    handled.ref = {{.platform = "web", .community = "", .channel = "채널 %20", .thread = "t\n"}, "m'\"\\"};
    auto sent = effect(handled.ref, now + 1234567us);
    sent.kind = EffectKind::reaction;
    sent.locale = chat::Locale::english;
    sent.abstained = true;
    sent.probabilities = {std::numeric_limits<float>::min(), 1.0F / 3, 0, 1e-7F, 0.1F, 1, 0.33333334F};
    handled.effect = sent;

    const auto recorded = run(store->record(handled)).value();

    EXPECT_NE(recorded.effect_id, 0);
    const auto pending = run(store->pending_effects({})).value();
    ASSERT_THAT(pending, SizeIs(1));
    EXPECT_EQ(pending[0].id, recorded.effect_id);
    EXPECT_EQ(pending[0].to, sent.to);
    EXPECT_EQ(pending[0].kind, EffectKind::reaction);
    EXPECT_EQ(pending[0].locale, chat::Locale::english);
    EXPECT_EQ(pending[0].probabilities, sent.probabilities);
    EXPECT_TRUE(pending[0].abstained);
    EXPECT_EQ(pending[0].model_id, sent.model_id);
    EXPECT_EQ(pending[0].due, sent.due);
}

TEST_P(StoreCalls, ListsEffectsOldestFirstAndOfOnePlace) {
    const auto add = [&](const std::string& id, const chat::Place& where, Clock::time_point due) {
        auto handled = message(id, now);
        handled.ref.place = where;
        handled.effect = effect(handled.ref, due);
        ASSERT_TRUE(run(store->record(handled))->is_first);
    };
    add("late", place("a"), now + 3s);
    add("early", place("a"), now + 1s);
    add("between", place("b"), now + 2s);

    const auto ids = [](const std::vector<Effect>& effects) {
        std::vector<std::string> found;
        for (const Effect& each : effects) found.push_back(each.to.message);
        return found;
    };
    EXPECT_THAT(ids(run(store->pending_effects({})).value()), ElementsAre("early", "between", "late"));
    EXPECT_THAT(ids(run(store->pending_effects(place("a"))).value()), ElementsAre("early", "late"));
    EXPECT_THAT(ids(run(store->pending_effects(place("c"))).value()), IsEmpty());
}

TEST_P(StoreCalls, FinishedEffectIsGone) {
    auto handled = message("1", now);
    handled.effect = effect(handled.ref, now);
    const auto recorded = run(store->record(handled)).value();

    EXPECT_TRUE(run(store->finish_effect(recorded.effect_id)));
    EXPECT_TRUE(run(store->finish_effect(recorded.effect_id)));

    EXPECT_THAT(run(store->pending_effects({})).value(), IsEmpty());
}

TEST_P(StoreCalls, EffectExpiresTenMinutesAfterItWasDue) {
    auto handled = message("1", now);
    handled.effect = effect(handled.ref, now);
    ASSERT_TRUE(run(store->record(handled)));

    now += 10min - 1us;
    EXPECT_THAT(run(store->pending_effects({})).value(), SizeIs(1));
    ASSERT_TRUE(run(store->remove_expired()));
    now += 1us;
    EXPECT_THAT(run(store->pending_effects({})).value(), IsEmpty());
    now -= 1us;
    EXPECT_THAT(run(store->pending_effects({})).value(), SizeIs(1));
    now += 1us;
    ASSERT_TRUE(run(store->remove_expired()));
    now -= 1us;
    EXPECT_THAT(run(store->pending_effects({})).value(), IsEmpty());
}

TEST_P(StoreCalls, HandledKeyExpires) {
    auto handled = message("1", now);
    handled.effect = effect(handled.ref, now);
    ASSERT_TRUE(run(store->record(handled))->is_first);

    now += 72h - 1s;
    EXPECT_FALSE(run(store->record(handled))->is_first);
    EXPECT_TRUE(run(store->is_handled(handled.ref, "created")).value());
    now += 1s;
    EXPECT_FALSE(run(store->is_handled(handled.ref, "created")).value());
    handled.effect->due = now;
    EXPECT_TRUE(run(store->record(handled))->is_first);
    EXPECT_FALSE(run(store->record(handled))->is_first);
    EXPECT_THAT(run(store->pending_effects({})).value(), SizeIs(1));
}

TEST_P(StoreCalls, RemovesExpiredKeysAndNoOthers) {
    std::vector<std::future<result<Recorded>>> answers;
    for (int i = 0; i < 300; ++i) answers.push_back(start(store->record(message(std::to_string(i), now))));
    finish();
    now += 36h;
    ASSERT_TRUE(run(store->record(message("new", now)))->is_first);
    ASSERT_TRUE(run(store->claim("short", 1s)).value());
    now += 36h;

    ASSERT_TRUE(run(store->remove_expired()));

    int left = 0;
    *database.connect() << "SELECT count(*) FROM once_key", soci::into(left);
    EXPECT_EQ(left, 1);
    EXPECT_TRUE(run(store->is_handled({place(), "new"}, "created")).value());
    EXPECT_EQ(sum(), 301);
}

TEST_P(StoreCalls, ClaimHoldsUntilItExpires) {
    EXPECT_TRUE(run(store->claim("slack/event/1", 60s)).value());
    EXPECT_FALSE(run(store->claim("slack/event/1", 60s)).value());
    EXPECT_TRUE(run(store->claim("slack/event/2", 60s)).value());

    now += 59s;
    EXPECT_FALSE(run(store->claim("slack/event/1", 60s)).value());
    now += 1s;
    EXPECT_TRUE(run(store->claim("slack/event/1", 60s)).value());
    EXPECT_FALSE(run(store->claim("slack/event/1", 60s)).value());
}

TEST_P(StoreCalls, KeepsStateOfAnyBytes) {
    const std::string bytes("\0\x01%41 \xff\xfe한국어\n\"'\\", 21);
    EXPECT_EQ(run(store->get("key")).value(), std::nullopt);

    ASSERT_TRUE(run(store->put("key", "first")));
    ASSERT_TRUE(run(store->put(bytes, bytes)));
    ASSERT_TRUE(run(store->put("key", "")));

    EXPECT_EQ(run(store->get("key")).value(), "");
    EXPECT_EQ(run(store->get(bytes)).value(), bytes);
    ASSERT_TRUE(run(store->erase("key")));
    ASSERT_TRUE(run(store->erase("key")));
    EXPECT_EQ(run(store->get("key")).value(), std::nullopt);
}

TEST_P(StoreCalls, RefusesLargeState) {
    const std::string largest(64 * 1024, '\xff');

    EXPECT_TRUE(run(store->put("key", largest)));
    EXPECT_EQ(run(store->put("key", largest + "x")).error(), errc::too_large);
    EXPECT_EQ(run(store->put(std::string(1025, 'k'), "x")).error(), errc::too_large);

    EXPECT_EQ(run(store->get("key")).value(), largest);
}

TEST_P(StoreCalls, KeepsChannelSettings) {
    const ChannelSettings settings{.mode = "on-demand", .min_confidence = 0.1};
    EXPECT_EQ(run(store->channel_settings(place())).value(), std::nullopt);

    ASSERT_TRUE(run(store->put_channel_settings(place(), settings)));
    ASSERT_TRUE(run(store->put_channel_settings(place(""), {.mode = {}, .min_confidence = 0.0})));

    EXPECT_EQ(run(store->channel_settings(place())).value(), settings);
    EXPECT_EQ(run(store->channel_settings(place(""))).value(),
              (ChannelSettings{.mode = {}, .min_confidence = 0.0}));
    ASSERT_TRUE(run(store->put_channel_settings(place(), {})));
    EXPECT_EQ(run(store->channel_settings(place())).value(), ChannelSettings{});
}

TEST_P(StoreCalls, RemembersWhoOptedOut) {
    ASSERT_TRUE(run(store->set_opted_out("discord", "7", true)));
    ASSERT_TRUE(run(store->set_opted_out("discord", "7", true)));

    EXPECT_TRUE(run(store->has_opted_out("discord", "7")).value());
    EXPECT_FALSE(run(store->has_opted_out("slack", "7")).value());
    EXPECT_FALSE(run(store->has_opted_out("discord", "8")).value());
    ASSERT_TRUE(run(store->set_opted_out("discord", "7", false)));
    EXPECT_FALSE(run(store->has_opted_out("discord", "7")).value());
}

TEST_P(StoreCalls, EverythingOutlastsAReopening) {
    auto handled = message("1", now);
    handled.effect = effect(handled.ref, now);
    ASSERT_TRUE(run(store->record(handled)));
    ASSERT_TRUE(run(store->put("key", "value")));
    ASSERT_TRUE(run(store->claim("claim", 60s)).value());

    open();

    EXPECT_TRUE(run(store->is_handled(handled.ref, "created")).value());
    EXPECT_EQ(run(store->get("key")).value(), "value");
    EXPECT_FALSE(run(store->claim("claim", 60s)).value());
    EXPECT_EQ(sum(), 1);
    EXPECT_THAT(run(store->pending_effects({})).value(), SizeIs(1));
}

}  // namespace
}  // namespace nunchi::store::testing
