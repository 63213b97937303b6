#include "adapters/discord/gateway/link.hpp"

#include <gtest/gtest.h>

#include <string>

namespace nunchi::discord::gateway {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;

constexpr Link::TimePoint kStart{};

class GatewayLink : public testing::Test {
protected:
    static Link make(Login login, std::optional<Sequence> last = std::nullopt, double jitter = 0.5) {
        return {login, {.hello = 60s, .ready = 15s}, jitter, last, kStart};
    }

    static Payload op(int number, json data = nullptr) {
        return {.op = number, .data = std::move(data), .sequence = {}, .type = {}};
    }
    static Payload hello(int interval = 40'000) { return op(10, {{"heartbeat_interval", interval}}); }
    static Payload dispatch(std::string type, Sequence sequence) {
        return {.op = 0, .data = json::object(), .sequence = sequence, .type = std::move(type)};
    }
    static Payload ready(Sequence sequence = 1) {
        return {.op = 0, .data = {{"session_id", "abc"}}, .sequence = sequence, .type = "READY"};
    }

    static Link ready_link() {
        Link link = make(Login::identify);
        link.on_payload(hello(), kStart);
        link.on_permit(kStart);
        link.on_payload(ready(), kStart);
        return link;
    }

    template <typename Step>
    static const Step& only(const Link::Steps& steps) {
        EXPECT_EQ(steps.size(), 1U);
        return std::get<Step>(steps.at(0));
    }
};

TEST_F(GatewayLink, AsksForAPermitAtHelloAndIdentifiesWithIt) {
    Link link = make(Login::identify);
    const auto steps = link.on_payload(hello(), kStart);
    ASSERT_EQ(steps.size(), 2U);
    EXPECT_TRUE(std::holds_alternative<Greeted>(steps[0]));
    EXPECT_TRUE(std::holds_alternative<AskPermit>(steps[1]));
    EXPECT_FALSE(link.has_logged_in());
    EXPECT_EQ(only<SendLogin>(link.on_permit(kStart + 5s)).login, Login::identify);
    EXPECT_TRUE(link.has_logged_in());
    EXPECT_EQ(only<Begin>(link.on_payload(ready(), kStart + 6s)).payload.data["session_id"], "abc");
    EXPECT_TRUE(link.is_ready());
}

TEST_F(GatewayLink, ResumesOnlyAfterHello) {
    Link link = make(Login::resume, 7);
    EXPECT_TRUE(link.on_permit(kStart).empty());
    EXPECT_EQ(link.on_time(kStart + 30s).size(), 0U);
    const auto steps = link.on_payload(hello(), kStart);
    ASSERT_EQ(steps.size(), 2U);
    EXPECT_EQ(std::get<SendLogin>(steps[1]).login, Login::resume);
}

TEST_F(GatewayLink, GivesUpWithoutHello) {
    Link link = make(Login::identify);
    EXPECT_EQ(link.deadline(), kStart + 60s);
    EXPECT_TRUE(link.on_time(kStart + 59s).empty());
    EXPECT_EQ(only<Finish>(link.on_time(kStart + 60s)).how, Ending::no_hello);
    EXPECT_TRUE(link.on_payload(hello(), kStart + 61s).empty());
}

TEST_F(GatewayLink, GivesUpAtAHelloWithoutInterval) {
    Link link = make(Login::identify);
    EXPECT_EQ(only<Finish>(link.on_payload(op(10), kStart)).how, Ending::no_hello);
}

TEST_F(GatewayLink, GivesUpWithoutReady) {
    Link link = make(Login::identify);
    link.on_payload(hello(), kStart);
    link.on_permit(kStart + 2s);
    EXPECT_EQ(link.deadline(), kStart + 17s);
    EXPECT_EQ(only<Finish>(link.on_time(kStart + 17s)).how, Ending::no_ready);
    EXPECT_FALSE(link.was_ready());
}

TEST_F(GatewayLink, WaitsForItsPermitWithABeatingHeart) {
    Link link = make(Login::identify);
    link.on_payload(hello(), kStart);
    for (int beat = 0; beat < 20; ++beat) {
        const auto at = link.deadline();
        ASSERT_EQ(at, kStart + 20s + beat * 40s);
        ASSERT_EQ(only<SendHeartbeat>(link.on_time(at)).last, std::nullopt);
        link.on_inbound();
        link.on_payload(op(11, json::object()), at);
    }
}

TEST_F(GatewayLink, BeatsBeforeReady) {
    Link link = make(Login::identify, std::nullopt, 0.1);
    link.on_payload(hello(), kStart);
    link.on_permit(kStart);
    EXPECT_EQ(only<SendHeartbeat>(link.on_time(kStart + 4s)).last, std::nullopt);
}

TEST_F(GatewayLink, BeatsWithTheLastSequence) {
    Link link = ready_link();
    link.on_payload(dispatch("A", 2), kStart);
    link.on_payload(dispatch("B", 3), kStart);
    EXPECT_EQ(only<SendHeartbeat>(link.on_time(kStart + 20s)).last, 3);
}

TEST_F(GatewayLink, TakesZeroForASequence) {
    Link link = make(Login::identify);
    link.on_payload(hello(), kStart);
    link.on_permit(kStart);
    link.on_payload(ready(0), kStart);
    EXPECT_EQ(only<SendHeartbeat>(link.on_time(kStart + 20s)).last, 0);
}

TEST_F(GatewayLink, AnswersTheServersHeartbeatAtOnceAndTwice) {
    Link link = ready_link();
    EXPECT_EQ(only<SendHeartbeat>(link.on_payload(op(1), kStart + 1s)).last, 1);
    EXPECT_EQ(only<SendHeartbeat>(link.on_payload(op(1), kStart + 1s)).last, 1);
    EXPECT_EQ(link.deadline(), kStart + 20s);
}

TEST_F(GatewayLink, AnswersTheServersHeartbeatBeforeHello) {
    Link link = make(Login::resume, 5);
    EXPECT_EQ(only<SendHeartbeat>(link.on_payload(op(1), kStart)).last, 5);
}

TEST_F(GatewayLink, NeverSendsMoreThanTheServerTakes) {
    Link link = ready_link();
    int answers = 0;
    for (int i = 0; i < 500; ++i) {
        for (const auto& step : link.on_payload(op(1), kStart + 1s))
            answers += std::holds_alternative<SendHeartbeat>(step);
    }
    EXPECT_LE(answers, 117);
    EXPECT_GT(answers, 110);
    EXPECT_TRUE(std::holds_alternative<SendHeartbeat>(link.on_time(kStart + 20s).at(0)));
}

TEST_F(GatewayLink, DiesOfSilenceOnly) {
    Link link = ready_link();
    for (int beat = 0; beat < 5; ++beat) {
        only<SendHeartbeat>(link.on_time(kStart + 20s + beat * 40s));
        // No acknowledgement, but something.
        link.on_inbound();
    }
    only<SendHeartbeat>(link.on_time(kStart + 220s));
    EXPECT_EQ(only<Finish>(link.on_time(kStart + 260s)).how, Ending::zombie);
}

TEST_F(GatewayLink, EndsAtReconnectAtAnyTime) {
    Link fresh = make(Login::resume, 3);
    EXPECT_EQ(only<Finish>(fresh.on_payload(op(7), kStart)).how, Ending::reconnect);
    Link link = ready_link();
    EXPECT_EQ(only<Finish>(link.on_payload(op(7), kStart)).how, Ending::reconnect);
    EXPECT_TRUE(link.on_payload(dispatch("A", 2), kStart).empty());
    EXPECT_TRUE(link.was_ready());
}

TEST_F(GatewayLink, HonoursWhetherAnInvalidSessionIsResumable) {
    Link yes = ready_link();
    EXPECT_EQ(only<Finish>(yes.on_payload(op(9, true), kStart)).how, Ending::invalid_resumable);
    Link no = ready_link();
    EXPECT_EQ(only<Finish>(no.on_payload(op(9, false), kStart)).how, Ending::invalid);
    Link odd = ready_link();
    EXPECT_EQ(only<Finish>(odd.on_payload(op(9), kStart)).how, Ending::invalid);
}

TEST_F(GatewayLink, MarksTheReplayUntilResumed) {
    Link link = make(Login::resume, 5);
    link.on_payload(hello(), kStart);
    EXPECT_TRUE(only<HandOn>(link.on_payload(dispatch("A", 6), kStart)).is_replayed);
    EXPECT_EQ(only<GoOn>(link.on_payload(dispatch("RESUMED", 7), kStart)).payload.sequence, 7);
    EXPECT_FALSE(only<HandOn>(link.on_payload(dispatch("B", 8), kStart)).is_replayed);
    EXPECT_EQ(link.last_sequence(), 8);
}

TEST_F(GatewayLink, WaitsForALongReplay) {
    Link link = make(Login::resume, 5, 0.9);
    link.on_payload(hello(), kStart);
    link.on_payload(dispatch("A", 6), kStart + 14s);
    EXPECT_TRUE(link.on_time(kStart + 15s).empty());
    EXPECT_EQ(only<Finish>(link.on_time(kStart + 29s)).how, Ending::no_ready);
}

TEST_F(GatewayLink, TakesReadyInAnswerToAResumeForANewSession) {
    Link link = make(Login::resume, 500);
    link.on_payload(hello(), kStart);
    only<Begin>(link.on_payload(ready(1), kStart));
    EXPECT_EQ(link.last_sequence(), 1);
}

TEST_F(GatewayLink, TakesNoDispatchBeforeItsLogin) {
    Link link = make(Login::identify);
    only<Ignore>(link.on_payload(dispatch("READY", 1), kStart));
    link.on_payload(hello(), kStart);
    only<Ignore>(link.on_payload(dispatch("READY", 1), kStart));
    EXPECT_FALSE(link.is_ready());
}

TEST_F(GatewayLink, HandsOnWhatComesBeforeReadyWithoutItsSequence) {
    Link link = make(Login::identify);
    link.on_payload(hello(), kStart);
    link.on_permit(kStart);
    EXPECT_EQ(only<HandOn>(link.on_payload(dispatch("A", 9), kStart)).payload.sequence, std::nullopt);
}

TEST_F(GatewayLink, IgnoresUnknownOpsAndASecondHello) {
    Link link = ready_link();
    for (const int number : {-1, 2, 3, 4, 5, 6, 8, 12, 31, 1000})
        only<Ignore>(link.on_payload(op(number), kStart));
    only<Ignore>(link.on_payload(hello(1000), kStart));
    EXPECT_EQ(link.deadline(), kStart + 20s);
}

TEST_F(GatewayLink, IgnoresAnUnrequestedAcknowledgement) {
    Link link = ready_link();
    EXPECT_TRUE(link.on_payload(op(11), kStart).empty());
    EXPECT_EQ(link.latency(), std::nullopt);
}

TEST_F(GatewayLink, TakesNothingInAfterItsIntakeStopped) {
    Link link = ready_link();
    link.stop_intake();
    EXPECT_TRUE(link.on_payload(dispatch("A", 2), kStart).empty());
    EXPECT_EQ(link.last_sequence(), 1);
    EXPECT_EQ(only<SendHeartbeat>(link.on_time(kStart + 20s)).last, 1);
}

TEST_F(GatewayLink, SpreadsItsFirstBeatOverTheInterval) {
    for (const double jitter : {0.0, 0.25, 0.5, 0.999}) {
        Link link = make(Login::identify, std::nullopt, jitter);
        link.on_payload(hello(), kStart);
        const std::chrono::duration<double> first = link.deadline() - kStart;
        EXPECT_NEAR(first.count(), jitter * 40.0, 0.001);
    }
}

}  // namespace
}  // namespace nunchi::discord::gateway
