#include "adapters/slack/web_api/stops.hpp"

#include <gtest/gtest.h>

namespace nunchi::slack::web_api {
namespace {

using std::chrono::minutes;

const Stops::TimePoint kStart{std::chrono::hours(1)};
const Stops::TimePoint kMuchLater = kStart + std::chrono::hours(1000);

Call call_of(Method method, const char* team = "T1", const char* token = "xoxb-1") {
    Call call;
    call.method = method;
    call.caller = {.team = team, .token = config::Secret(token)};
    return call;
}

class StopsTest : public testing::Test {
protected:
    Stops stops_{minutes(10)};
    Call add_ = call_of(Method::reactions_add);
    Call post_ = call_of(Method::chat_post_message);
    Call elsewhere_ = call_of(Method::reactions_add, "T2", "xoxb-2");
};

TEST_F(StopsTest, ObjectsToNothingAtFirst) {
    EXPECT_FALSE(stops_.objection_to(add_, kStart));
    EXPECT_FALSE(stops_.is_silenced("T1", kStart));
}

TEST_F(StopsTest, SilencesTheWorkspaceOfARefusedTokenForEver) {
    EXPECT_TRUE(stops_.note(add_, Remedy::stop_token, kStart));
    EXPECT_EQ(stops_.objection_to(post_, kMuchLater), errc::silenced);
    EXPECT_TRUE(stops_.is_silenced("T1", kMuchLater));
    EXPECT_FALSE(stops_.objection_to(elsewhere_, kStart));
    EXPECT_FALSE(stops_.note(add_, Remedy::stop_token, kStart)) << "told once";
}

TEST_F(StopsTest, LetsAnotherTokenOfTheWorkspaceSpeak) {
    stops_.note(add_, Remedy::stop_token, kStart);
    const Call renewed = call_of(Method::reactions_add, "T1", "xoxb-new");
    EXPECT_FALSE(stops_.objection_to(renewed, kStart));
    stops_.note_success(renewed);
    EXPECT_FALSE(stops_.is_silenced("T1", kStart));
}

TEST_F(StopsTest, IsNotLiftedByAnOlderAnswerToTheSameToken) {
    stops_.note(add_, Remedy::stop_token, kStart);
    stops_.note_success(post_);
    EXPECT_TRUE(stops_.is_silenced("T1", kStart));
}

TEST_F(StopsTest, LeavesAWorkspaceAloneForAWhile) {
    EXPECT_TRUE(stops_.note(add_, Remedy::stop_team_a_while, kStart));
    EXPECT_EQ(stops_.objection_to(post_, kStart + minutes(9)), errc::silenced);
    EXPECT_FALSE(stops_.objection_to(post_, kStart + minutes(10)));
    EXPECT_FALSE(stops_.is_silenced("T1", kStart + minutes(10)));
}

TEST_F(StopsTest, NeverShortensAStop) {
    stops_.note(add_, Remedy::stop_token, kStart);
    stops_.note(post_, Remedy::stop_team_a_while, kStart);
    EXPECT_EQ(stops_.objection_to(post_, kMuchLater), errc::silenced);
}

TEST_F(StopsTest, StopsOnlyTheMethodThatLacksAScope) {
    EXPECT_TRUE(stops_.note(add_, Remedy::stop_method_a_while, kStart));
    EXPECT_EQ(stops_.objection_to(add_, kStart + minutes(9)), errc::method_stopped);
    EXPECT_FALSE(stops_.objection_to(post_, kStart));
    EXPECT_FALSE(stops_.objection_to(elsewhere_, kStart));
    EXPECT_FALSE(stops_.is_silenced("T1", kStart));
    EXPECT_FALSE(stops_.objection_to(add_, kStart + minutes(10)));
}

TEST_F(StopsTest, IsNotImpressedByRoutineErrors) {
    for (const Remedy remedy : {Remedy::drop, Remedy::retry, Remedy::wait_told, Remedy::report_bug}) {
        EXPECT_FALSE(stops_.note(add_, remedy, kStart));
    }
    EXPECT_FALSE(stops_.objection_to(add_, kStart));
}

TEST_F(StopsTest, LetsThroughWhatCarriesNoToken) {
    stops_.note(add_, Remedy::stop_token, kStart);
    EXPECT_FALSE(stops_.objection_to(call_of(Method::response_url), kStart));
    EXPECT_FALSE(stops_.objection_to(call_of(Method::oauth_v2_access, "T1", ""), kStart));
}

}  // namespace
}  // namespace nunchi::slack::web_api
