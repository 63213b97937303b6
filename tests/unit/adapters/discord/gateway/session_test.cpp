#include "adapters/discord/gateway/session.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

namespace nunchi::discord::gateway {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

constexpr Session::TimePoint kStart{};
const std::string kGateway = "wss://gateway.example";

class GatewaySession : public testing::Test {
protected:
    static Session fresh(SessionOptions options = {}) { return {options, std::nullopt, false, 1, kStart}; }

    /// Was READY for ten minutes.
    static Session ready(SessionOptions options = {}) {
        Session session = fresh(options);
        session.next(kGateway);
        session.on_hello();
        session.on_begun({"abc", "wss://resume.example"}, kStart - 10min);
        return session;
    }

    static Ended ended_ready(Ending how, std::uint16_t code = 0) {
        return {.how = how, .code = code, .login = Login::identify, .has_logged_in = true, .was_ready = true};
    }
    static Ended failed_resume(Ending how, std::uint16_t code = 0) {
        return {.how = how, .code = code, .login = Login::resume, .has_logged_in = true, .was_ready = false};
    }
    static Ended failed_identify(Ending how, std::uint16_t code = 0) {
        return {
            .how = how, .code = code, .login = Login::identify, .has_logged_in = true, .was_ready = false};
    }

    static void expect_resume(Session& session, Session::TimePoint at) {
        const Attempt attempt = session.next(kGateway);
        EXPECT_EQ(attempt.login, Login::resume);
        EXPECT_EQ(attempt.url, "wss://resume.example");
        EXPECT_EQ(attempt.at, at);
    }
};

TEST_F(GatewaySession, BeginsWithIdentifyAtTheGateway) {
    Session session = fresh();
    const Attempt attempt = session.next(kGateway);
    EXPECT_EQ(attempt.login, Login::identify);
    EXPECT_EQ(attempt.url, "");
    EXPECT_EQ(attempt.at, kStart);
}

TEST_F(GatewaySession, ResumesAStoredSession) {
    Session session({}, Session::Known{"abc", "wss://resume.example"}, false, 1, kStart);
    expect_resume(session, kStart);
}

TEST_F(GatewaySession, ResumesAtOnceAfterReconnect) {
    Session session = ready();
    session.on_ended(ended_ready(Ending::reconnect), kStart);
    expect_resume(session, kStart);
}

TEST_F(GatewaySession, ResumesAfterInvalidSessionWithResumableTrue) {
    Session session = ready();
    session.on_ended(ended_ready(Ending::invalid_resumable), kStart);
    expect_resume(session, kStart);
}

TEST_F(GatewaySession, IdentifiesOneToFiveSecondsAfterInvalidSession) {
    std::set<Session::TimePoint> times;
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        Session session({}, Session::Known{"abc", "wss://resume.example"}, false, seed, kStart);
        session.next(kGateway);
        session.on_hello();
        session.on_ended(failed_resume(Ending::invalid), kStart);
        const Attempt attempt = session.next(kGateway);
        EXPECT_EQ(attempt.login, Login::identify);
        EXPECT_EQ(attempt.url, "");
        EXPECT_GE(attempt.at, kStart + 1s);
        EXPECT_LE(attempt.at, kStart + 5s);
        times.insert(attempt.at);
    }
    EXPECT_GT(times.size(), 100U);
}

TEST_F(GatewaySession, FollowsTheTableOfCloseCodes) {
    for (const int code : {0, 1006, 1009, 1011, 1012, 4000, 4001, 4002, 4321}) {
        Session session = ready();
        session.on_ended(ended_ready(Ending::closed, static_cast<std::uint16_t>(code)), kStart);
        expect_resume(session, kStart);
    }
    for (const int code : {1000, 1001, 4003, 4005, 4007, 4009}) {
        Session session = ready();
        session.on_ended(ended_ready(Ending::closed, static_cast<std::uint16_t>(code)), kStart);
        EXPECT_EQ(session.next(kGateway).login, Login::identify) << code;
        EXPECT_FALSE(session.stop());
    }
    for (const int code : {4004, 4010, 4011, 4012, 4013, 4014}) {
        Session session = ready();
        session.on_ended(ended_ready(Ending::closed, static_cast<std::uint16_t>(code)), kStart);
        ASSERT_TRUE(session.stop()) << code;
        EXPECT_EQ(session.stop()->is_token_refused, code == 4004);
    }
}

