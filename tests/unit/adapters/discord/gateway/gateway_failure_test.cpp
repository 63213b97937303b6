#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/adapters/discord/gateway/gateway_scene.hpp"

namespace nunchi::discord::gateway {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

TEST(GatewayFailure, ReplacesAServerThatNeverGreets) {
    GatewayScene scene;
    scene.options.hello_timeout = 30ms;
    scene.server.expect_visit({mute()});
    scene.server.expect_visit(login() + Script{stay()});
    scene.start();
    ASSERT_TRUE(scene.run_until_dispatched(1));
}

TEST(GatewayFailure, ReplacesAServerThatIgnoresTheLogin) {
    GatewayScene scene;
    scene.options.ready_timeout = 30ms;
    scene.server.expect_visit({hello(), stay()});
    scene.server.expect_visit(login() + Script{stay()});
    scene.start();
    ASSERT_TRUE(scene.run_until_dispatched(1));
    EXPECT_EQ(scene.gateway->counters().identifies, 2U);
}

// T9: the peer takes neither heartbeats nor the close frame.
TEST(GatewayFailure, ReplacesAZombieWithoutWaitingForIt) {
    GatewayScene scene;
    scene.server.expect_visit({hello(30), expect(2), ready(), mute()});
    scene.server.expect_visit({hello(), expect(6), dispatch("RESUMED", 2), stay()});
    scene.start();
    const auto start = std::chrono::steady_clock::now();
    ASSERT_TRUE(scene.run_until_dispatched(2));
    EXPECT_LT(std::chrono::steady_clock::now() - start, 2s);
    EXPECT_EQ(scene.gateway->counters().zombies, 1U);
    EXPECT_EQ(scene.gateway->counters().resumes, 1U);
}

TEST(GatewayFailure, GoesOnForEverWhileNobodyListens) {
    GatewayScene scene;
    scene.rest.answer["url"] = "ws://127.0.0.1:1";
    scene.start();
    ASSERT_TRUE(scene.run_until([&] { return scene.gateway->counters().connect_failures >= 20; }));
    EXPECT_FALSE(scene.has_ended);
    EXPECT_THAT(scene.gateway->status().reason, HasSubstr("refused"));
    // It has asked for the URL again, and finds the new one.
    scene.rest.answer["url"] = scene.server.url();
    scene.server.expect_visit(login() + Script{stay()});
    ASSERT_TRUE(scene.run_until_dispatched(1));
}

TEST(GatewayFailure, StopsForGoodAtAFatalCode) {
    GatewayScene scene;
    scene.server.expect_visit({hello(), expect(2), close_with(4004)});
    scene.start();
    ASSERT_TRUE(scene.run_until([&] { return scene.has_ended; }));
    EXPECT_EQ(scene.gateway->status().health, chat::Health::failed);
    EXPECT_THAT(scene.gateway->status().reason, HasSubstr("4004"));
    EXPECT_TRUE(scene.rest.is_unauthorized());
    EXPECT_EQ(scene.server.visits.size(), 1U);
}

TEST(GatewayFailure, NamesTheIntentThatIsNotAllowed) {
    GatewayScene scene;
    scene.options.intents = kAutoIntents;
    scene.server.expect_visit({hello(), expect(2), close_with(4014)});
    scene.start();
    ASSERT_TRUE(scene.run_until([&] { return scene.has_ended; }));
    EXPECT_THAT(scene.gateway->status().reason, HasSubstr("MESSAGE CONTENT"));
    EXPECT_THAT(scene.lines.str(), HasSubstr("MESSAGE CONTENT"));
}

TEST(GatewayFailure, StopsWhenRestRefusesTheToken) {
    GatewayScene scene;
    scene.server.expect_visit(login() + Script{stay()});
    scene.start();
    ASSERT_TRUE(scene.run_until_dispatched(1));
    scene.rest.refuse_token();
    ASSERT_TRUE(scene.run_until([&] { return scene.has_ended; }));
    EXPECT_EQ(scene.gateway->status().health, chat::Health::failed);
    EXPECT_THAT(scene.gateway->status().reason, HasSubstr("401"));
}

TEST(GatewayFailure, StopsAtATokenThatIsTooLong) {
    GatewayScene scene;
    scene.options.token = config::Secret(std::string(5000, 'x'));
    scene.server.expect_visit({hello(), stay()});
    scene.start();
    ASSERT_TRUE(scene.run_until([&] { return scene.has_ended; }));
    EXPECT_THAT(scene.gateway->status().reason, HasSubstr("4096"));
    EXPECT_FALSE(scene.server.heard(0, 2));
}

// T41.
TEST(GatewayFailure, CountsAMessageThatIsTooLarge) {
    GatewayScene scene;
    scene.options.max_message_bytes = 2000;
    scene.server.expect_visit(login() + Script{dispatch("A", 2, {{"x", std::string(1800, 'x')}}),
                                               dispatch("B", 3, {{"x", std::string(3000, 'x')}}), stay()});
    scene.server.expect_visit({hello(), expect(6), dispatch("RESUMED", 4), stay()});
    scene.start();
    ASSERT_TRUE(scene.run_until([&] { return scene.sink.types() == "READY A RESUMED "; }));
    EXPECT_EQ(scene.gateway->counters().oversized, 1U);
}

// T31, at random places of the script, over and over.
TEST(GatewayFailure, SurvivesHundredsOfCuts) {
    GatewayScene scene;
    const Script whole = login() + Script{message(2), message(3), message(4)};
    const Script resumed{hello(), expect(6), message(5), dispatch("RESUMED", 6), message(7)};
    for (int i = 0; i < 300; ++i) {
        const Script& script = i % 3 == 0 ? whole : resumed;
        const auto end = script.begin() + i % static_cast<int>(script.size());
        scene.server.expect_visit(Script(script.begin(), end) + Script{drop()});
    }
    scene.options.identifies_per_day = 5000;
    scene.options.backoff_max = 1ms;
    scene.options.ready_timeout = 5ms;
    scene.start();
    ASSERT_TRUE(scene.run_until([&] { return scene.server.visits.size() >= 60; }));
    EXPECT_FALSE(scene.has_ended);
    scene.stop();
    EXPECT_FALSE(scene.failure);
}

}  // namespace
}  // namespace nunchi::discord::gateway
