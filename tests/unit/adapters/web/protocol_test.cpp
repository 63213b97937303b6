#include "adapters/web/protocol.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <nlohmann/json.hpp>
#include <string>

namespace nunchi::web {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;

constexpr const char* kConversation = "0123456789abcdef0123456789abcdef";

json hello() {
    return {{"type", "hello"}, {"v", 1}, {"conversation", kConversation}, {"locale", "en"}};
}

errc error_of(const std::string& frame) {
    const auto parsed = parse_from_page(frame);
    EXPECT_TRUE(parsed.has_error()) << frame;
    return parsed ? errc{} : static_cast<errc>(parsed.error().value());
}

TEST(WebProtocol, ReadsHello) {
    const auto parsed = parse_from_page(hello().dump());
    ASSERT_TRUE(parsed);
    const auto& said = std::get<Hello>(*parsed);
    EXPECT_EQ(said.conversation, kConversation);
    EXPECT_EQ(said.locale, chat::Locale::english);
}

TEST(WebProtocol, ReadsMessagesAndQuestionsWithAnyText) {
    const std::string text = "오늘 \"정말\"\n좋아 😀<script>";
    const auto message = parse_from_page(json{{"type", "message"}, {"id", "a-1_Z"}, {"text", text}}.dump());
    ASSERT_TRUE(message);
    EXPECT_EQ(std::get<PageMessage>(*message).id, "a-1_Z");
    EXPECT_EQ(std::get<PageMessage>(*message).text, text);
    const auto question = parse_from_page(json{{"type", "explain"}, {"id", "b"}, {"text", text}}.dump());
    ASSERT_TRUE(question);
    EXPECT_EQ(std::get<PageQuestion>(*question).text, text);
}

TEST(WebProtocol, ReadsReceivedAndLocale) {
    const auto received = parse_from_page(R"({"type":"received","id":"x"})");
    ASSERT_TRUE(received);
    EXPECT_EQ(std::get<Received>(*received).id, "x");
    const auto locale = parse_from_page(R"({"type":"locale","locale":"ko"})");
    ASSERT_TRUE(locale);
    EXPECT_EQ(std::get<LocaleChange>(*locale).locale, chat::Locale::korean);
}

TEST(WebProtocol, PassesOverFieldsThatItDoesNotKnow) {
    auto frame = hello();
    frame["colour"] = {{"deep", {1, 2, 3}}};
    EXPECT_TRUE(parse_from_page(frame.dump()));
}

TEST(WebProtocol, TellsAnotherVersionApartFromNonsense) {
    auto frame = hello();
    frame["v"] = 2;
    EXPECT_EQ(error_of(frame.dump()), errc::wrong_version);
    frame["v"] = "1";
    EXPECT_EQ(error_of(frame.dump()), errc::malformed);
    frame["v"] = std::numeric_limits<std::uint64_t>::max();
    EXPECT_EQ(error_of(frame.dump()), errc::wrong_version);
}

TEST(WebProtocol, RefusesWhatIsNoMessage) {
    for (const char* frame :
         {"", "null", "[]", "7", "{}", "{", R"({"type":1})", R"({"type":"shout"})", R"({"type":"message"})",
          R"({"type":"message","id":"a"})", R"({"type":"message","id":"a","text":""})",
          R"({"type":"message","id":"","text":"x"})", R"({"type":"message","id":"a b","text":"x"})",
          R"({"type":"message","id":"a","text":7})", R"({"type":"message","id":"a","text":"\ud800"})",
          "{\"type\":\"message\",\"id\":\"a\",\"text\":\"\xFF\"}", R"({"type":"received","id":null})",
          R"({"type":"locale","locale":"fr"})", R"({"type":"locale"})"}) {
        EXPECT_EQ(error_of(frame), errc::malformed) << frame;
    }
}

TEST(WebProtocol, RefusesConversationsThatAreNot128Bits) {
    for (const char* conversation :
         {"", "0123456789abcdef", "0123456789ABCDEF0123456789ABCDEF", "0123456789abcdef0123456789abcdeg",
          "0123456789abcdef0123456789abcdef0"}) {
        auto frame = hello();
        frame["conversation"] = conversation;
        EXPECT_EQ(error_of(frame.dump()), errc::malformed) << conversation;
    }
}

TEST(WebProtocol, LimitsIdsAndFrames) {
    const auto message_with = [](const std::string& id, const std::string& text) {
        return json{{"type", "message"}, {"id", id}, {"text", text}}.dump();
    };
    EXPECT_TRUE(parse_from_page(message_with(std::string(kMaxId, 'a'), "x")));
    EXPECT_EQ(error_of(message_with(std::string(kMaxId + 1, 'a'), "x")), errc::malformed);
    const std::size_t frame_without_text = message_with("a", "").size();
    EXPECT_TRUE(parse_from_page(message_with("a", std::string(kMaxFrame - frame_without_text, 'x'))));
    EXPECT_EQ(error_of(message_with("a", std::string(kMaxFrame - frame_without_text + 1, 'x'))),
              errc::too_large);
}

TEST(WebProtocol, SurvivesDeepNesting) {
    EXPECT_EQ(error_of(std::string(kMaxFrame, '[')), errc::malformed);
}

TEST(WebProtocol, WritesAnswers) {
    chat::Reply reply;
    reply.to.message = "m1";
    reply.text = "입력하신 내용에서 행복이 느껴집니다.";
    reply.reading.scores = {{"happiness", "행복", 0.75F}, {"neutral", "중립", 0.25F}};
    reply.reading.elapsed = 2500us;
    reply.reading.model_id = "starter-1a2b";
    EXPECT_EQ(json::parse(to_json(reply)), json::parse(R"({
        "type": "answer", "id": "m1", "text": "입력하신 내용에서 행복이 느껴집니다.", "abstained": false,
        "scores": [{"emotion": "happiness", "name": "행복", "probability": 0.75},
                   {"emotion": "neutral", "name": "중립", "probability": 0.25}],
        "elapsed_ms": 2.5, "model": "starter-1a2b"})"));
}

TEST(WebProtocol, WritesExplanations) {
    chat::Explanation explanation;
    explanation.to.message = "m1";
    explanation.emotion_name = "행복";
    explanation.words = {{0, 6, 0.5F}, {7, 10, -0.25F}};
    explanation.text = "'정말'이 가장 컸어요.";
    EXPECT_EQ(json::parse(to_json(explanation)), json::parse(R"({
        "type": "explanation", "id": "m1", "emotion": "행복",
        "words": [{"begin": 0, "end": 6, "weight": 0.5}, {"begin": 7, "end": 10, "weight": -0.25}],
        "text": "'정말'이 가장 컸어요."})"));
}

TEST(WebProtocol, WritesTheSmallOnes) {
    EXPECT_EQ(to_json(Ack{"a"}), R"({"id":"a","type":"ack"})");
    EXPECT_EQ(to_json(PageNotice{"a", kind_of(chat::Notice::Kind::not_korean), "글"}),
              R"({"id":"a","kind":"not_korean","text":"글","type":"notice"})");
    EXPECT_EQ(to_json(Refused{"version", "글"}), R"({"reason":"version","text":"글","type":"refused"})");
    EXPECT_EQ(to_json(Welcome{2000, "m", "a"}),
              R"({"attribution":"a","max_text":2000,"model":"m","type":"welcome","v":1})");
}

TEST(WebProtocol, WritesBytesThatAreNoTextAsReplacementCharacters) {
    EXPECT_EQ(json::parse(to_json(Refused{"version", "a\xFF"}))["text"], "a\xEF\xBF\xBD");
}

TEST(WebProtocol, CountsCodePoints) {
    EXPECT_EQ(count_code_points(""), 0U);
    EXPECT_EQ(count_code_points("가나다 abc"), 7U);
    EXPECT_EQ(count_code_points("😀"), 1U);
}

}  // namespace
}  // namespace nunchi::web
