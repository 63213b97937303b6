#include "adapters/slack/events/examine.hpp"

#include <gtest/gtest.h>

#include "tests/unit/adapters/slack/events/signing.hpp"

namespace nunchi::slack::events {
namespace {

using nlohmann::json;
using std::chrono::seconds;
using std::chrono::system_clock;

class Examine : public testing::Test {
protected:
    std::variant<Delivery, Settled> examine(const net::Request& request) {
        return events::examine(request, verifier_, rules_, now_);
    }
    Delivery delivery(const net::Request& request) {
        auto examined = examine(request);
        EXPECT_TRUE(std::holds_alternative<Delivery>(examined));
        return std::holds_alternative<Delivery>(examined) ? std::get<Delivery>(examined) : Delivery{};
    }
    Settled settled(const net::Request& request) {
        auto examined = examine(request);
        EXPECT_TRUE(std::holds_alternative<Settled>(examined));
        return std::holds_alternative<Settled>(examined) ? std::get<Settled>(examined) : Settled{};
    }
    void expect_end(const net::Request& request, Reason reason, int status, bool is_retried = true) {
        const Settled end = settled(request);
        EXPECT_EQ(end.reason, reason);
        EXPECT_EQ(end.response.status, status);
        EXPECT_EQ(end.response.headers.get("X-Slack-No-Retry"), is_retried ? "" : "1");
        EXPECT_TRUE(end.response.body.empty());
    }
    net::Request signed_at(seconds offset) const { return signed_json(kMessageEvent, now_ + offset); }
    net::Request json_of(const std::string& body) const { return signed_json(body, now_); }
    net::Request form_of(const std::string& body) const { return signed_form(body, now_); }

