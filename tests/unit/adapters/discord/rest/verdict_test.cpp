#include "adapters/discord/rest/verdict.hpp"

#include <gtest/gtest.h>

#include <boost/asio/error.hpp>

#include "adapters/net/error.hpp"

namespace nunchi::discord::rest {
namespace {

namespace asio = boost::asio;

using nlohmann::json;

Reading reading_of(int status, const json& body = nullptr, const char* scope = "") {
    net::Response response =
        net::make_response(status, "application/json", body.is_null() ? "" : body.dump());
    if (*scope != '\0') response.headers.set("X-RateLimit-Scope", scope);
    return read_response(response);
}

Verdict verdict_of(int status, int code = 0, Lane lane = Lane::ordinary) {
    return judge(reading_of(status, {{"code", code}, {"message", "text"}}), lane);
}

TEST(ReadResponse, TakesABodyThatIsNoJsonAsNone) {
    for (const char* body : {"", "<html>", "{", "\xff\xfe", "nul"}) {
        EXPECT_TRUE(read_response(net::make_response(200, "text/html", body)).body.is_null()) << body;
    }
    EXPECT_EQ(read_response(net::make_response(200, "x", R"({"id":"1"})")).body["id"], "1");
}

TEST(ReadResponse, DropsWhatIsNestedTooDeepToBeCopied) {
    const std::string deep = std::string(1'000'000, '[') + std::string(1'000'000, ']');
    const std::string objects = R"({"id":"1","a":)" + deep + "}";

    const Reading reading = read_response(net::make_response(200, "x", objects));

    const json copy = reading.body;
    EXPECT_EQ(copy["id"], "1");
    EXPECT_LT(copy.dump().size(), 1000U);
    EXPECT_LT(read_response(net::make_response(500, "x", deep)).body.dump().size(), 1000U);
}

TEST(ReadResponse, LooksForAnErrorOnlyWhereOneIs) {
    EXPECT_EQ(reading_of(200, {{"code", 50035}}).error.code, 0);
    EXPECT_EQ(reading_of(400, {{"code", 50035}}).error.code, 50035);
}

TEST(Verdict, OfEachStatus) {
    for (const int status : {200, 201, 202, 204})
        EXPECT_EQ(verdict_of(status).outcome, Outcome::success) << status;
    for (const int status : {301, 302, 307, 308})
        EXPECT_EQ(verdict_of(status).outcome, Outcome::redirected) << status;
    for (const int status : {400, 401, 403, 404, 405, 409, 413, 418}) {
        EXPECT_EQ(verdict_of(status).outcome, Outcome::refused) << status;
    }
    EXPECT_EQ(verdict_of(429).outcome, Outcome::rate_limited);
    for (const int status : {500, 501, 502, 503, 521, 599})
        EXPECT_EQ(verdict_of(status).outcome, Outcome::failed) << status;
    EXPECT_EQ(verdict_of(504).outcome, Outcome::unknown);
}

struct Row {
    int status;
    int code;
    Outcome outcome;
    Mute mute;
    bool is_our_bug;
};

// The table of section 2.5 of the contract, with the statuses that Discord's documentation gives.
TEST(Verdict, OfEachErrorCode) {
    for (const Row& row : {
             Row{404, 10003, Outcome::refused, Mute::channel, false},
             Row{403, 50001, Outcome::refused, Mute::channel, false},
             Row{403, 50013, Outcome::refused, Mute::kind, false},
             Row{404, 10008, Outcome::refused, Mute::nothing, false},
             Row{400, 10014, Outcome::refused, Mute::nothing, true},
             Row{400, 20016, Outcome::refused, Mute::kind, false},
             Row{429, 20016, Outcome::rate_limited, Mute::nothing, false},
             Row{400, 30010, Outcome::refused, Mute::nothing, false},
             Row{403, 90001, Outcome::refused, Mute::nothing, false},
             Row{400, 40062, Outcome::failed, Mute::nothing, false},
             Row{503, 130000, Outcome::failed, Mute::nothing, false},
             Row{400, 50035, Outcome::refused, Mute::nothing, true},
             Row{400, 50083, Outcome::refused, Mute::nothing, false},
             Row{400, 160002, Outcome::refused, Mute::kind, false},
             // Unknown codes, and codes that repeat the status (D17): by the status.
             Row{403, 99999, Outcome::refused, Mute::kind, false},
             Row{403, 403, Outcome::refused, Mute::kind, false},
             Row{404, 404, Outcome::refused, Mute::nothing, false},
             Row{500, 500, Outcome::failed, Mute::nothing, false},
         }) {
        const Verdict verdict = verdict_of(row.status, row.code);
        EXPECT_EQ(verdict.outcome, row.outcome) << row.code;
        EXPECT_EQ(verdict.mute, row.mute) << row.code;
        EXPECT_EQ(verdict.is_our_bug, row.is_our_bug) << row.code;
        EXPECT_FALSE(verdict.is_token_refused) << row.code;
        EXPECT_FALSE(verdict.ends_webhook) << row.code;
    }
}

TEST(Verdict, RefusesTheTokenOnA401AndOnCode40001) {
    EXPECT_TRUE(verdict_of(401).is_token_refused);
    EXPECT_TRUE(verdict_of(401, 401).is_token_refused);
    EXPECT_TRUE(verdict_of(400, 40001).is_token_refused);
    EXPECT_TRUE(verdict_of(403, 40001).is_token_refused);
    EXPECT_EQ(verdict_of(403, 40001).mute, Mute::nothing);
    EXPECT_FALSE(verdict_of(403).is_token_refused);
    EXPECT_FALSE(verdict_of(400).is_token_refused);
}

TEST(Verdict, EndsOnlyTheWebhookOfAnInteraction) {
    for (const auto& [status, code] : {std::pair(401, 0), {404, 10015}, {404, 10062}, {404, 404}, {404, 0}}) {
        const Verdict verdict = verdict_of(status, code, Lane::interaction);
        EXPECT_TRUE(verdict.ends_webhook) << status << " " << code;
        EXPECT_FALSE(verdict.is_token_refused) << status << " " << code;
    }
    EXPECT_FALSE(verdict_of(404, 10008, Lane::interaction).ends_webhook);
    EXPECT_FALSE(verdict_of(400, 40060, Lane::interaction).ends_webhook);
    EXPECT_FALSE(verdict_of(403, 50013, Lane::interaction).ends_webhook);
    EXPECT_FALSE(verdict_of(404, 10015, Lane::ordinary).ends_webhook);
}

TEST(Verdict, CountsWhatDiscordCounts) {
    for (const Lane lane : {Lane::ordinary, Lane::interaction}) {
        EXPECT_TRUE(verdict_of(401, 0, lane).is_invalid);
        EXPECT_TRUE(verdict_of(403, 0, lane).is_invalid);
        EXPECT_TRUE(verdict_of(429, 0, lane).is_invalid);
        EXPECT_TRUE(judge(reading_of(429, nullptr, "user"), lane).is_invalid);
        EXPECT_TRUE(judge(reading_of(429, nullptr, "global"), lane).is_invalid);
        EXPECT_FALSE(judge(reading_of(429, nullptr, "shared"), lane).is_invalid);
        EXPECT_FALSE(verdict_of(404, 0, lane).is_invalid);
        EXPECT_FALSE(verdict_of(400, 0, lane).is_invalid);
        EXPECT_FALSE(verdict_of(500, 0, lane).is_invalid);
    }
}

TEST(Verdict, OfACallWithoutAnswer) {
    EXPECT_EQ(judge(net::make_error_code(net::errc::timed_out)).outcome, Outcome::unknown);
    EXPECT_EQ(judge(net::make_error_code(net::errc::closed)).outcome, Outcome::unknown);
    EXPECT_EQ(judge(asio::error::connection_reset).outcome, Outcome::unknown);
    EXPECT_EQ(judge(asio::error::connection_refused).outcome, Outcome::not_sent);
    EXPECT_EQ(judge(asio::error::host_not_found).outcome, Outcome::not_sent);
    EXPECT_EQ(judge(net::make_error_code(net::errc::plain_not_allowed)).outcome, Outcome::hopeless);
    EXPECT_EQ(judge(net::make_error_code(net::errc::bad_certificate)).outcome, Outcome::hopeless);
    EXPECT_EQ(judge(asio::error::operation_aborted).outcome, Outcome::cancelled);
    EXPECT_FALSE(judge(asio::error::connection_reset).is_invalid);
    EXPECT_FALSE(judge(asio::error::connection_reset).is_answered);
}

}  // namespace
}  // namespace nunchi::discord::rest
