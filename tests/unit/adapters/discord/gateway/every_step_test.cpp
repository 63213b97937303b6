// The protocol from login to replay, broken at every frame in every way.
#include <gtest/gtest.h>

#include <vector>

#include "tests/unit/adapters/discord/gateway/simulated_shard.hpp"

namespace nunchi::discord::gateway {
namespace {

using namespace std::chrono_literals;
using Kind = Fault::Kind;

/// Login, messages, a drop, a resume with a replay, more messages, and quiet enough at the end to recover.
class Scene {
public:
    explicit Scene(std::optional<int> strike_after = {}, Fault fault = {}) {
        server.strike_after = strike_after;
        server.strike_with = fault;
        shard.emplace(0, time, server, queue, 7);
        const auto start = time.now();
        for (int i = 0; i < 8; ++i) {
            time.at(start + 5s + i * 3s, [this] { server.publish(); });
        }
        time.at(start + 14s, [this] { server.strike({.kind = Kind::drop}); });
        time.run_until(start + 10min);
        // What was not handled is brought again by the next resume; sooner or later it is.
        for (int i = 0; i < 5; ++i) {
            server.strike({.kind = Kind::reconnect});
            time.run_until(time.now() + 2min);
        }
    }

    void expect_nothing_lost() const {
        for (std::size_t i = 0; i < server.messages.size(); ++i) {
            EXPECT_TRUE(server.messages[i].is_handled || server.messages[i].is_excused) << "message " << i;
        }
    }

    SimulatedTime time;
    SimulatedServer server{time};
    SimulatedQueue queue;
    std::optional<SimulatedShard> shard;
};

// Hello, identify, READY, messages, heartbeats, hello, resume, replay, RESUMED, messages.
constexpr int kFrames = 24;

std::vector<Fault> every_fault() {
    std::vector<Fault> faults{
        {Kind::drop}, {Kind::reconnect}, {Kind::invalid_resumable}, {Kind::invalid}, {Kind::silence}};
    for (const int code :
         {1000, 1001, 1009, 1011, 1012, 4000, 4001, 4002, 4003, 4005, 4007, 4008, 4009, 4321}) {
        faults.push_back({.kind = Kind::close, .code = static_cast<std::uint16_t>(code)});
    }
    return faults;
}

TEST(GatewayEveryStep, LosesNothingWhenAllGoesWell) {
    Scene scene;
    scene.expect_nothing_lost();
    EXPECT_TRUE(scene.shard->is_ready());
    EXPECT_EQ(scene.server.identifies.size(), 1U);
    EXPECT_EQ(scene.shard->gaps, 0);
    for (const auto& message : scene.server.messages) EXPECT_FALSE(message.is_excused);
}

TEST(GatewayEveryStep, RecoversFromEveryFaultAtEveryFrame) {
    for (const Fault& fault : every_fault()) {
        for (int step = 0; step < kFrames; ++step) {
            SCOPED_TRACE("fault " + std::to_string(static_cast<int>(fault.kind)) + ", code " +
                         std::to_string(fault.code) + ", frame " + std::to_string(step));
            Scene scene(step, fault);
            ASSERT_FALSE(scene.server.strike_after) << "the script has fewer frames";
            ASSERT_FALSE(scene.shard->stop());
            EXPECT_TRUE(scene.shard->is_ready());
            EXPECT_EQ(scene.server.abandoned_sessions, 0);
            scene.expect_nothing_lost();
        }
    }
}

TEST(GatewayEveryStep, StopsForGoodAtAFatalCodeAtEveryFrame) {
    for (const int code : {4004, 4010, 4011, 4012, 4013, 4014}) {
        for (int step = 0; step < kFrames; ++step) {
            Scene scene(step, {.kind = Kind::close, .code = static_cast<std::uint16_t>(code)});
            EXPECT_TRUE(scene.shard->stop()) << code << " at frame " << step;
            EXPECT_FALSE(scene.shard->is_ready());
        }
    }
}

TEST(GatewayEveryStep, SurvivesACrashOfTheProcessAtAnyTime) {
    for (int seconds = 0; seconds < 40; ++seconds) {
        SCOPED_TRACE(seconds);
        SimulatedTime time;
        SimulatedServer server(time);
        SimulatedQueue queue;
        SimulatedShard shard(0, time, server, queue, 11);
        const auto start = time.now();
        for (int i = 0; i < 30; ++i) {
            time.at(start + 2s + i * 1s, [&] { server.publish(); });
        }
        time.at(start + seconds * 1s + 500ms, [&] { shard.crash(); });
        for (int i = 1; i < 6; ++i)
            time.at(start + i * 1min, [&] { server.strike({.kind = Kind::reconnect}); });
        time.run_until(start + 10min);
        for (std::size_t i = 0; i < server.messages.size(); ++i) {
            EXPECT_TRUE(server.messages[i].is_handled || server.messages[i].is_excused) << "message " << i;
        }
        // But for the second before the session was first stored, the crash costs no session.
        EXPECT_LE(server.identifies.size(), seconds < 2 ? 2U : 1U);
    }
}

}  // namespace
}  // namespace nunchi::discord::gateway