TEST_F(GatewaySession, WaitsAfterARateLimit) {
    Session session = ready();
    session.on_ended(ended_ready(Ending::closed, 4008), kStart);
    EXPECT_EQ(session.next(kGateway).login, Login::resume);
    EXPECT_GE(session.next(kGateway).at, kStart + 500ms);
}

TEST_F(GatewaySession, NamesTheIntentThatIsNotAllowed) {
    Session session = fresh({.intents = kAutoIntents});
    session.on_ended(failed_identify(Ending::closed, 4014), kStart);
    EXPECT_THAT(session.stop()->reason, HasSubstr("MESSAGE CONTENT"));
}

TEST_F(GatewaySession, GivesUpResumingAfterThreeFailures) {
    Session session = ready({.resume_cap = 3});
    session.on_ended(ended_ready(Ending::closed), kStart);
    for (int failure = 0; failure < 3; ++failure) {
        ASSERT_EQ(session.next(kGateway).login, Login::resume) << failure;
        session.on_hello();
        session.on_ended(failed_resume(Ending::closed, 4000), kStart);
    }
    EXPECT_EQ(session.next(kGateway).login, Login::identify);
    EXPECT_TRUE(session.on_begun({"new", ""}, kStart));
}

TEST_F(GatewaySession, CountsOnlyFailuresInARow) {
    Session session = ready({.resume_cap = 3});
    session.on_ended(ended_ready(Ending::closed), kStart);
    for (int i = 0; i < 20; ++i) {
        ASSERT_EQ(session.next(kGateway).login, Login::resume);
        session.on_ended(failed_resume(Ending::closed), kStart);
        session.on_resumed(kStart);
        session.on_ended(ended_ready(Ending::closed), kStart + 1s);
    }
}

// The server refuses all logins with 4000 in place of 4004 (D4).
TEST_F(GatewaySession, StopsWhenEveryLoginIsClosedWith4000) {
    Session session = fresh({.refused_login_cap = 4});
    for (int i = 0; i < 3; ++i) {
        session.on_ended(failed_identify(Ending::closed, 4000), kStart);
        ASSERT_FALSE(session.stop());
        EXPECT_GT(session.next(kGateway).at, kStart);
    }
    session.on_ended(failed_identify(Ending::closed, 4000), kStart);
    ASSERT_TRUE(session.stop());
    EXPECT_THAT(session.stop()->reason, HasSubstr("token"));
    EXPECT_FALSE(session.stop()->is_token_refused);
}

TEST_F(GatewaySession, ForgetsRefusedLoginsAfterOneThatSucceeds) {
    Session session = fresh({.refused_login_cap = 2});
    session.on_ended(failed_identify(Ending::closed, 4000), kStart);
    session.on_begun({"abc", ""}, kStart);
    session.on_ended(failed_identify(Ending::closed, 4000), kStart);
    EXPECT_FALSE(session.stop());
}

// G4, T23.
TEST_F(GatewaySession, TriesTheGatewayWhenTheHostOfTheResumeIsAway) {
    Session session = ready();
    session.on_ended(ended_ready(Ending::closed), kStart);
    expect_resume(session, kStart);
    session.on_connect_failed(kStart);
    const auto second = session.next(kGateway).at;
    EXPECT_GT(second, kStart);
    expect_resume(session, second);
    session.on_connect_failed(second);
    const Attempt attempt = session.next(kGateway);
    EXPECT_EQ(attempt.login, Login::identify);
    EXPECT_EQ(attempt.url, "");
    EXPECT_EQ(attempt.at, second);
    session.on_hello();
    EXPECT_FALSE(session.known());
    EXPECT_TRUE(session.on_begun({"new", ""}, kStart));
}

