#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/adapters/discord/gateway/gateway_scene.hpp"

namespace nunchi::discord::gateway {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;

const json kReconnect{{"op", 7}, {"d", nullptr}};

Script resumption(Script replay = {}) {
    return Script{hello(), expect(6)} + replay;
}

TEST(GatewayResume, GoesOnWithTheSessionAfterADrop) {
    GatewayScene scene;
    scene.server.expect_visit(login() + Script{message(2), drop()});
    scene.server.expect_visit(resumption({message(3), dispatch("RESUMED", 4), message(5), stay()}));
    scene.start();
    ASSERT_TRUE(scene.run_until_dispatched(5));
    EXPECT_EQ(scene.sink.types(), "READY MESSAGE_CREATE MESSAGE_CREATE* RESUMED MESSAGE_CREATE ");
    EXPECT_EQ(*scene.server.heard(1, 6), (json{{"token", "the-token"}, {"session_id", "s1"}, {"seq", 2}}));
    EXPECT_EQ(scene.gateway->counters().identifies, 1U);
    EXPECT_EQ(scene.gateway->counters().resumed, 1U);
    EXPECT_TRUE(scene.sink.gaps.empty());
}

TEST(GatewayResume, UsesItsOwnUrlWithTheSameQuery) {
    GatewayScene scene(Compression::zlib_stream);
    FakeGateway other(scene.io, Compression::zlib_stream);
    scene.server.expect_visit(login("s1", other.url()) + Script{say(kReconnect), stay()});
    other.expect_visit(resumption({dispatch("RESUMED", 2), stay()}));
    scene.start();
    ASSERT_TRUE(scene.run_until_dispatched(2));
    EXPECT_EQ(other.visits[0]->query, "v=10&encoding=json&compress=zlib-stream");
    EXPECT_EQ(scene.server.visits[0]->query, other.visits[0]->query);
    scene.stop();
    other.shut_down();
}

TEST(GatewayResume, ClosesSoThatTheSessionLives) {
    GatewayScene scene;
    scene.server.expect_visit(login() + Script{say(kReconnect), stay()});
    scene.server.expect_visit(resumption({dispatch("RESUMED", 2), stay()}));
    scene.start();
    ASSERT_TRUE(scene.run_until_dispatched(2));
    ASSERT_TRUE(scene.run_until([&] { return scene.server.visits[0]->has_ended; }));
    EXPECT_GE(scene.server.visits[0]->close_code, 4000);
}

// T19: op 7 in place of Hello.
TEST(GatewayResume, HonoursReconnectInPlaceOfHello) {
    GatewayScene scene;
    scene.server.expect_visit(login() + Script{drop()});
    scene.server.expect_visit({say(kReconnect), stay()});
    scene.server.expect_visit(resumption({dispatch("RESUMED", 2), stay()}));
    scene.start();
    ASSERT_TRUE(scene.run_until_dispatched(2));
    EXPECT_EQ(scene.server.visits.size(), 3U);
}

TEST(GatewayResume, HandsOnAgainOnlyWhatWasNotHandled) {
    GatewayScene scene;
    scene.sink.fires_at_once = false;
    scene.options.hello_timeout = 1s;
    scene.server.expect_visit(login() + Script{message(2), message(3), message(4), say({{"op", 1}}),
                                               expect(1), say(kReconnect), stay()});
    scene.server.expect_visit(
        resumption({message(2), message(3), message(4), dispatch("RESUMED", 5), stay()}));
    scene.start();
    ASSERT_TRUE(scene.run_until([&] {
        for (Dispatch& dispatch : scene.sink.dispatches) {
            if (dispatch.data.value("id", "") == "3") dispatch.receipt.handled();
        }
        return scene.sink.dispatches.size() >= 7;
    }));
    EXPECT_EQ((*scene.server.heard(1, 6))["seq"], 1);
    EXPECT_EQ(scene.sink.types(),
              "READY MESSAGE_CREATE MESSAGE_CREATE MESSAGE_CREATE MESSAGE_CREATE* MESSAGE_CREATE* RESUMED ");
    EXPECT_EQ(scene.sink.dispatches[4].data["id"], "2");
    EXPECT_EQ(scene.sink.dispatches[5].data["id"], "4");
}

TEST(GatewayResume, SurvivesARestartOfTheProcess) {
    GatewayScene scene;
    scene.server.expect_visit(login() + Script{message(2), stay()});
    scene.server.expect_visit(resumption({message(3), dispatch("RESUMED", 4), stay()}));
    scene.start();
    ASSERT_TRUE(scene.run_until_dispatched(2));
    scene.stop();
    EXPECT_GE(scene.server.visits[0]->close_code, 4000);
    EXPECT_EQ(scene.stored()["seq"], 2);
    scene.start();
    ASSERT_TRUE(scene.run_until_dispatched(4));
    EXPECT_EQ((*scene.server.heard(1, 6))["seq"], 2);
    EXPECT_EQ(scene.sink.types(), "READY MESSAGE_CREATE MESSAGE_CREATE* RESUMED ");
    EXPECT_TRUE(scene.sink.gaps.empty());
}

TEST(GatewayResume, IdentifiesWhenTheStoredSessionIsOfNoUse) {
    for (const char* stored :
         {"nonsense", R"({"session_id":"s0","resume_gateway_url":"","seq":7,"shard_count":2,
                                               "alive_at":99999999999})"}) {
        GatewayScene scene;
        scene.store.values["discord/session/0"] = stored;
        scene.server.expect_visit(login() + Script{stay()});
        scene.start();
        ASSERT_TRUE(scene.run_until_dispatched(1));
        EXPECT_EQ(scene.sink.gaps, std::vector<int>{0});
        EXPECT_THAT(scene.lines.str(), testing::HasSubstr("discord/session/0"));
    }
}

// T24.
TEST(GatewayResume, IsGivenUpAfterThreeFailures) {
    GatewayScene scene;
    scene.server.expect_visit(login() + Script{drop()});
    for (int i = 0; i < 3; ++i) scene.server.expect_visit(resumption({drop()}));
    scene.server.expect_visit(login("s2") + Script{stay()});
    scene.start();
    ASSERT_TRUE(scene.run_until_dispatched(2));
    EXPECT_EQ(scene.gateway->counters().resumes, 3U);
    EXPECT_EQ(scene.gateway->counters().identifies, 2U);
    EXPECT_EQ(scene.sink.gaps, std::vector<int>{0});
}

// T23.
TEST(GatewayResume, FallsBackToTheGatewayWhenItsHostIsAway) {
    GatewayScene scene;
    scene.server.expect_visit(login("s1", "ws://127.0.0.1:1") + Script{drop()});
    scene.server.expect_visit(login("s2") + Script{stay()});
    scene.start();
    ASSERT_TRUE(scene.run_until_dispatched(2));
    EXPECT_EQ(scene.gateway->counters().connect_failures, 2U);
    EXPECT_EQ(scene.sink.gaps, std::vector<int>{0});
}

// C3: the token goes to no plain host that is not loopback.
TEST(GatewayResume, DoesNotFollowAPlainUrlOfTheServer) {
    GatewayScene scene;
    scene.server.expect_visit(login("s1", "ws://192.0.2.1") + Script{drop()});
    scene.server.expect_visit(login("s2") + Script{stay()});
    scene.start();
    ASSERT_TRUE(scene.run_until_dispatched(2));
    EXPECT_EQ(scene.gateway->counters().resumes, 0U);
}

}  // namespace
}  // namespace nunchi::discord::gateway
