#include "bot/pipeline/rule_book.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include "tests/unit/bot/pipeline/memory_store.hpp"

namespace nunchi::pipeline {
namespace {

using namespace std::chrono_literals;

class RuleBookTest : public testing::Test {
public:
    boost::asio::io_context context;
    MemoryStore store;
    RuleBook::TimePoint now{std::chrono::hours(1)};
    RuleBook rules{store, 10s};
    chat::Place place{"test", "guild", "general", ""};

    store::result<Rules> look_up(const std::string& author = "minji") {
        store::result<Rules> answer;
        boost::asio::co_spawn(
            context, rules.look_up(place, author, now),
            [&answer](const std::exception_ptr&, store::result<Rules> given) { answer = std::move(given); });
        context.restart();
        context.poll();
        return answer;
    }
    store::ChannelSettings& settings(const std::string& channel) {
        return store.channels[{"test", "guild", channel}];
    }
};

TEST_F(RuleBookTest, ChannelComesBeforeCommunityKeyByKey) {
    settings("") = {"silent", 0.5};
    settings("general").mode = "reaction";

    const auto answer = look_up();

    EXPECT_EQ(answer->mode, Mode::reaction);
    EXPECT_EQ(answer->min_confidence, 0.5);
    EXPECT_FALSE(answer->has_opted_out);
}

TEST_F(RuleBookTest, ThreadIsTreatedAsItsChannel) {
    settings("general").mode = "silent";
    place.thread = "thread";
    EXPECT_EQ(look_up()->mode, Mode::silent);
}

TEST_F(RuleBookTest, ModeOfAnotherVersionCountsAsNone) {
    settings("").mode = "silent";
    settings("general").mode = "poem";
    EXPECT_EQ(look_up()->mode, Mode::silent);
}

TEST_F(RuleBookTest, KnowsWhatItWasToldUntilItIsTooOld) {
    EXPECT_FALSE(rules.known(place, "minji", now));
    look_up();
    settings("general").mode = "silent";

    now += 9s;
    ASSERT_TRUE(rules.known(place, "minji", now));
    EXPECT_FALSE(rules.known(place, "minji", now)->mode);
    EXPECT_FALSE(rules.known(place, "jun", now));
    now += 1s;
    EXPECT_FALSE(rules.known(place, "minji", now));
    EXPECT_EQ(look_up()->mode, Mode::silent);
}

TEST_F(RuleBookTest, AsksOnlyForWhatItDoesNotKnow) {
    look_up("minji");
    look_up("jun");
    EXPECT_EQ(store.calls[StoreCall::settings], 2);
    EXPECT_EQ(store.calls[StoreCall::opt_out], 2);
}

TEST_F(RuleBookTest, AsksForEverythingAtOnce) {
    store.held = {StoreCall::settings, StoreCall::opt_out};
    look_up();
    EXPECT_EQ(store.waiting.size(), 3U);
}

TEST_F(RuleBookTest, PrivateTalkHasNoCommunityToAsk) {
    place.community.clear();
    look_up();
    EXPECT_EQ(store.calls[StoreCall::settings], 1);
    EXPECT_TRUE(rules.known(place, "minji", now));
}

TEST_F(RuleBookTest, ForgetsAlsoWhatIsBeingRead) {
    store.held = {StoreCall::opt_out};
    std::optional<Rules> stale;
    boost::asio::co_spawn(
        context, rules.look_up(place, "minji", now),
        [&stale](const std::exception_ptr&, const store::result<Rules>& given) { stale = *given; });
    context.poll();
    store.opted_out.insert({"test", "minji"});
    rules.forget();
    store.let_go();
    context.restart();
    context.poll();
    ASSERT_TRUE(stale);

    EXPECT_FALSE(rules.known(place, "minji", now));
    store.held.clear();
    EXPECT_TRUE(look_up()->has_opted_out);
}

TEST_F(RuleBookTest, SaysWhenTheStoreCannotBeAsked) {
    for (const StoreCall call : {StoreCall::settings, StoreCall::opt_out}) {
        store.faults[call] = {StoreFault::before};
        EXPECT_TRUE(look_up().has_error());
        rules.forget();
    }
    EXPECT_TRUE(look_up().has_value());
}

TEST(RuleBook, MayRememberForEver) {
    MemoryStore store;
    boost::asio::io_context context;
    RuleBook rules(store, std::chrono::milliseconds::max());
    const chat::Place place{"test", "", "general", ""};
    boost::asio::co_spawn(context, rules.look_up(place, "minji", {}), [](auto&&...) {});
    context.poll();
    EXPECT_TRUE(rules.known(place, "minji", RuleBook::TimePoint(std::chrono::hours(24 * 365))));
}

}  // namespace
}  // namespace nunchi::pipeline