    system_clock::time_point now_{seconds(1'700'000'000)};
    Verifier verifier_ = Verifier::create(config::Secret(kSecret)).value();
    Rules rules_{.app_id = "A1"};
};

TEST_F(Examine, HandsOnAnEvent) {
    const Delivery event = delivery(signed_at(seconds(0)));
    EXPECT_EQ(event.kind, Kind::event);
    EXPECT_EQ(event.payload, json::parse(kMessageEvent));
    EXPECT_EQ(event.retry.number, 0);
}

TEST_F(Examine, HandsOnACommandAsItsFields) {
    const Delivery command =
        delivery(form_of("team_id=T1&api_app_id=A1&command=%2F%EB%88%88%EC%B9%98&text=%EC%84%A4%EC%A0%95"));
    EXPECT_EQ(command.kind, Kind::command);
    EXPECT_EQ(command.payload,
              json({{"team_id", "T1"}, {"api_app_id", "A1"}, {"command", "/눈치"}, {"text", "설정"}}));
}

TEST_F(Examine, HandsOnThePayloadOfAnInteraction) {
    const Delivery interaction =
        delivery(form_of("payload=%7B%22type%22%3A%22block_actions%22%2C%22api_app_id%22%3A%22A1%22%7D"));
    EXPECT_EQ(interaction.kind, Kind::interaction);
    EXPECT_EQ(interaction.payload, json({{"type", "block_actions"}, {"api_app_id", "A1"}}));
}

TEST_F(Examine, TakesContentTypesWithParameters) {
    auto request = signed_request("application/json; charset=utf-8", kMessageEvent, timestamp_of(now_));
    EXPECT_EQ(delivery(request).kind, Kind::event);
    request = signed_request("application/x-www-form-urlencoded; charset=utf-8", "command=%2Fnunchi",
                             timestamp_of(now_));
    EXPECT_EQ(delivery(request).kind, Kind::command);
}

TEST_F(Examine, RefusesAnUnknownContentType) {
    expect_end(signed_request("text/plain", kMessageEvent, timestamp_of(now_)), Reason::unknown_media_type,
               415, false);
    auto request = json_of(kMessageEvent);
    request.headers.erase("Content-Type");
    expect_end(request, Reason::unknown_media_type, 415, false);
}

TEST_F(Examine, RefusesWhatIsNotSigned) {
    const auto refused = [this](auto change) {
        auto request = json_of(kMessageEvent);
        change(request);
        expect_end(request, Reason::not_signed, 401);
    };
    refused([](auto& request) { request.headers.erase("X-Slack-Signature"); });
    refused([](auto& request) { request.headers.erase("X-Slack-Request-Timestamp"); });
    refused([](auto& request) { request.headers.set("X-Slack-Signature", ""); });
    refused([](auto& request) { request.headers.set("X-Slack-Signature", "v0=" + std::string(64, '0')); });
    refused([](auto& request) {
        request.headers.set("X-Slack-Signature",
                            "v1=" + std::string(request.headers.get("X-Slack-Signature")).substr(3));
    });
    refused([](auto& request) {
        request.headers.add("X-Slack-Signature", std::string(request.headers.get("X-Slack-Signature")));
    });
    refused([](auto& request) { request.headers.add("X-Slack-Request-Timestamp", "1"); });
    refused([](auto& request) { request.body += " "; });
    refused([](auto& request) {
        request.method = "GET";
        request.body.clear();
    });
}

TEST_F(Examine, KeepsTheWindowOnBothSides) {
    EXPECT_EQ(delivery(signed_at(seconds(-300))).kind, Kind::event);
    EXPECT_EQ(delivery(signed_at(seconds(300))).kind, Kind::event);
    expect_end(signed_at(seconds(-301)), Reason::not_signed, 401);
    expect_end(signed_at(seconds(301)), Reason::not_signed, 401);
    expect_end(signed_at(seconds(3600)), Reason::not_signed, 401);
    for (const char* timestamp : {"", "now", "1.7e9"}) {
        expect_end(signed_request("application/json", kMessageEvent, timestamp), Reason::not_signed, 401);
    }
}

TEST_F(Examine, AnswersAnSslCheckAndReadsNothingElseOfIt) {
    net::Request request;
    request.method = "POST";
    request.headers.set("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
    for (const char* body : {"ssl_check=1", "ssl_check=1&payload=%7B%22type%22%3A%22block_actions%22%7D",
                             "ssl_check=1&command=%2Fnunchi&text=x", "command=%2Fnunchi&ssl_check=1"}) {
        request.body = body;
        expect_end(request, Reason::ssl_check, 200);
    }
    request.body.clear();
    request.method = "GET";
    request.query = "ssl_check=1&token=x";
    expect_end(request, Reason::ssl_check, 200);
}

TEST_F(Examine, WantsASignatureForEveryOtherSslCheck) {
    net::Request request;
    request.method = "POST";
    request.headers.set("Content-Type", "application/x-www-form-urlencoded");
    for (const char* body : {"ssl_check=true", "ssl_check=2", "ssl%5Fcheck=1", ""}) {
        request.body = body;
        expect_end(request, Reason::not_signed, 401);
    }
    request.query = "ssl_check=1";
    expect_end(request, Reason::not_signed, 401);
    request.headers.set("Content-Type", "application/json");
    request.body = "ssl_check=1";
    expect_end(request, Reason::not_signed, 401);
}

TEST_F(Examine, VerifiesItsUrl) {
    const std::string body = R"({"token":"t","challenge":"3eZbrw1aB","type":"url_verification"})";
    const Settled end = settled(json_of(body));
    EXPECT_EQ(end.reason, Reason::url_verification);
    EXPECT_EQ(end.response.status, 200);
    EXPECT_EQ(end.response.headers.get("Content-Type"), "application/json");
    EXPECT_EQ(end.response.body, R"({"challenge":"3eZbrw1aB"})");

    auto unsigned_request = json_of(body);
    unsigned_request.headers.erase("X-Slack-Signature");
    expect_end(unsigned_request, Reason::not_signed, 401);
    expect_end(json_of(R"({"type":"url_verification"})"), Reason::unreadable, 400, false);
    expect_end(json_of(R"({"type":"url_verification","challenge":{}})"), Reason::unreadable, 400, false);
}

TEST_F(Examine, RefusesForGoodWhatCanNeverBeRead) {
    for (const char* body : {"", "{", "[]", "7", "null", "{\"type\":\"event_callback\"}x"}) {
        expect_end(json_of(body), Reason::unreadable, 400, false);
    }
    for (const char* body : {"payload=", "payload=%7B", "payload=%5B%5D", "command=%"}) {
        expect_end(form_of(body), Reason::unreadable, 400, false);
    }
    expect_end(json_of(std::string(100'000, '[')), Reason::unreadable, 400, false);
}

TEST_F(Examine, AcknowledgesWhatItDoesNotKnow) {
    expect_end(json_of(R"({"type":"new_in_2030"})"), Reason::unknown_type, 200);
    expect_end(json_of("{}"), Reason::unknown_type, 200);
    expect_end(json_of(R"({"type":7})"), Reason::unknown_type, 200);
    expect_end(form_of("a=b"), Reason::unknown_type, 200);
    expect_end(form_of(""), Reason::unknown_type, 200);
}

TEST_F(Examine, DoesNotStumbleOverAppRateLimited) {
    expect_end(json_of(R"({"token":"t","team_id":"T1","minute_rate_limited":1518467820,)"
                       R"("api_app_id":"A1","type":"app_rate_limited"})"),
               Reason::events_limited, 200);
}

TEST_F(Examine, RefusesWhatIsForAnotherApp) {
    expect_end(json_of(R"({"type":"event_callback","api_app_id":"A2"})"), Reason::foreign_app, 403, false);
    expect_end(form_of("command=%2Fx&api_app_id=A2"), Reason::foreign_app, 403, false);
    expect_end(form_of("payload=%7B%22api_app_id%22%3A%22A2%22%7D"), Reason::foreign_app, 403, false);
    rules_.app_id.clear();
    EXPECT_EQ(delivery(json_of(R"({"type":"event_callback","api_app_id":"A2"})")).kind, Kind::event);
}

TEST_F(Examine, NeedsNoVerificationToken) {
    EXPECT_EQ(delivery(json_of(R"({"type":"event_callback","api_app_id":"A1"})")).kind, Kind::event);
    EXPECT_EQ(delivery(json_of(R"({"type":"event_callback","api_app_id":"A1","token":"wrong"})")).kind,
              Kind::event);
}

TEST_F(Examine, TakesRetriesLikeFirstDeliveries) {
    auto request = json_of(kMessageEvent);
    request.headers.set("X-Slack-Retry-Num", "1");
    request.headers.set("X-Slack-Retry-Reason", "http_timeout");
    const Delivery event = delivery(request);
    EXPECT_EQ(event.payload["event_id"], "Ev1");
    EXPECT_EQ(event.retry.number, 1);
    EXPECT_EQ(event.retry.reason, RetryReason::http_timeout);
}

TEST_F(Examine, TakesBodiesUpToAMebibyte) {
    const auto body_of = [](std::size_t size) {
        const std::string head = R"({"type":"event_callback","x":")";
        return head + std::string(size - head.size() - 2, 'x') + "\"}";
    };
    EXPECT_EQ(delivery(json_of(body_of(16 * 1024 + 1))).kind, Kind::event);
    EXPECT_EQ(delivery(json_of(body_of(1024 * 1024))).kind, Kind::event);
    expect_end(json_of(body_of(1024 * 1024 + 1)), Reason::too_large, 413);
}

TEST_F(Examine, DropsWhatIsNestedTooDeep) {
    const std::string deep = std::string(5'000, '[') + std::string(5'000, ']');
    const Delivery event = delivery(json_of(R"({"type":"event_callback","x":)" + deep + "}"));
    EXPECT_LT(event.payload.dump().size(), 300U);
}

}  // namespace
}  // namespace nunchi::slack::events
