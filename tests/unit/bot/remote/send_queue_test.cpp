#include "bot/remote/send_queue.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nunchi::remote {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using Time = std::chrono::steady_clock::time_point;

constexpr Time kNow{1h};

std::shared_ptr<PendingText> pending(std::string text, Time deadline = kNow + 5s) {
    auto entry = std::make_shared<PendingText>();
    entry->text = std::move(text);
    entry->deadline = deadline;
    return entry;
}

std::vector<std::string> texts(const Batch& batch) {
    std::vector<std::string> all;
    for (const auto& text : batch) all.push_back(text->text);
    return all;
}

SendQueue known_server(SendQueue::Limits limits) {
    SendQueue queue(limits);
    queue.set_server_known(true);
    return queue;
}

TEST(SendQueue, SendsAtOnceWhileRequestsMayBegin) {
    auto queue = known_server({.max_in_flight = 2});
    queue.admit(pending("a"));
    EXPECT_THAT(texts(queue.take(kNow)), ElementsAre("a"));
    queue.admit(pending("b"));
    EXPECT_THAT(texts(queue.take(kNow)), ElementsAre("b"));
}

TEST(SendQueue, GathersWhileAllRequestsAreUnderWay) {
    auto queue = known_server({.max_in_flight = 1});
    queue.admit(pending("a"));
    queue.take(kNow);
    for (const char* text : {"b", "c", "d"}) queue.admit(pending(text));
    EXPECT_THAT(queue.take(kNow), IsEmpty());
    EXPECT_EQ(queue.waiting(), 3U);
    queue.request_ended();
    EXPECT_THAT(texts(queue.take(kNow)), ElementsAre("b", "c", "d"));
}

TEST(SendQueue, SplitsAtTheLargestBatch) {
    auto queue = known_server({.max_batch = 2, .max_in_flight = 4});
    for (const char* text : {"a", "b", "c"}) queue.admit(pending(text));
    EXPECT_THAT(texts(queue.take(kNow)), ElementsAre("a", "b"));
    EXPECT_THAT(texts(queue.take(kNow)), ElementsAre("c"));
    EXPECT_THAT(queue.take(kNow), IsEmpty());
}

TEST(SendQueue, TakesTheServersLimitButNeverMoreThanItsOwn) {
    auto queue = known_server({.max_batch = 4});
    queue.limit_batch(2);
    EXPECT_EQ(queue.max_batch(), 2U);
    queue.limit_batch(0);
    EXPECT_EQ(queue.max_batch(), 1U);
    queue.limit_batch(1000);
    EXPECT_EQ(queue.max_batch(), 4U);
}

TEST(SendQueue, SendsOneRequestToAServerThatIsNotKnown) {
    SendQueue queue({.max_in_flight = 4});
    queue.admit(pending("a"));
    EXPECT_THAT(texts(queue.take(kNow)), ElementsAre("a"));
    queue.admit(pending("b"));
    queue.admit(pending("c"));
    EXPECT_THAT(queue.take(kNow), IsEmpty());
    queue.set_server_known(true);
    EXPECT_THAT(texts(queue.take(kNow)), ElementsAre("b", "c"));
}

TEST(SendQueue, LeavesOutWhatNobodyWaitsFor) {
    auto queue = known_server({});
    const auto withdrawn = pending("withdrawn");
    queue.admit(withdrawn);
    queue.admit(pending("late", kNow));
    queue.admit(pending("a"));
    withdrawn->is_withdrawn = true;
    EXPECT_THAT(texts(queue.take(kNow)), ElementsAre("a"));
}

TEST(SendQueue, HoldsNoPlaceForABatchOfNothing) {
    auto queue = known_server({.max_in_flight = 1});
    queue.admit(pending("late", kNow));
    EXPECT_THAT(queue.take(kNow), IsEmpty());
    queue.admit(pending("a"));
    EXPECT_THAT(texts(queue.take(kNow)), ElementsAre("a"));
}

TEST(SendQueue, RefusesMoreThanMayWaitButNotForThoseWhoLeft) {
    auto queue = known_server({.max_in_flight = 1, .max_waiting = 2});
    const auto withdrawn = pending("a");
    EXPECT_TRUE(queue.admit(withdrawn));
    EXPECT_TRUE(queue.admit(pending("b")));
    EXPECT_FALSE(queue.admit(pending("c")));
    withdrawn->is_withdrawn = true;
    EXPECT_TRUE(queue.admit(pending("d")));
    EXPECT_THAT(texts(queue.take(kNow)), ElementsAre("b", "d"));
}

}  // namespace
}  // namespace nunchi::remote