TEST_F(GatewaySession, KeepsTheSessionWhileNoHostIsReached) {
    Session session = ready();
    session.on_ended(ended_ready(Ending::closed), kStart);
    session.next(kGateway);
    session.on_connect_failed(kStart);
    auto now = kStart;
    for (int round = 0; round < 10; ++round) {
        ASSERT_EQ(session.next(kGateway).login, Login::resume);
        session.on_connect_failed(now);
        ASSERT_EQ(session.next(kGateway).login, Login::identify);
        session.on_connect_failed(now);
        ASSERT_GT(session.next(kGateway).at, now);
        now = session.next(kGateway).at;
    }
    EXPECT_EQ(session.next(kGateway).url, "wss://resume.example");
}

TEST_F(GatewaySession, HasNothingToFallBackToWhereTheHostsAreTheSame) {
    Session session = ready();
    session.on_ended(ended_ready(Ending::closed), kStart);
    session.next("wss://resume.example/");
    session.on_connect_failed(kStart);
    const Attempt attempt = session.next("wss://resume.example/");
    EXPECT_EQ(attempt.login, Login::resume);
    EXPECT_GT(attempt.at, kStart);
}

TEST_F(GatewaySession, ResumesAtTheGatewayWhenToldTo) {
    Session session = ready({.use_resume_url = false});
    session.on_ended(ended_ready(Ending::closed), kStart);
    EXPECT_EQ(session.next(kGateway).login, Login::resume);
    EXPECT_EQ(session.next(kGateway).url, "");
}

TEST_F(GatewaySession, BacksOffForEverAndNeverBeyondTheMaximum) {
    Session session = fresh({.backoff_max = 60s});
    auto now = kStart;
    for (int i = 0; i < 1000; ++i) {
        session.on_connect_failed(now);
        const auto at = session.next(kGateway).at;
        ASSERT_GT(at, now);
        ASSERT_LE(at, now + 60s);
        if (i > 10) {
            ASSERT_GE(at, now + 30s);
        }
        now = at;
    }
}

TEST_F(GatewaySession, DoesNotHammerAServerThatGreetsAndHangsUp) {
    Session session = ready();
    auto now = kStart;
    session.on_ended(ended_ready(Ending::closed), now);
    ASSERT_EQ(session.next(kGateway).at, now);
    int connections = 0;
    while (now < kStart + 1h) {
        session.on_resumed(now);
        now += 100ms;
        session.on_ended(ended_ready(Ending::reconnect), now);
        now = std::max(now, session.next(kGateway).at);
        ++connections;
    }
    EXPECT_LT(connections, 250);
}

TEST_F(GatewaySession, TellsOfAGapOnlyWhenASessionWasLost) {
    Session first = fresh();
    EXPECT_FALSE(first.on_begun({"abc", ""}, kStart));
    first.on_ended(ended_ready(Ending::closed, 4009), kStart);
    EXPECT_TRUE(first.on_begun({"def", ""}, kStart));
    Session stale({}, std::nullopt, true, 1, kStart);
    EXPECT_TRUE(stale.on_begun({"abc", ""}, kStart));
}

TEST_F(GatewaySession, TellsOfAGapWhenReadyCameInAnswerToAResume) {
    Session session = ready();
    session.on_ended(ended_ready(Ending::closed), kStart);
    session.next(kGateway);
    EXPECT_TRUE(session.on_begun({"other", ""}, kStart));
    EXPECT_EQ(session.known()->id, "other");
}

TEST_F(GatewaySession, CannotResumeWhatHasNoId) {
    Session session = fresh();
    session.on_begun({"", "wss://resume.example"}, kStart);
    session.on_ended(ended_ready(Ending::closed), kStart);
    EXPECT_EQ(session.next(kGateway).login, Login::identify);
    EXPECT_TRUE(session.on_begun({"abc", ""}, kStart));
}

TEST_F(GatewaySession, StopsWhenItsLoginCannotBeSent) {
    Session session = fresh();
    session.on_ended(failed_identify(Ending::unsendable), kStart);
    ASSERT_TRUE(session.stop());
    EXPECT_THAT(session.stop()->reason, HasSubstr("4096"));
    Session resuming = ready();
    resuming.on_ended(failed_resume(Ending::unsendable), kStart);
    EXPECT_FALSE(resuming.stop());
    EXPECT_EQ(resuming.next(kGateway).login, Login::identify);
}

}  // namespace
}  // namespace nunchi::discord::gateway
