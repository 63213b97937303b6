#include "bot/pipeline/korean_text.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <string_view>

namespace nunchi::pipeline {
namespace {

TEST(KoreanText, IsReadWhereSomebodySaidSomething) {
    for (const std::string_view text : {
             "행복해",
             "good 네 bye",
             "ㅋㅋ",
             "ㅠ ㅠ",
             "ㄷㄷ",
             "ㅇㅇ",
             "ㅋ 그래 ㅋ",
             "ᄒ\u1161\u11ABᄀ\u1173\u11AF",  // as macOS writes it: initial, vowel, final
             "ﾡﾡ",                            // half-width jamo
             "https://naver.com에서 봤어",    // a particle is glued to the address
             "https://naver.com/a에서",
             "<@123456> 안녕",
             "<https://example.com|예시> 이거 봐",
             "@minji 안녕",
             "@철수 뭐해",
             "`code` 이거 왜 안 돼",
             "```\nint main()\n``` 이게 뭐야",
             "``` 닫히지 않은 코드",
             "` 닫히지 않은 코드",
             "`줄이\n바뀐` 것",
             ":smile: 좋아",
             "3:30에 만나",
             "좋아:)",
             "<3 사랑해 >",
             "<- 이거 진짜 ->",
             "저녁@강남",  // not a mention: it follows a letter
             "이메일은 a@b.com 이야",
             "\xFF\xFE 행 \xC0",
             "< 안녕 >",
             "::안녕",
         }) {
        EXPECT_TRUE(has_korean(text)) << text;
    }
}

TEST(KoreanText, IsNotReadWhereNothingIsLeft) {
    for (const std::string_view text : {
             "",
             "hello",
             "ㅋ",
             "!!!",
             "😀😀",
             "日本語です",
             "1234",
             "https://namu.wiki/w/한국",
             "https://example.com/?q=행복&b=한글",
             "HTTPS://EXAMPLE.COM/한글",
             "www.example.com/한글/문서",
             "https://a.kr/한 https://b.kr/글",
             "<https://example.com|예시 링크>",
             "<#123|일반>",
             "<@&999>",
             "<@U123|민지>",
             "<!subteam^S1|@개발팀>",
             "<:웃음:123456>",
             "<a:춤:123456>",
             "<t:1700000000:R>",
             "</재학습:123>",
             "@철수",
             "@철수 @minji",
             ":웃음:",
             ":박수::하트:",
             "`변수`",
             "```\n// 한글 주석\n```",
             "```c++\n// 주석```\n```# 주석```",
             "``변수``",
             "\xEA\xB0",  // a syllable cut in two
             "\xED\xA0\x80",
             "\u3164\u3164",  // the Hangul filler is not a letter
             "\u1112",
         }) {
        EXPECT_FALSE(has_korean(text)) << text;
    }
}

std::string repeated(std::string_view piece, std::size_t bytes) {
    std::string text;
    while (text.size() < bytes) text += piece;
    return text;
}

// Every row takes far less than a millisecond; a quadratic walk takes seconds.
TEST(KoreanText, TakesBoundedTimeForAMebibyteOfAnything) {
    for (const std::string_view piece :
         {"a", "`", "```a", "``` `", "`` ` ", "<@", "<@<:", ":a", ":aaaaaaaaaaaaaaaaaaaa", "@", "@a", "@가",
          "http://", "www.", "https://가", "\xEA", "\xF0\x9F", "<!-", "\n`"}) {
        const std::string text = repeated(piece, 1 << 20);
        const auto begin = std::chrono::steady_clock::now();
        has_korean(text);
        EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::milliseconds(100)) << piece;
    }
}

TEST(KoreanText, LooksNoFurtherThanTheClassifierReads) {
    EXPECT_TRUE(has_korean(std::string(16 * 1024 - 1, 'a') + "행"));
    EXPECT_FALSE(has_korean(std::string(16 * 1024, 'a') + "행"));
}

}  // namespace
}  // namespace nunchi::pipeline
