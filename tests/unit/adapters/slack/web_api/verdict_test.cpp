#include "adapters/slack/web_api/verdict.hpp"

#include <gtest/gtest.h>

#include <boost/asio/error.hpp>

#include "adapters/net/error.hpp"

namespace nunchi::slack::web_api {
namespace {

namespace asio = boost::asio;

Verdict judge_answer(int status, const std::string& body, Method method = Method::users_info) {
    return judge(method, read_response(method, net::make_response(status, "application/json", body)));
}

Outcome outcome_of(const char* error, Method method) {
    return judge_answer(200, std::string(R"({"ok":false,"error":")") + error + "\"}", method).outcome;
}

TEST(Verdict, IsSuccessWhenSlackSaysOk) {
    EXPECT_EQ(judge_answer(200, R"({"ok":true})").outcome, Outcome::success);
}

TEST(Verdict, IsSuccessWhenItIsSoAlready) {
    EXPECT_EQ(outcome_of("already_reacted", Method::reactions_add), Outcome::success);
    EXPECT_EQ(outcome_of("no_reaction", Method::reactions_remove), Outcome::success);
    EXPECT_EQ(outcome_of("already_reacted", Method::reactions_remove), Outcome::refused);
    EXPECT_EQ(outcome_of("no_reaction", Method::reactions_add), Outcome::refused);
}

TEST(Verdict, TakesBothSpellingsOfTheRateLimit) {
    EXPECT_EQ(outcome_of("ratelimited", Method::users_info), Outcome::rate_limited);
    EXPECT_EQ(outcome_of("rate_limited", Method::chat_post_message), Outcome::rate_limited);
    EXPECT_EQ(judge_answer(429, "slow down").outcome, Outcome::rate_limited);
    EXPECT_EQ(judge_answer(429, R"({"ok":false,"error":"something_else"})").outcome, Outcome::rate_limited);
}

TEST(Verdict, DoesNotKnowTheOutcomeOfAFailure) {
    for (const int status : {500, 502, 503, 504}) {
        EXPECT_EQ(judge_answer(status, "upstream connect error").outcome, Outcome::unknown);
    }
    EXPECT_EQ(judge_answer(200, "<html>").outcome, Outcome::unknown);
    EXPECT_EQ(outcome_of("internal_error", Method::users_info), Outcome::unknown);
    EXPECT_EQ(outcome_of("fatal_error", Method::users_info), Outcome::unknown);
}

TEST(Verdict, BelievesSlackThatItDidNothing) {
    EXPECT_EQ(outcome_of("service_unavailable", Method::chat_post_message), Outcome::not_done);
    EXPECT_EQ(judge_answer(503, R"({"ok":false,"error":"service_unavailable"})").outcome, Outcome::not_done);
    EXPECT_EQ(outcome_of("request_timeout", Method::chat_post_message), Outcome::not_done);
}

TEST(Verdict, IsFinalForEverythingElse) {
    EXPECT_EQ(outcome_of("channel_not_found", Method::reactions_add), Outcome::refused);
    EXPECT_EQ(outcome_of("never_heard_of", Method::reactions_add), Outcome::refused);
    EXPECT_EQ(judge_answer(404, "not here").outcome, Outcome::refused);
    EXPECT_EQ(judge_answer(302, "").outcome, Outcome::redirected);
    const auto verdict = judge_answer(200, R"({"ok":false,"error":"invalid_auth"})");
    EXPECT_EQ(verdict.outcome, Outcome::refused);
    EXPECT_EQ(verdict.remedy, Remedy::stop_token);
}

TEST(Verdict, TellsWhatWasNeverSentFromWhatMayHaveArrived) {
    EXPECT_EQ(judge(asio::error::connection_refused).outcome, Outcome::not_sent);
    EXPECT_EQ(judge(asio::error::host_not_found).outcome, Outcome::not_sent);
    EXPECT_EQ(judge(make_error_code(net::errc::timed_out)).outcome, Outcome::unknown);
    EXPECT_EQ(judge(make_error_code(net::errc::closed)).outcome, Outcome::unknown);
    EXPECT_EQ(judge(asio::error::connection_reset).outcome, Outcome::unknown);
    EXPECT_EQ(judge(make_error_code(net::errc::bad_certificate)).outcome, Outcome::hopeless);
    EXPECT_EQ(judge(asio::error::operation_aborted).outcome, Outcome::cancelled);
    EXPECT_FALSE(judge(asio::error::connection_reset).is_answered);
}

}  // namespace
}  // namespace nunchi::slack::web_api
