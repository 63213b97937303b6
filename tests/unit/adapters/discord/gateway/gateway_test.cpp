#include "adapters/discord/gateway/gateway.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/adapters/discord/gateway/gateway_scene.hpp"

namespace nunchi::discord::gateway {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

TEST(GatewayLogin, IdentifiesAndHandsOnWhatComes) {
    GatewayScene scene;
    scene.options.intents = kAutoIntents;
    scene.server.expect_visit(login() + Script{dispatch("GUILD_CREATE", 2), message(3), stay()});
    scene.start();
    EXPECT_EQ(scene.gateway->status().health, chat::Health::starting);
    ASSERT_TRUE(scene.run_until_dispatched(3));

    EXPECT_EQ(scene.sink.types(), "READY GUILD_CREATE MESSAGE_CREATE ");
    EXPECT_EQ(scene.sink.dispatches[2].data["id"], "3");
    EXPECT_EQ(scene.gateway->status().health, chat::Health::connected);
    EXPECT_EQ(scene.server.visits[0]->query, "v=10&encoding=json");
    EXPECT_EQ(scene.server.visits[0]->user_agent, "DiscordBot (x, 1)");
    const json identify = *scene.server.heard(0, 2);
    EXPECT_EQ(identify["token"], "the-token");
    EXPECT_EQ(identify["intents"], 37377);
    EXPECT_EQ(identify["shard"], json::array({0, 1}));
    EXPECT_TRUE(scene.sink.gaps.empty());
    EXPECT_EQ(scene.rest.paths, std::vector<std::string>{"GET /gateway/bot"});
}

TEST(GatewayLogin, CountsTheIdentifyBeforeItLeaves) {
    GatewayScene scene;
    scene.server.expect_visit({hello(), expect(2), stay()});
    scene.start();
    ASSERT_TRUE(scene.run_until([&] { return scene.server.heard(0, 2).has_value(); }));
    EXPECT_EQ(json::parse(scene.store.values["discord/identifies"]).size(), 1U);
    EXPECT_EQ(scene.gateway->counters().identifies, 1U);
}

TEST(GatewayLogin, DoesNotConnectWhileTheBudgetIsSpent) {
    GatewayScene scene;
    scene.rest.answer["session_start_limit"] = {{"total", 1000}, {"remaining", 0}, {"reset_after", 600'000}};
    scene.start();
    EXPECT_FALSE(scene.run_until([&] { return !scene.server.visits.empty(); }, 200ms));
}

TEST(GatewayLogin, PrefersTheOperatorsUrl) {
    GatewayScene scene;
    scene.options.gateway_url = scene.server.url() + "/?v=9";
    scene.rest.answer = {{"url", "wss://nowhere.invalid"}, {"shards", 1}};
    scene.server.expect_visit(login() + Script{stay()});
    scene.start();
    ASSERT_TRUE(scene.run_until_dispatched(1));
    EXPECT_EQ(scene.server.visits[0]->query, "v=10&encoding=json");
}

TEST(GatewayLogin, AsksAgainUntilDiscordAnswers) {
    GatewayScene scene;
    scene.rest.failures = 3;
    scene.server.expect_visit(login() + Script{stay()});
    scene.start();
    ASSERT_TRUE(scene.run_until([&] { return scene.rest.paths.size() == 2; }));
    EXPECT_THAT(scene.gateway->status().reason, HasSubstr("timed out"));
    ASSERT_TRUE(scene.run_until_dispatched(1));
    EXPECT_EQ(scene.rest.paths.size(), 4U);
}

TEST(GatewayLogin, StartsAllShardsOneAfterTheOther) {
    GatewayScene scene;
    scene.rest.answer["shards"] = 3;
    for (int i = 0; i < 3; ++i) scene.server.expect_visit(login("s" + std::to_string(i)) + Script{stay()});
    scene.start();
    ASSERT_TRUE(scene.run_until_dispatched(3));
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_EQ((*scene.server.heard(i, 2))["shard"], json::array({i, 3}));
    }
    EXPECT_EQ(scene.gateway->status().health, chat::Health::connected);
    EXPECT_EQ(scene.gateway->counters().latency.size(), 3U);
}

TEST(GatewayLogin, DropsWhatBelongsToAnotherShard) {
    GatewayScene scene;
    scene.options.shards = 2;
    const json here{{"guild_id", std::to_string(2ULL << 22U)}};
    const json there{{"guild_id", std::to_string(1ULL << 22U)}};
    scene.server.expect_visit(login() + Script{dispatch("A", 2, there), dispatch("B", 3, here), stay()});
    scene.start();
    ASSERT_TRUE(scene.run_until([&] { return scene.sink.types() == "READY B "; }));
    EXPECT_EQ(scene.gateway->counters().foreign_dispatches, 1U);
    EXPECT_TRUE(scene.run_until([&] { return scene.stored().value("seq", 0) == 3; }));
}

TEST(GatewayHeartbeat, StartsBeforeReadyAndCarriesTheLastSequence) {
    GatewayScene scene;
    scene.server.expect_visit(
        {hello(20), expect(2), expect(1), expect(1), ready(0), message(1), expect(1), expect(1), stay()});
    scene.start();
    ASSERT_TRUE(scene.run_until([&] {
        const auto latency = scene.gateway->counters().latency;
        return !latency.empty() && latency[0].has_value();
    }));
    ASSERT_TRUE(scene.run_until([&] {
        const auto& heard = scene.server.visits[0]->heard;
        return heard.back()["op"] == 1 && heard.back()["d"] == 1;
    }));
    EXPECT_EQ((*scene.server.heard(0, 1)), json());
}

TEST(GatewayHeartbeat, AnswersTheServersAtOnce) {
    GatewayScene scene;
    const json request{{"op", 1}, {"d", nullptr}};
    scene.server.expect_visit(login() +
                              Script{say(request), expect(1), say(request), expect(1), message(2), stay()});
    scene.start();
    ASSERT_TRUE(scene.run_until_dispatched(2));
}

// T7, T12.
TEST(GatewayOddities, EndNoSession) {
    GatewayScene scene;
    scene.server.expect_visit(login() +
                              Script{say({{"op", 11}, {"d", json::object()}}), say({{"op", 77}}),
                                     say(json::array()), dispatch("NEVER_SEEN", 2),
                                     dispatch("BROKEN", 3, "no object"), dispatch("READY_SUPPLEMENTAL", 4),
                                     dispatch("RATE_LIMITED", 5, {{"opcode", 8}, {"retry_after", 1.5}}),
                                     message(6), stay()});
    scene.start();
    ASSERT_TRUE(scene.run_until(
        [&] { return scene.sink.types() == "READY NEVER_SEEN READY_SUPPLEMENTAL MESSAGE_CREATE "; }));
    EXPECT_EQ(scene.gateway->counters().unknown_payloads, 1U);
    EXPECT_EQ(scene.gateway->counters().malformed_payloads, 2U);
    EXPECT_TRUE(scene.run_until([&] { return scene.stored().value("seq", 0) == 6; }));
    EXPECT_EQ(scene.server.visits.size(), 1U);
}

// T71.
TEST(GatewayLog, HoldsNeitherTokenNorText) {
    GatewayScene scene;
    scene.log->set_level(spdlog::level::trace);
    scene.server.expect_visit(login() +
                              Script{dispatch("MESSAGE_CREATE", 2, {{"content", "secret words"}}), drop()});
    scene.server.expect_visit({hello(), close_with(4014)});
    scene.start();
    ASSERT_TRUE(scene.run_until([&] { return scene.has_ended; }));
    EXPECT_THAT(scene.lines.str(), HasSubstr("4014"));
    EXPECT_THAT(scene.lines.str(), Not(HasSubstr("the-token")));
    EXPECT_THAT(scene.lines.str(), Not(HasSubstr("secret words")));
}

}  // namespace
}  // namespace nunchi::discord::gateway
