#include "config/toml_document.hpp"

#include <gmock/gmock.h>

#include <string>

namespace nunchi::config {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string reason(std::string_view text) {
    const TomlDocument document = parse_toml(text);
    return document.error ? document.error->reason : "";
}

int error_line(std::string_view text) {
    const TomlDocument document = parse_toml(text);
    return document.error ? document.error->line : 0;
}

TEST(TomlDocument, ListsEntriesInTheOrderOfTheirLines) {
    const TomlDocument document =
        parse_toml("top = 1\n[log]\nlevel = \"info\"\n\n[classifier]\nthreads = 4\n");

    ASSERT_FALSE(document.error);
    ASSERT_EQ(document.entries.size(), 3U);
    EXPECT_EQ(document.entries[0].section, "");
    EXPECT_EQ(document.entries[0].key, "top");
    EXPECT_EQ(document.entries[1].section, "log");
    EXPECT_EQ(std::get<std::string>(document.entries[1].value), "info");
    EXPECT_EQ(document.entries[1].line, 3);
    EXPECT_EQ(document.entries[2].key, "threads");
    EXPECT_EQ(std::get<std::int64_t>(document.entries[2].value), 4);
    EXPECT_EQ(document.entries[2].line, 6);
    ASSERT_EQ(document.sections.size(), 2U);
    EXPECT_EQ(document.sections[0].name, "log");
    EXPECT_EQ(document.sections[1].line, 5);
}

TEST(TomlDocument, FlattensNestedSectionsAndDottedKeys) {
    const TomlDocument document = parse_toml("[bot.discord]\nshards = 2\n[a]\nb.c = true\n");

    ASSERT_EQ(document.entries.size(), 2U);
    EXPECT_EQ(document.entries[0].section, "bot.discord");
    EXPECT_EQ(document.entries[1].section, "a.b");
    EXPECT_EQ(document.entries[1].key, "c");
}

TEST(TomlDocument, TellsKindsOfValuesApart) {
    const TomlDocument document =
        parse_toml("a = 1.5\nb = true\nc = 1979-05-27\nd = [1]\ne = -0x0\nf = nan\n");

    ASSERT_FALSE(parse_toml("a = 1.5\n").error);
    ASSERT_TRUE(document.error);  // -0x0 is no TOML
    const TomlDocument valid = parse_toml("a = 1.5\nb = true\nc = 1979-05-27\nd = [1]\n[[e]]\nf = 1\n");
    ASSERT_EQ(valid.entries.size(), 5U);
    EXPECT_EQ(std::get<double>(valid.entries[0].value), 1.5);
    EXPECT_TRUE(std::get<bool>(valid.entries[1].value));
    EXPECT_EQ(std::get<ForeignValue>(valid.entries[2].value).kind, "a date");
    EXPECT_EQ(std::get<ForeignValue>(valid.entries[3].value).kind, "a list");
    EXPECT_EQ(std::get<ForeignValue>(valid.entries[4].value).kind, "a list");
}

TEST(TomlDocument, ReadsAnEmptyTextAndAByteOrderMark) {
    EXPECT_FALSE(parse_toml("").error);
    EXPECT_EQ(parse_toml("\xEF\xBB\xBF"
                         "a = 1\n")
                  .entries.size(),
              1U);
}

TEST(TomlDocument, ReadsKoreanInQuotesAndComments) {
    const TomlDocument document = parse_toml("# 주석\nname = \"눈치\" # 끝\n");

    ASSERT_EQ(document.entries.size(), 1U);
    EXPECT_EQ(std::get<std::string>(document.entries[0].value), "눈치");
}

TEST(TomlDocument, NamesTheLineOfASyntaxError) {
    EXPECT_EQ(error_line("a = 1\nb = \n"), 2);
    EXPECT_EQ(error_line("a = 1\n\nb\n"), 3);
    EXPECT_EQ(error_line("a = 1\nb = \"open\nc = 1\n"), 2);
}

TEST(TomlDocument, ASyntaxErrorLeavesNoEntries) {
    const TomlDocument document = parse_toml("[a]\nb = 1\nc = \n");

    EXPECT_TRUE(document.entries.empty());
    EXPECT_TRUE(document.sections.empty());
}

TEST(TomlDocument, DuplicateKeyIsAnErrorThatNamesIt) {
    EXPECT_THAT(reason("[a]\nthreads = 1\nthreads = 2\n"), HasSubstr("'threads'; remove one of the two"));
    EXPECT_EQ(error_line("[a]\nthreads = 1\nthreads = 2\n"), 3);
    EXPECT_THAT(reason("[a]\n[b]\n[a]\n"), HasSubstr("'a'; remove one of the two"));
}

TEST(TomlDocument, UnquotedTextAsksForQuotes) {
    EXPECT_THAT(reason("model = starter\n"), HasSubstr("put text between double quotes"));
    EXPECT_THAT(reason("model = 눈치\n"), HasSubstr("put text between double quotes"));
}

TEST(TomlDocument, NoReasonQuotesMoreThanOneCharacter) {
    for (const char* text : {"t = 'ab'hunter2\n", "t = nhunter2\n", "t = thunter2\n", "t = 1e9hunter2\n",
                             "t = 0xhunter2\n", "t = 123456789123456789123456789\n", "t = 1e99999\n",
                             "t = hunter2\n", "hunter2 t = 1\n", "t = fals3cret\n", "t = +infhunter2\n"}) {
        EXPECT_NE(reason(text), "") << text;
        EXPECT_THAT(reason(text), Not(HasSubstr("hu"))) << text;
        EXPECT_THAT(reason(text), Not(HasSubstr("fals3"))) << text;
        EXPECT_THAT(reason(text), Not(HasSubstr("123456"))) << text;
    }
}

TEST(TomlDocument, QuotesMayFollowEverySeparator) {
    EXPECT_EQ(reason("\"a\".\"b\"=\"c\"\n\t\"d\" = [\"e\",\"f\", {\"g\"=\"h\"}]\r\n\"i\"=1\n[\"j\"]\n"), "");
    EXPECT_EQ(reason("\xEF\xBB\xBF\"a\" = 1\n"), "");
}

TEST(TomlDocument, RefusesTextOverSeveralLines) {
    EXPECT_THAT(reason("a = \"\"\"\nb\n\"\"\"\n"), HasSubstr("several lines"));
    EXPECT_THAT(reason("a = '''\nb\n'''\n"), HasSubstr("several lines"));
    EXPECT_EQ(reason("a = \"\"\nb = ''\n"), "");
}

// Each of these broke toml++ 3.3 itself: undefined behaviour, a failed assertion, or the stack.
TEST(TomlDocument, SurvivesWhatBreaksTheParserBehindIt) {
    EXPECT_NE(reason("\xC3\xA9 = 1\n"), "");
    EXPECT_NE(reason("a = [}\n"), "");
    EXPECT_NE(reason("a = [1,}\n"), "");
    for (const char* value : {"7=\"d\u00ed\"", "7.\"d\u00ed\"", "7[\"d\u00ed\"]", "7{\"d\u00ed\"}"}) {
        EXPECT_NE(reason("a = " + std::string(value) + "\n"), "") << value;
        EXPECT_NE(reason("a = [1, " + std::string(value) + "]\n"), "") << value;
    }
    EXPECT_NE(reason("a = 7\"b\xC3\xAD\"\n"), "");
    EXPECT_NE(reason("a = \"\"\"\\\n\xC3\xAD\"\"\"\n"), "");
    std::string keys = "a";
    for (int i = 0; i < 200'000; ++i) keys += ".a";
    EXPECT_THAT(reason("[" + keys + "]\n"), HasSubstr("too many dots"));
    EXPECT_THAT(reason(keys + " = 1\n"), HasSubstr("too many dots"));
    EXPECT_THAT(reason("a = " + std::string(200'000, '[')), HasSubstr("nested too deeply"));
}

TEST(TomlDocument, DotsAndBracketsInTextDoNotCount) {
    EXPECT_EQ(
        reason("a = \"" + std::string(100, '.') + std::string(100, '[') + "\" # " + std::string(100, '.')),
        "");
    EXPECT_EQ(
        reason("a = [1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0]\n"),
        "");
    EXPECT_EQ(reason("a = \"\\\"]\"\nb = '\\'\nc = 1\n"), "");
}

TEST(TomlDocument, RefusesMoreThanOneMebibyte) {
    EXPECT_FALSE(parse_toml(std::string(kMaxTomlBytes, '\n')).error);
    EXPECT_THAT(reason(std::string(kMaxTomlBytes + 1, '\n')), HasSubstr("longer than 1 MiB"));
}

TEST(TomlDocument, SurvivesEveryByteInEveryPlaceOfAFile) {
    const std::string text = "[a]\nb = \"c\"\nd = [1, {e = 1.5}]\n";
    for (std::size_t place = 0; place <= text.size(); ++place) {
        for (int byte = 0; byte < 256; ++byte) {
            std::string changed = text;
            changed.insert(place, 1, static_cast<char>(byte));
            const TomlDocument document = parse_toml(changed);
            EXPECT_TRUE(document.error || !document.entries.empty());
        }
    }
}

}  // namespace
}  // namespace nunchi::config
