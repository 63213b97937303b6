#include "bot/pipeline/code_point.hpp"

#include <gtest/gtest.h>

#include <utility>

namespace nunchi::pipeline {
namespace {

TEST(CodePoint, ReadsEachLengthOfSequence) {
    const std::string_view text = "a\u00E9행\U0001F600";
    EXPECT_EQ(code_point_at(text, 0).value, U'a');
    EXPECT_EQ(code_point_at(text, 1).value, U'\u00E9');
    EXPECT_EQ(code_point_at(text, 1).length, 2U);
    EXPECT_EQ(code_point_at(text, 3).value, U'행');
    EXPECT_EQ(code_point_at(text, 3).length, 3U);
    EXPECT_EQ(code_point_at(text, 6).value, U'\U0001F600');
    EXPECT_EQ(code_point_at(text, 6).length, 4U);
}

// Unicode 15, table 3-7: what is not well formed.
TEST(CodePoint, TakesOneByteOfWhatIsIllFormed) {
    for (const std::string_view bytes :
         {"\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xC3", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xED\xBF\xBF",
          "\xEA\xB0", "\xEA\xB0x", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF"}) {
        EXPECT_EQ(code_point_at(bytes, 0).value, 0xFFFDU) << testing::PrintToString(bytes);
        EXPECT_EQ(code_point_at(bytes, 0).length, 1U) << testing::PrintToString(bytes);
    }
}

TEST(CodePoint, ShortensByCodePointsAndRepairs) {
    EXPECT_EQ(shortened("행복해", 3), "행복해");
    EXPECT_EQ(shortened("행복해요", 3), "행복해…");
    EXPECT_EQ(shortened("a\xFF"
                        "b",
                        9),
              "a\uFFFDb");
    EXPECT_EQ(shortened("\uFFFD", 9), "\uFFFD");
    EXPECT_EQ(shortened("", 0), "");
}

TEST(CodePoint, BeginningNeverCutsASequence) {
    EXPECT_EQ(beginning_of("ab행", 2), "ab");
    EXPECT_EQ(beginning_of("ab행", 3), "ab");
    EXPECT_EQ(beginning_of("ab행", 4), "ab");
    EXPECT_EQ(beginning_of("ab행", 5), "ab행");
    EXPECT_EQ(beginning_of("ab행", 99), "ab행");
    EXPECT_EQ(beginning_of("\U0001F600x", 3), "");
    EXPECT_EQ(beginning_of("\U0001F600x", 4), "\U0001F600");
    // Broken bytes belong to nothing that could be cut.
    EXPECT_EQ(beginning_of("\xEA\xEA\xEA\xEA", 2), "\xEA\xEA");
}

TEST(CodePoint, KnowsTheSpacesThatKoreansType) {
    for (const char32_t space : {U' ', U'\t', U'\n', U'\u00A0', U'\u3000', U'\u200B'}) {
        EXPECT_TRUE(is_space(space));
    }
    for (const char32_t letter : {U'a', U'행', U'ㅋ', U'\uFFFD', U'.'}) EXPECT_FALSE(is_space(letter));
}

}  // namespace
}  // namespace nunchi::pipeline
