// Golden values: Python 3, bytes.decode("utf-8", errors="replace"), and table 3-8 of Unicode 15.
#include "classifier/text/utf8.hpp"

#include <gtest/gtest.h>

#include <string>

namespace nunchi::text {
namespace {

using namespace std::string_literals;

TEST(Utf8, ReplacesEachMaximalSubpartOnce) {
    EXPECT_EQ(decode_utf8("\x61\xF1\x80\x80\xE1\x80\xC2\x62\x80\x63\x80\xBF\x64"),
              U"a\uFFFD\uFFFD\uFFFDb\uFFFDc\uFFFD\uFFFDd");
}

TEST(Utf8, ReplacesOverlongSurrogateAndTooLargeByteByByte) {
    EXPECT_EQ(decode_utf8("\xC0\xAF"), U"\uFFFD\uFFFD");
    EXPECT_EQ(decode_utf8("\xE0\x80\xAF"), U"\uFFFD\uFFFD\uFFFD");
    EXPECT_EQ(decode_utf8("\xED\xA0\x80"), U"\uFFFD\uFFFD\uFFFD");
    EXPECT_EQ(decode_utf8("\xF4\x90\x80\x80"), U"\uFFFD\uFFFD\uFFFD\uFFFD");
    EXPECT_EQ(decode_utf8("\xF0\x80\x80\x80"), U"\uFFFD\uFFFD\uFFFD\uFFFD");
    EXPECT_EQ(decode_utf8("\xFE\xFF"), U"\uFFFD\uFFFD");
}

TEST(Utf8, ReplacesATextThatEndsInsideOfACharacterOnce) {
    EXPECT_EQ(decode_utf8("가\xF0\x9F\x98"), U"가\uFFFD");
    EXPECT_EQ(decode_utf8("\xEA\xB0"), U"\uFFFD");
}

TEST(Utf8, KeepsWellFormedTextOfEveryLength) {
    const std::string text = "a\x7F\u0080\u07FF\u0800\uD7FF\uE000\uFFFF\U00010000\U0010FFFF\0b"s;
    EXPECT_EQ(valid_utf8(text), text);
    EXPECT_EQ(encode_utf8(decode_utf8(text)), text);
}

TEST(Utf8, WritesTheReplacementForWhatIsNoCharacter) {
    EXPECT_EQ(encode_utf8(std::u32string{0xD800, 0xDFFF, 0x110000, 0xFFFFFFFF}), "\uFFFD\uFFFD\uFFFD\uFFFD");
}

TEST(Utf8, ReadsNoFurtherThanTheLimit) {
    EXPECT_EQ(decode_utf8("가나\xFF다", 3), U"가나\uFFFD");
}

}  // namespace
}  // namespace nunchi::text
