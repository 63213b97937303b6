#include "config/escape.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

namespace nunchi::config {
namespace {

using namespace std::string_literals;

TEST(Escape, PrintableKeepsText) {
    EXPECT_EQ(printable("눈치 reads 😀 \"quotes\""), "눈치 reads 😀 \"quotes\"");
}

TEST(Escape, PrintableShowsControlCharactersAsHexadecimal) {
    EXPECT_EQ(printable(std::string_view("a\nb\x1b[31m\0\x7f", 10)), "a\\x0ab\\x1b[31m\\x00\\x7f");
    EXPECT_EQ(printable("\xC2\x9B"), "\\xc2\\x9b");  // U+009B, the one-character form of ESC [
}

TEST(Escape, PrintableShowsBytesThatAreNotUtf8AsHexadecimal) {
    EXPECT_EQ(printable("a\xFF"
                        "b\xED\xA0\x80"),
              "a\\xffb\\xed\\xa0\\x80");
}

TEST(Escape, PrintableCutsAtACharacter) {
    EXPECT_EQ(printable("가나다", 6), "가나…");
    EXPECT_EQ(printable("가나다", 7), "가나…");
    EXPECT_EQ(printable("가나다", 9), "가나다");
}

TEST(Escape, Utf8CharacterSizeFollowsUnicodeTable37) {
    EXPECT_EQ(utf8_character_size(""), 0U);
    EXPECT_EQ(utf8_character_size("a"), 1U);
    EXPECT_EQ(utf8_character_size("é"), 2U);
    EXPECT_EQ(utf8_character_size("눈치"), 3U);
    EXPECT_EQ(utf8_character_size("😀"), 4U);
    for (const char* broken :
         {"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xED\xA0\x80", "\xF0\x80\x80\x80",
          "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xE0\xA0", "\xF0\x9F\x98", "\xE2\x28\xA1"}) {
        EXPECT_EQ(utf8_character_size(broken), 0U) << printable(broken);
    }
}

TEST(Escape, JsonEscapedIsReadBackByAJsonParser) {
    const std::string text = "quote \" backslash \\ line\nreturn\r tab\t bell\a nul\0 눈치 😀"s;
    EXPECT_EQ(nlohmann::json::parse('"' + json_escaped(text) + '"').get<std::string>(), text);
}

TEST(Escape, JsonEscapedReplacesBytesThatAreNotUtf8) {
    EXPECT_EQ(json_escaped("a\xFF\xFE"
                           "b"),
              "a\xEF\xBF\xBD\xEF\xBF\xBD"
              "b");
}

}  // namespace
}  // namespace nunchi::config
