#include "adapters/discord/rest/safeguards.hpp"

#include <gtest/gtest.h>

#include "adapters/discord/rest/counters.hpp"
#include "adapters/discord/rest/routes.hpp"

namespace nunchi::discord::rest {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using Pass = PermissionCache::Pass;

constexpr Safeguards::TimePoint kStart{std::chrono::hours(100)};

Call ordinary(const char* channel = "1", const char* permission = "") {
    Call call;
    call.route = create_message(channel);
    call.permission = permission;
    return call;
}

Call interaction(const char* token) {
    Call call;
    call.route = follow_up("1", token);
    call.lane = Lane::interaction;
    return call;
}

Verdict answered(int status, Lane lane = Lane::ordinary, const char* body = "") {
    return judge(read_response(net::make_response(status, "application/json", body)), lane);
}

class SafeguardsTest : public testing::Test {
protected:
    Alarm note(const Call& call, const Verdict& verdict) {
        return safeguards_.note(call, Pass::open, verdict, kStart);
    }
    std::optional<errc> objection_to(const Call& call, Safeguards::TimePoint now = kStart) const {
        return safeguards_.objection_to(call, Pass::open, now);
    }

    Safeguards safeguards_{minutes(10), 100};
};

TEST_F(SafeguardsTest, ObjectToNothingAtFirst) {
    EXPECT_EQ(objection_to(ordinary("1", "1/reply")), std::nullopt);
    EXPECT_EQ(objection_to(interaction("a")), std::nullopt);
}

TEST_F(SafeguardsTest, ObjectToARouteThatIsNone) {
    EXPECT_EQ(objection_to(ordinary("not an id")), errc::bad_route);
}

TEST_F(SafeguardsTest, RefuseTheTokenForEver) {
    EXPECT_TRUE(note(ordinary(), answered(401)).token_refused);

    EXPECT_EQ(objection_to(ordinary("2")), errc::unauthorized);
    EXPECT_EQ(objection_to(ordinary("2"), kStart + std::chrono::hours(1000)), errc::unauthorized);
    EXPECT_EQ(objection_to(interaction("a")), std::nullopt);
    EXPECT_TRUE(safeguards_.is_token_refused());
    EXPECT_FALSE(note(ordinary(), answered(401)).token_refused);  // told once
}

TEST_F(SafeguardsTest, RefuseTheTokenOnCode40001) {
    EXPECT_TRUE(note(ordinary(), answered(400, Lane::ordinary, R"({"code":40001})")).token_refused);
    EXPECT_EQ(objection_to(ordinary("2")), errc::unauthorized);
}

TEST_F(SafeguardsTest, EndOneWebhookAlone) {
    for (const int status : {401, 404}) {
        const Call call = interaction(status == 401 ? "a" : "b");
        EXPECT_TRUE(note(call, answered(status, Lane::interaction)).webhook_ended);
        EXPECT_EQ(objection_to(call), errc::webhook_ended);
    }
    EXPECT_EQ(objection_to(interaction("c")), std::nullopt);
    EXPECT_EQ(objection_to(ordinary()), std::nullopt);
    EXPECT_FALSE(safeguards_.is_token_refused());
}

TEST_F(SafeguardsTest, OpenTheBreakerAtTheLimitAndCloseItLater) {
    int alarms = 0;
    for (int i = 0; i < 100; ++i) {
        ASSERT_EQ(objection_to(ordinary()), std::nullopt);
        alarms += note(ordinary(), answered(403)).breaker_opened ? 1 : 0;
    }

    EXPECT_EQ(alarms, 1);
    EXPECT_EQ(objection_to(ordinary()), errc::breaker_open);
    EXPECT_EQ(objection_to(interaction("a")), errc::breaker_open);
    EXPECT_EQ(objection_to(ordinary(), kStart + minutes(10)), errc::breaker_open);
    EXPECT_EQ(objection_to(ordinary(), kStart + minutes(11)), std::nullopt);
}

TEST_F(SafeguardsTest, MuteWhatWasRefusedAndLetTheProbeThrough) {
    const Call call = ordinary("1", "1/reply");
    EXPECT_TRUE(note(call, answered(403)).muted);
    EXPECT_EQ(objection_to(call), errc::muted);
    EXPECT_EQ(objection_to(ordinary("1", "1/reaction")), std::nullopt);

    const auto later = kStart + minutes(10);
    ASSERT_EQ(safeguards_.admit(call, later), Pass::probe);
    EXPECT_EQ(safeguards_.objection_to(call, Pass::probe, later), std::nullopt);
    EXPECT_EQ(objection_to(call, later), errc::muted);
    safeguards_.note(call, Pass::probe, answered(200), later);
    EXPECT_EQ(objection_to(call, later), std::nullopt);
}

TEST_F(SafeguardsTest, KeepAProbeWhileItIsRepeated) {
    const Call call = ordinary("1", "1/reply");
    note(call, answered(403));
    const auto later = kStart + minutes(10);
    ASSERT_EQ(safeguards_.admit(call, later), Pass::probe);

    safeguards_.note(call, Pass::probe, answered(429), later);
    safeguards_.note(call, Pass::probe, answered(500), later);

    EXPECT_EQ(objection_to(call, later), errc::muted);
    safeguards_.give_back(call);
    EXPECT_EQ(objection_to(call, later), std::nullopt);
}

TEST(Counters, TellOutcomesApart) {
    Counters counters;
    for (const int status : {200, 204, 302, 400, 403, 500, 504}) tally(counters, answered(status), {});
    tally(counters, judge(boost::system::errc::make_error_code(boost::system::errc::connection_reset)), {});
    for (const Scope scope : {Scope::user, Scope::shared, Scope::shared, Scope::global}) {
        ResponseLimits limits;
        limits.block = Block{.scope = scope, .retry_after = {}};
        Verdict verdict;
        verdict.outcome = Outcome::rate_limited;
        tally(counters, verdict, limits);
    }
    for (const errc why : {errc::muted, errc::too_old, errc::rate_limited, errc::queue_full, errc::queue_full,
                           errc::unauthorized, errc::breaker_open, errc::webhook_ended, errc::bad_route}) {
        tally(counters, why);
    }

    EXPECT_EQ(counters.succeeded, 2U);
    EXPECT_EQ(counters.refused, 3U);
    EXPECT_EQ(counters.server_errors, 2U);
    EXPECT_EQ(counters.unanswered, 1U);
    EXPECT_EQ(counters.limited_user, 1U);
    EXPECT_EQ(counters.limited_shared, 2U);
    EXPECT_EQ(counters.limited_global, 1U);
    EXPECT_EQ(counters.invalid, 1U);
    EXPECT_EQ(counters.muted, 1U);
    EXPECT_EQ(counters.dropped_old, 2U);
    EXPECT_EQ(counters.dropped_full, 2U);
    EXPECT_EQ(counters.stopped, 3U);
}

}  // namespace
}  // namespace nunchi::discord::rest
