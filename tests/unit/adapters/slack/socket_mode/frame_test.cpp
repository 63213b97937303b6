#include "adapters/slack/socket_mode/frame.hpp"

#include <gtest/gtest.h>

namespace nunchi::slack::socket_mode {
namespace {

TEST(ReadFrame, Hello) {
    const auto hello = read_frame(R"({"type":"hello","num_connections":3,"debug_info":{}})");
    EXPECT_EQ(std::get<Hello>(hello).connections, 3);
    EXPECT_EQ(std::get<Hello>(read_frame(R"({"type":"hello","num_connections":"x"})")).connections, 0);
}

TEST(ReadFrame, DisconnectReasons) {
    const auto farewell = [](const std::string& reason) {
        return std::get<Disconnect>(read_frame(R"({"type":"disconnect","reason":")" + reason + R"("})"))
            .farewell;
    };
    EXPECT_EQ(farewell("warning"), Farewell::refresh);
    EXPECT_EQ(farewell("refresh_requested"), Farewell::refresh);
    EXPECT_EQ(farewell("too_many_websockets"), Farewell::too_many_websockets);
    EXPECT_EQ(farewell("link_disabled"), Farewell::link_disabled);
    EXPECT_EQ(farewell("something_new"), Farewell::refresh);
    const auto without = std::get<Disconnect>(read_frame(R"({"type":"disconnect"})"));
    EXPECT_EQ(without.farewell, Farewell::refresh);
    EXPECT_EQ(without.reason, "?");
    // Goes into the log, so it holds nothing strange.
    EXPECT_EQ(std::get<Disconnect>(read_frame("{\"type\":\"disconnect\",\"reason\":\"a\\nb\"}")).reason, "?");
}

TEST(ReadFrame, Envelope) {
    const auto envelope = std::get<Envelope>(read_frame(
        R"({"envelope_id":"e1","type":"slash_commands","payload":{"text":"감정"},"accepts_response_payload":true,)"
        R"("retry_attempt":2,"retry_reason":"timeout"})"));
    EXPECT_EQ(envelope.id, "e1");
    EXPECT_EQ(envelope.kind, Kind::command);
    EXPECT_EQ(envelope.payload["text"], "감정");
    EXPECT_TRUE(envelope.takes_payload);
    EXPECT_EQ(envelope.retry_attempt, 2);
    EXPECT_EQ(envelope.retry_reason, "timeout");
    EXPECT_EQ(std::get<Envelope>(read_frame(R"({"envelope_id":"e2","type":"new_kind"})")).kind, Kind::other);
}

TEST(ReadFrame, SurvivesAnything) {
    const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
    for (const std::string& text :
         {std::string(), std::string("{"), std::string("[]"), std::string("5"), std::string(R"({"type":5})"),
          std::string("\xff\xfe"), deep, R"({"type":"events_api","payload":)" + deep + "}"}) {
        EXPECT_TRUE(std::holds_alternative<Unknown>(read_frame(text))) << text.substr(0, 40);
    }
}

TEST(Acknowledgement, HasAPayloadOnlyWhenThereIsOne) {
    EXPECT_EQ(acknowledgement("e1", nullptr), R"({"envelope_id":"e1"})");
    EXPECT_EQ(acknowledgement("e1", {{"text", "네"}}), R"({"envelope_id":"e1","payload":{"text":"네"}})");
}

}  // namespace
}  // namespace nunchi::slack::socket_mode
