#include "adapters/discord/gateway/payload.hpp"

#include <gtest/gtest.h>

#include <string>

namespace nunchi::discord::gateway {
namespace {

using nlohmann::json;
using std::chrono::milliseconds;

TEST(GatewayPayload, ReadsADispatch) {
    const auto payload = parse_payload(R"({"op":0,"s":7,"t":"MESSAGE_CREATE","d":{"id":"1"},"extra":[]})");
    ASSERT_TRUE(payload);
    EXPECT_EQ(payload->op, 0);
    EXPECT_EQ(payload->sequence, 7);
    EXPECT_EQ(payload->type, "MESSAGE_CREATE");
    EXPECT_EQ(payload->data, json({{"id", "1"}}));
}

TEST(GatewayPayload, TakesZeroForASequence) {
    EXPECT_EQ(parse_payload(R"({"op":0,"s":0,"t":"READY","d":{}})")->sequence, 0);
}

TEST(GatewayPayload, HasNoSequenceWhereItIsNullMissingOrOdd) {
    for (const char* s : {"null", "-1", "\"7\"", "1.5", "[]", "99999999999999999999"}) {
        const auto payload = parse_payload(R"({"op":0,"t":"X","d":{},"s":)" + std::string(s) + "}");
        ASSERT_TRUE(payload) << s;
        EXPECT_EQ(payload->sequence, std::nullopt) << s;
    }
    EXPECT_EQ(parse_payload(R"({"op":11})")->sequence, std::nullopt);
}

TEST(GatewayPayload, RefusesWhatIsNoPayload) {
    for (const char* text :
         {"", "null", "[]", "1", "{", "{}", R"({"op":"0"})", R"({"op":null})", R"({"op":1.5})",
          R"({"op":99999999999})", "{\"op\":0,\"t\":\"\xff\"}", R"({"op":0}x)"}) {
        EXPECT_EQ(parse_payload(text).error(), errc::malformed) << text;
    }
}

TEST(GatewayPayload, KeepsUnknownOpsAndOddBodies) {
    EXPECT_EQ(parse_payload(R"({"op":-3})")->op, -3);
    EXPECT_TRUE(parse_payload(R"({"op":0,"t":7,"d":"text"})")->type.empty());
    EXPECT_TRUE(parse_payload(R"({"op":0,"t":"X"})")->data.is_null());
}

TEST(GatewayPayload, SurvivesDeepNesting) {
    const std::string deep =
        R"({"op":0,"t":"X","d":)" + std::string(100'000, '[') + std::string(100'000, ']') + "}";
    const auto payload = parse_payload(deep);
    ASSERT_TRUE(payload);
    EXPECT_LT(payload->data.dump().size(), 200U);
}

TEST(GatewayPayload, ReadsSeveralOfOneText) {
    const auto payloads = parse_payloads("{\"op\":0,\"t\":\"}{\\\"\"}\n{\"op\":11}{\"op\":1} ");
    ASSERT_EQ(payloads.size(), 3U);
    EXPECT_EQ(payloads[0]->type, "}{\"");
    EXPECT_EQ(payloads[1]->op, 11);
    EXPECT_EQ(payloads[2]->op, 1);
}

TEST(GatewayPayload, ReadsTheGoodOnesBesideABadOne) {
    const auto payloads = parse_payloads(R"({"op":}{"op":11})");
    ASSERT_EQ(payloads.size(), 2U);
    EXPECT_FALSE(payloads[0]);
    EXPECT_EQ(payloads[1]->op, 11);
    EXPECT_EQ(parse_payloads("]").size(), 1U);
    EXPECT_EQ(parse_payloads("}}").size(), 2U);
}

TEST(GatewayPayload, ReadsTheHeartbeatInterval) {
    EXPECT_EQ(heartbeat_interval(json{{"heartbeat_interval", 41250}}), milliseconds(41250));
    EXPECT_EQ(heartbeat_interval(json{{"heartbeat_interval", 30000.5}}), milliseconds(30000));
    for (const json& odd : {json(0), json(-5), json(1e300), json("41250"), json(nullptr), json(600'001)}) {
        EXPECT_EQ(heartbeat_interval(json{{"heartbeat_interval", odd}}), std::nullopt) << odd;
    }
    EXPECT_EQ(heartbeat_interval(json()), std::nullopt);
}

TEST(GatewayPayload, ReadsReadyInAnyShape) {
    const Ready ready =
        read_ready({{"v", 9}, {"session_id", "abc"}, {"resume_gateway_url", "wss://r"}, {"x", 1}});
    EXPECT_EQ(ready.session_id, "abc");
    EXPECT_EQ(ready.resume_gateway_url, "wss://r");
    EXPECT_EQ(read_ready({{"session_id", 17}}).session_id, "17");
    EXPECT_EQ(read_ready({{"session_id", json::array()}, {"resume_gateway_url", 5}}).session_id, "");
    EXPECT_EQ(read_ready(json("x")).resume_gateway_url, "");
}

TEST(GatewayPayload, TakesOnlyTrueForResumable) {
    EXPECT_TRUE(is_resumable(true));
    for (const json& no : {json(false), json(nullptr), json(1), json("true"), json::object()}) {
        EXPECT_FALSE(is_resumable(no)) << no;
    }
}

TEST(GatewayPayload, ReadsRateLimited) {
    const RateLimited limited =
        read_rate_limited({{"opcode", 8}, {"retry_after", 22.5}, {"meta", json::object()}});
    EXPECT_EQ(limited.opcode, 8);
    EXPECT_DOUBLE_EQ(limited.retry_after, 22.5);
    EXPECT_EQ(read_rate_limited({{"retry_after", -1}}).retry_after, 0);
    EXPECT_EQ(read_rate_limited(json()).opcode, 0);
}

TEST(GatewayPayload, WritesHeartbeats) {
    EXPECT_EQ(json::parse(write_heartbeat(std::nullopt)), (json{{"op", 1}, {"d", nullptr}}));
    EXPECT_EQ(json::parse(write_heartbeat(0)), (json{{"op", 1}, {"d", 0}}));
    EXPECT_EQ(json::parse(write_heartbeat(251)), (json{{"op", 1}, {"d", 251}}));
}

TEST(GatewayPayload, WritesIdentify) {
    const json identify = json::parse(
        write_identify({.token = config::Secret("tok"), .intents = 37377, .shard = 2, .shard_count = 5}));
    EXPECT_EQ(identify["op"], 2);
    const json& data = identify["d"];
    EXPECT_EQ(data["token"], "tok");
    EXPECT_EQ(data["intents"], 37377);
    EXPECT_EQ(data["shard"], json::array({2, 5}));
    EXPECT_EQ(data["compress"], false);
    EXPECT_EQ(data["large_threshold"], 50);
    EXPECT_EQ(data["properties"], (json{{"os", "linux"}, {"browser", "nunchi"}, {"device", "nunchi"}}));
}

TEST(GatewayPayload, WritesResume) {
    const json resume =
        json::parse(write_resume({.token = config::Secret("tok"), .session_id = "abc", .sequence = 42}));
    EXPECT_EQ(resume, (json{{"op", 6}, {"d", {{"token", "tok"}, {"session_id", "abc"}, {"seq", 42}}}}));
}

TEST(GatewayPayload, WritesATokenOfAnyCharacters) {
    const std::string text = write_identify({.token = config::Secret("\"\\\xff한\n")});
    EXPECT_EQ(json::parse(text)["d"]["token"], "\"\\\xef\xbf\xbd한\n");
    EXPECT_LT(write_identify({.token = config::Secret(std::string(500, 'x'))}).size(), kMaxSent);
}

}  // namespace
}  // namespace nunchi::discord::gateway
