// Answers that do not come, or are none (TW6, TW7).
#include <gmock/gmock.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/error.hpp>

#include "tests/unit/adapters/slack/web_api/web_scene.hpp"

namespace nunchi::slack::web_api {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::HasSubstr;
using testing::Not;

class SlackWebClientFailure : public WebScene {
protected:
    /// The first answer is this, all others are ok.
    void fail_once(const net::Response& response) {
        script_ = [this, response](const net::Request&) { return seen_.empty() ? response : ok(); };
    }
};

const std::vector<net::Response> kFailures = {
    json_response(500, ""),
    json_response(502, "<html>bad gateway</html>"),
    json_response(503, "upstream connect error or disconnect/reset before headers"),
    json_response(200, ""),
    json_response(200, "<html>"),
    error("internal_error"),
    error("fatal_error", 500),
};

TEST_F(SlackWebClientFailure, RepeatsWhatDoesNoHarmTwice) {
    for (const auto& failure : kFailures) {
        seen_.clear();
        fail_once(failure);
        EXPECT_TRUE(send(reaction())) << failure.status << failure.body;
        EXPECT_EQ(seen_.size(), 2U);
    }
    EXPECT_EQ(client().counters().of(Method::reactions_add).retries, kFailures.size());
    EXPECT_EQ(client().counters().of(Method::reactions_add).server_errors, kFailures.size());
}

TEST_F(SlackWebClientFailure, NeverPostsAMessageTwice) {
    for (const auto& failure : kFailures) {
        client_.reset();  // one message a second and channel
        seen_.clear();
        fail_once(failure);
        const auto answer = send(message());
        ASSERT_FALSE(answer) << failure.status << failure.body;
        EXPECT_EQ(answer.error().code, errc::outcome_unknown);
        EXPECT_EQ(seen_.size(), 1U);
        EXPECT_EQ(client().counters().of(Method::chat_post_message).outcome_unknown, 1U);
    }
}

TEST_F(SlackWebClientFailure, PostsAgainWhenSlackSaysThatItDidNothing) {
    for (const char* code : {"service_unavailable", "request_timeout", "team_added_to_org"}) {
        seen_.clear();
        fail_once(error(code));
        EXPECT_TRUE(send(call_of(Method::chat_post_ephemeral))) << code;
        EXPECT_EQ(seen_.size(), 2U);
    }
}

TEST_F(SlackWebClientFailure, DoesNotKnowTheOutcomeOfAMessageThatGotNoAnswer) {
    options_.request_timeout = milliseconds(50);
    script_ = [](const net::Request&) { return no_answer(); };
    EXPECT_EQ(send(message()).error().code, errc::outcome_unknown);
    EXPECT_EQ(seen_.size(), 1U);
    EXPECT_EQ(client().counters().of(Method::chat_post_message).unanswered, 1U);
}

TEST_F(SlackWebClientFailure, AsksAgainWhenAnAnswerDoesNotCome) {
    options_.request_timeout = milliseconds(100);
    fail_once(no_answer());
    EXPECT_TRUE(send(reaction()));
    EXPECT_EQ(seen_.size(), 2U);
}

TEST_F(SlackWebClientFailure, PostsAMessageWhoseConnectionNeverCameAbout) {
    options_.base_url = "http://127.0.0.1:1/api";
    const auto answer = send(message());
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, asio::error::connection_refused);
    EXPECT_EQ(client().counters().of(Method::chat_post_message).unanswered, 2U);
    EXPECT_EQ(client().counters().of(Method::chat_post_message).retries, 1U);
}

TEST_F(SlackWebClientFailure, GivesUpAfterTheRetries) {
    script_ = [](const net::Request&) { return json_response(503, "no"); };
    const auto answer = send(reaction());
    EXPECT_EQ(answer.error().code, errc::server_error);
    EXPECT_EQ(answer.error().status, 503);
    EXPECT_EQ(seen_.size(), 2U);
}

TEST_F(SlackWebClientFailure, EndsAtTheCallsAge) {
    script_ = [](const net::Request&) { return no_answer(); };
    Call call = reaction();
    call.max_age = milliseconds(100);
    const auto start = Clock::now();
    EXPECT_FALSE(send(call));
    EXPECT_LT(Clock::now() - start, seconds(2));
    EXPECT_EQ(seen_.size(), 1U);
}

TEST_F(SlackWebClientFailure, EndsWithTheCallThatWaits) {
    script_ = [](const net::Request&) { return no_answer(); };
    asio::cancellation_signal cancel;
    bool has_ended = false;
    asio::co_spawn(context_, client().send(reaction()),
                   asio::bind_cancellation_slot(
                       cancel.slot(), [&](const std::exception_ptr& thrown, const outcome<Answer>& answer) {
                           has_ended = thrown || !answer;
                           context_.stop();
                       }));
    asio::steady_timer timer(context_, milliseconds(50));
    timer.async_wait([&](boost::system::error_code) { cancel.emit(asio::cancellation_type::terminal); });
    context_.restart();
    context_.run_for(seconds(10));
    EXPECT_TRUE(has_ended);
    EXPECT_EQ(client().counters().waiting, 0U);
}

TEST_F(SlackWebClientFailure, LogsNeitherTextNorToken) {
    script_ = [](const net::Request&) { return error("no_text"); };
    const auto answer = send(message());
    EXPECT_THAT(answer.error().message, HasSubstr("chat.postMessage"));
    EXPECT_THAT(log_.str() + answer.error().message, Not(HasSubstr("words")));
    EXPECT_THAT(log_.str() + answer.error().message, Not(HasSubstr("xoxb")));
}

}  // namespace
}  // namespace nunchi::slack::web_api
