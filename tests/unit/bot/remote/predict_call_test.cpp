#include "bot/remote/predict_call.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace nunchi::remote {
namespace {

using namespace std::chrono_literals;

TEST(PredictBody, SendsABatchThatMayBeCut) {
    EXPECT_EQ(predict_body({"좋아요", "a\"b"}), R"({"inputs":[["좋아요"],["a\"b"]],"truncate":true})");
    EXPECT_EQ(predict_body({"하나"}), R"({"inputs":[["하나"]],"truncate":true})");
}

TEST(PredictBody, ReplacesBytesThatAreNoUtf8) {
    EXPECT_EQ(predict_body({"a\xff"
                            "b"}),
              R"({"inputs":[["a�b"]],"truncate":true})");
    EXPECT_TRUE(nlohmann::json::accept(predict_body({"\xed\xa0\x80", "\xf0\x9f"})));
}

TEST(PredictBody, SendsTheBeginningOfALongText) {
    std::string text;
    while (text.size() < 20'000) text += "가";
    const auto sent = nlohmann::json::parse(predict_body({text}))["inputs"][0][0].get<std::string>();
    EXPECT_EQ(sent.size(), 16'383U);  // The last character that fits whole: 5461 of three bytes.
    EXPECT_TRUE(text.starts_with(sent));
}

TEST(PredictHeaders, AreReadAsMillisecondsAndMeans) {
    net::Headers headers;
    headers.set("x-tokenization-time", "1");
    headers.set("x-queue-time", "20");
    headers.set("x-inference-time", "33");
    headers.set("x-compute-tokens", "29");
    EXPECT_EQ(timings_of(headers).tokenization, 1ms);
    EXPECT_EQ(timings_of(headers).queue, 20ms);
    EXPECT_EQ(timings_of(headers).inference, 33ms);
    EXPECT_EQ(mean_token_count(headers, 3), 10U);
}

TEST(PredictHeaders, AreZeroWhenMissingOrStrange) {
    net::Headers headers;
    EXPECT_EQ(mean_token_count(headers, 3), 0U);
    for (const char* value : {"", "-1", "1.5", "99999999999999999999", "x", "1 "}) {
        headers.set("x-queue-time", value);
        EXPECT_EQ(timings_of(headers).queue, 0ms) << value;
    }
}

TEST(Verdict, FollowsTheStatus) {
    EXPECT_EQ(verdict_on(200), Verdict::answered);
    EXPECT_EQ(verdict_on(400), Verdict::refused);
    EXPECT_EQ(verdict_on(422), Verdict::refused);
    EXPECT_EQ(verdict_on(401), Verdict::not_allowed);
    EXPECT_EQ(verdict_on(413), Verdict::too_large);
    EXPECT_EQ(verdict_on(429), Verdict::overloaded);
    EXPECT_EQ(verdict_on(503), Verdict::unavailable);
    for (const int status : {204, 302, 404, 424, 500})
        EXPECT_EQ(verdict_on(status), Verdict::failed) << status;
}

}  // namespace
}  // namespace nunchi::remote
