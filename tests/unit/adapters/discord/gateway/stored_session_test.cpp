#include "adapters/discord/gateway/stored_session.hpp"

#include <gtest/gtest.h>

namespace nunchi::discord::gateway {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::system_clock::time_point kNow{500'000h};

StoredSession example() {
    return {.session_id = "abc",
            .resume_gateway_url = "wss://r",
            .sequence = 42,
            .shard_count = 2,
            .alive_at = kNow};
}

TEST(GatewayStoredSession, ReadsWhatItWrote) {
    const auto reading = read_stored_session(write_stored_session(example()), 2, kNow + 5min);
    ASSERT_EQ(reading.state, StoredState::usable);
    EXPECT_EQ(reading.session.session_id, "abc");
    EXPECT_EQ(reading.session.resume_gateway_url, "wss://r");
    EXPECT_EQ(reading.session.sequence, 42);
    EXPECT_EQ(reading.session.alive_at, kNow);
}

TEST(GatewayStoredSession, IsOfNoUseForAnotherNumberOfShards) {
    EXPECT_EQ(read_stored_session(write_stored_session(example()), 3, kNow).state, StoredState::other_shards);
}

TEST(GatewayStoredSession, IsStaleAfterAnHour) {
    const std::string text = write_stored_session(example());
    EXPECT_EQ(read_stored_session(text, 2, kNow + 60min).state, StoredState::usable);
    EXPECT_EQ(read_stored_session(text, 2, kNow + 61min).state, StoredState::stale);
    EXPECT_EQ(read_stored_session(text, 2, kNow - 24h).state, StoredState::usable);
}

TEST(GatewayStoredSession, IsCorruptInAnyOtherShape) {
    for (
        const char* text :
        {"", "{", "[]", "{}", R"({"session_id":"a","resume_gateway_url":"","seq":1,"shard_count":2})",
         R"({"session_id":"","resume_gateway_url":"","seq":1,"shard_count":2,"alive_at":1800000000})",
         R"({"session_id":"a","resume_gateway_url":"","seq":-1,"shard_count":2,"alive_at":1800000000})",
         R"({"session_id":"a","resume_gateway_url":"","seq":"1","shard_count":2,"alive_at":1800000000})",
         R"({"session_id":1,"resume_gateway_url":"","seq":1,"shard_count":2,"alive_at":1800000000})",
         R"({"session_id":"a","resume_gateway_url":"","seq":1,"shard_count":2,"alive_at":9000000000000000000})"}) {
        EXPECT_EQ(read_stored_session(text, 2, kNow).state, StoredState::corrupt) << text;
    }
}

}  // namespace
}  // namespace nunchi::discord::gateway
