#include "trainer/data/delimited.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace nunchi::data {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Fields = std::vector<std::string>;

/// All rows, or one row with the message of the first error.
std::vector<Fields> rows_of(const std::string& text, DelimitedOptions options = {}) {
    std::istringstream input(text);
    DelimitedReader reader(input, options);
    std::vector<Fields> rows;
    for (;;) {
        auto row = reader.next();
        if (!row) return {{"error: " + row.error().message}};
        if (!*row) return rows;
        rows.push_back((*row)->fields);
    }
}

TEST(Delimited, ReadsRowsWithEveryLineEnd) {
    EXPECT_THAT(rows_of("a,b\nc,d\r\ne,f\rg,h"),
                ElementsAre(Fields{"a", "b"}, Fields{"c", "d"}, Fields{"e", "f"}, Fields{"g", "h"}));
    EXPECT_THAT(rows_of("a\n"), ElementsAre(Fields{"a"}));
    EXPECT_THAT(rows_of(""), IsEmpty());
}

TEST(Delimited, KeepsEmptyFieldsAndLines) {
    EXPECT_THAT(rows_of(",\n\na,\n"), ElementsAre(Fields{"", ""}, Fields{""}, Fields{"a", ""}));
    EXPECT_THAT(rows_of("\"\"\n"), ElementsAre(Fields{""}));
}

TEST(Delimited, ReadsQuotedFields) {
    EXPECT_THAT(rows_of("\"a,b\",\"say \"\"hi\"\"\",\"two\r\nlines\"\nx\n"),
                ElementsAre(Fields{"a,b", "say \"hi\"", "two\r\nlines"}, Fields{"x"}));
}

TEST(Delimited, TakesAStrayQuotationMarkAsText) {
    EXPECT_THAT(rows_of("5\" screen,b\n"), ElementsAre(Fields{"5\" screen", "b"}));
    EXPECT_THAT(rows_of("\"quoted\" and more,b\n"), ElementsAre(Fields{"quoted and more", "b"}));
}

TEST(Delimited, LeavesQuotationMarksAloneWhenTold) {
    EXPECT_THAT(rows_of("\"안녕\" 하고\t인사\n", {.delimiter = '\t', .quotes = false}),
                ElementsAre(Fields{"\"안녕\" 하고", "인사"}));
}

TEST(Delimited, SkipsTheByteOrderMarkOnlyAtTheStart) {
    EXPECT_THAT(rows_of("\xEF\xBB\xBF\"a\",b\n\xEF\xBB\xBF\n"),
                ElementsAre(Fields{"a", "b"}, Fields{"\xEF\xBB\xBF"}));
    EXPECT_THAT(rows_of("\xEF\xBB\xBF"), IsEmpty());
}

TEST(Delimited, CountsLinesInsideQuotedFields) {
    std::istringstream input("a\r\n\"b\r\nb\"\r\nc\n");
    DelimitedReader reader(input);

    EXPECT_EQ((*reader.next())->line, 1u);
    EXPECT_EQ((*reader.next())->line, 2u);
    EXPECT_EQ((*reader.next())->line, 4u);
    EXPECT_FALSE(reader.next()->has_value());
}

TEST(Delimited, SaysWhereAnUnclosedQuotationMarkOpens) {
    EXPECT_THAT(rows_of("a\n\"b\nc\n")[0][0],
                HasSubstr("line 2: a quotation mark is opened and never closed"));
}

TEST(Delimited, RefusesFieldsAndRowsOverTheLimit) {
    const DelimitedOptions small{.max_field_bytes = 3, .max_fields = 2};
    EXPECT_THAT(rows_of("abc,\"abc\"\n", small), ElementsAre(Fields{"abc", "abc"}));
    EXPECT_THAT(rows_of("x\nabcd\n", small)[0][0], HasSubstr("line 2: a field is too long"));
    EXPECT_THAT(rows_of("\"abcd\"\n", small)[0][0], HasSubstr("line 1: a field is too long"));
    EXPECT_THAT(rows_of("a,b,c\n", small)[0][0], HasSubstr("line 1: too many fields"));
}

TEST(Delimited, IsAtItsEndAfterAnError) {
    std::istringstream input("abcd\nx\n");
    DelimitedReader reader(input, {.max_field_bytes = 3});
    ASSERT_FALSE(reader.next());

    const auto after = reader.next();

    ASSERT_TRUE(after);
    EXPECT_FALSE(after->has_value());
}

TEST(Delimited, RefusesUtf16) {
    EXPECT_THAT(rows_of(std::string("\xFF\xFE"
                                    "a\0,\0",
                                    6))[0][0],
                HasSubstr("UTF-16; save it as UTF-8"));
    EXPECT_THAT(rows_of("\xFE\xFF")[0][0], HasSubstr("UTF-16"));
}

TEST(Delimited, ChoosesTheDelimiterByNameAndHeader) {
    EXPECT_EQ(choose_delimiter("a.tsv", "a,b,c"), '\t');
    EXPECT_EQ(choose_delimiter("a.csv", "a,b\tc\td"), ',');
    EXPECT_EQ(choose_delimiter("a.csv", "text\tlabel"), '\t');
    EXPECT_EQ(choose_delimiter("a.csv", "text;label"), ';');
    EXPECT_EQ(choose_delimiter("a.txt", "text\tlabel"), '\t');
    EXPECT_EQ(choose_delimiter("a.txt", "text"), ',');
}

}  // namespace
}  // namespace nunchi::data
