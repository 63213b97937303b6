#include "adapters/web/session.hpp"

#include <gtest/gtest.h>

#include <string>

namespace nunchi::web {
namespace {

using namespace std::chrono_literals;

constexpr Session::TimePoint kStart{};

net::Frame text_frame(std::string payload) {
    return {.is_binary = false, .payload = std::move(payload)};
}

net::Frame hello(const std::string& locale = "ko") {
    return text_frame(
        R"({"type":"hello","v":1,"conversation":"0123456789abcdef0123456789abcdef","locale":")" + locale +
        "\"}");
}

net::Frame message(const std::string& text) {
    return text_frame(R"({"type":"message","id":"m","text":")" + text + "\"}");
}

Session greeted(SessionLimits limits = {}) {
    Session session(limits, kStart);
    session.on_frame(hello(), kStart);
    return session;
}

TEST(WebSession, BeginsWithHello) {
    Session session({}, kStart);
    const Step step = session.on_frame(hello("en"), kStart);
    EXPECT_EQ(std::get<Greet>(step).conversation, "0123456789abcdef0123456789abcdef");
    EXPECT_EQ(session.locale(), chat::Locale::english);
}

TEST(WebSession, EndsWhenAnythingElseComesFirst) {
    Session session({}, kStart);
    const Step step = session.on_frame(message("안녕"), kStart);
    EXPECT_EQ(std::get<End>(step).code, close_code::kRefused);
    EXPECT_EQ(std::get<End>(step).last->reason, "malformed");
}

TEST(WebSession, EndsAtASecondHello) {
    Session session = greeted();
    EXPECT_TRUE(std::holds_alternative<End>(session.on_frame(hello(), kStart)));
}

TEST(WebSession, TellsAnOldPageToReload) {
    Session session({}, kStart);
    const Step step = session.on_frame(text_frame(R"({"type":"hello","v":0})"), kStart);
    EXPECT_EQ(std::get<End>(step).last->reason, "version");
}

TEST(WebSession, EndsAtABinaryFrame) {
    Session session = greeted();
    EXPECT_TRUE(std::holds_alternative<End>(session.on_frame({.is_binary = true, .payload = "x"}, kStart)));
}

TEST(WebSession, DoesNothingAfterItsEnd) {
    Session session = greeted();
    session.on_frame(text_frame("?"), kStart);
    EXPECT_TRUE(std::holds_alternative<Nothing>(session.on_frame(message("안녕"), kStart)));
    EXPECT_TRUE(std::holds_alternative<Nothing>(session.on_time(kStart + 1h)));
}

TEST(WebSession, WaitsForHelloOnlySoLong) {
    Session session({.hello_within = 10s}, kStart);
    EXPECT_EQ(session.deadline(), kStart + 10s);
    EXPECT_TRUE(std::holds_alternative<Nothing>(session.on_time(kStart + 9s)));
    EXPECT_EQ(std::get<End>(session.on_time(kStart + 10s)).code, close_code::kNoHello);
}

TEST(WebSession, HasNoDeadlineAfterHello) {
    Session session = greeted();
    EXPECT_FALSE(session.deadline());
    EXPECT_TRUE(std::holds_alternative<Nothing>(session.on_time(kStart + 1h)));
}

TEST(WebSession, TakesMessagesQuestionsAndConfirmations) {
    Session session = greeted();
    EXPECT_EQ(std::get<Take>(session.on_frame(message("안녕"), kStart)).message.text, "안녕");
    const auto question = text_frame(R"({"type":"explain","id":"q","text":"글"})");
    EXPECT_EQ(std::get<Ask>(session.on_frame(question, kStart)).question.id, "q");
    const auto received = text_frame(R"({"type":"received","id":"r"})");
    EXPECT_EQ(std::get<Confirm>(session.on_frame(received, kStart)).id, "r");
}

TEST(WebSession, ObjectsToLongTextsByCharactersNotBytes) {
    Session session = greeted({.max_text = 3});
    EXPECT_TRUE(std::holds_alternative<Take>(session.on_frame(message("가나다"), kStart)));
    const Step step = session.on_frame(message("가나다라"), kStart);
    EXPECT_EQ(std::get<Object>(step).notice.kind, "too_long");
    EXPECT_EQ(std::get<Object>(step).notice.text, "한 번에 3자까지 읽을 수 있어요.");
}

TEST(WebSession, ObjectsToMessagesAndQuestionsThatComeTooFast) {
    Session session = greeted({.messages = {.per_second = 1, .burst = 2}});
    EXPECT_TRUE(std::holds_alternative<Take>(session.on_frame(message("하나"), kStart)));
    EXPECT_TRUE(std::holds_alternative<Take>(session.on_frame(message("둘"), kStart)));
    const auto question = text_frame(R"({"type":"explain","id":"q","text":"글"})");
    const Step step = session.on_frame(question, kStart);
    EXPECT_EQ(std::get<Object>(step).notice.id, "q");
    EXPECT_EQ(std::get<Object>(step).notice.kind, "too_fast");
    EXPECT_TRUE(std::holds_alternative<Take>(session.on_frame(message("셋"), kStart + 1s)));
}

TEST(WebSession, TakesAHundredMessagesAtOnce) {
    Session session = greeted();
    for (int i = 0; i < 100; ++i) {
        ASSERT_TRUE(std::holds_alternative<Take>(session.on_frame(message("안녕"), kStart))) << i;
    }
}

TEST(WebSession, SpeaksTheLanguageThatThePageSwitchedTo) {
    Session session = greeted({.max_text = 1});
    session.on_frame(text_frame(R"({"type":"locale","locale":"en"})"), kStart);
    const Step step = session.on_frame(message("가나"), kStart);
    EXPECT_EQ(std::get<Object>(step).notice.text, "I can read 1 characters at a time at most.");
}

}  // namespace
}  // namespace nunchi::web
