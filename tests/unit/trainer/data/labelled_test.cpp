#include "trainer/data/labelled.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "tests/unit/trainer/data/zip_bytes.hpp"

namespace nunchi::data {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class Labelled : public ::testing::Test {
protected:
    Labelled() { std::filesystem::create_directories(folder_); }
    ~Labelled() override { std::filesystem::remove_all(folder_); }

    std::filesystem::path file(const std::string& name, const std::string& content) const {
        std::ofstream(folder_ / name, std::ios::binary) << content;
        return folder_ / name;
    }

    std::string error_of(const std::string& name, const std::string& content) const {
        const auto rows = load_labelled(file(name, content));
        return rows ? "(no error)" : rows.error().message;
    }

    // ctest runs each test as a process of its own, several at a time.
    std::filesystem::path folder_ =
        std::filesystem::path(::testing::TempDir()) /
        (std::string("labelled_") + ::testing::UnitTest::GetInstance()->current_test_info()->name());
};

TEST_F(Labelled, ReadsACsvFileWithKoreanAndEnglishLabels) {
    const auto rows = load_labelled(
        file("a.csv", "\xEF\xBB\xBFid,text,label\r\n1,\"비가, 온다\",슬픔\r\n2, 와! ,Surprise \r\n"));

    ASSERT_TRUE(rows) << rows.error().message;
    ASSERT_EQ(rows->rows.size(), 2u);
    EXPECT_EQ(rows->rows[0].text, "비가, 온다");
    EXPECT_EQ(rows->rows[0].emotion, api::Emotion::sadness);
    EXPECT_EQ(rows->rows[0].number, 2u);
    EXPECT_EQ(rows->rows[1].text, " 와! ");
    EXPECT_EQ(rows->rows[1].emotion, api::Emotion::surprise);
}

TEST_F(Labelled, ReadsATsvFileAndCountsRowsThatAreNotWhole) {
    const auto rows = load_labelled(file("a.tsv", "label\ttext\n행복\t좋다\n\n분노\n\t말만 있다\n"));

    ASSERT_TRUE(rows) << rows.error().message;
    EXPECT_EQ(rows->rows.size(), 1u);
    EXPECT_EQ(rows->blank_rows, 1u);
    EXPECT_THAT(rows->half_filled, ElementsAre(4, 5));
}

TEST_F(Labelled, ReadsAWorkbookWhateverItsName) {
    const std::string cells = R"(<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>)"
                              R"(<row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2" t="s"><v>3</v></c></row>)";
    const std::string strings =
        "<si><t>문장</t></si><si><t>감정</t></si><si><t>무섭다</t></si><si><t>공포</t></si>";

    const auto rows = load_labelled(file("download", testing::workbook(cells, strings)));

    ASSERT_TRUE(rows) << rows.error().message;
    ASSERT_EQ(rows->rows.size(), 1u);
    EXPECT_EQ(rows->rows[0].emotion, api::Emotion::fear);
}

TEST_F(Labelled, ListsUnknownLabelsWithTheirRowsAndTheNearestName) {
    const std::string error = error_of("a.csv", "text,label\n가,행복함\n나,행복\n다,anggr\n라,기분\n");

    EXPECT_THAT(error,
                HasSubstr("a.csv: 3 rows have a label that is none of 공포 놀람 분노 슬픔 중립 행복 혐오"));
    EXPECT_THAT(error, HasSubstr("row 2: \"행복함\" (did you mean 행복?)"));
    EXPECT_THAT(error, HasSubstr("row 4: \"anggr\" (did you mean anger?)"));
    EXPECT_THAT(error, HasSubstr("row 5: \"기분\""));
    EXPECT_THAT(error, Not(HasSubstr("row 3")));
}

TEST_F(Labelled, QuotesNoSentenceWhenTheColumnsAreSwapped) {
    const std::string error = error_of("a.csv", "text,label\n행복,오늘은 하루 종일 기분이 좋았다\n");

    EXPECT_THAT(error, HasSubstr("row 2: a text of 17 characters (are the columns swapped?)"));
    EXPECT_THAT(error, Not(HasSubstr("오늘")));
}

TEST_F(Labelled, ListsAtMostTwentyUnknownLabels) {
    std::string csv = "text,label\n";
    for (int i = 0; i < 25; ++i) csv += "가,몰라\n";

    const std::string error = error_of("a.csv", csv);

    EXPECT_THAT(error, HasSubstr("row 21: "));
    EXPECT_THAT(error, Not(HasSubstr("row 22: ")));
    EXPECT_THAT(error, HasSubstr("and 5 more"));
}

TEST_F(Labelled, PutsThePathInFrontOfErrors) {
    EXPECT_THAT(error_of("a.csv", "text,label\n\"가,행복\n"), HasSubstr("a.csv: line 2: a quotation mark"));
    EXPECT_THAT(error_of("a.csv", "가,나\n"), HasSubstr("a.csv: row 1"));
    EXPECT_THAT(error_of("a.xlsx", "text,label\n가,행복\n"), HasSubstr("a.xlsx: this is not a workbook"));
    EXPECT_THAT(error_of("empty.csv", ""), HasSubstr("empty.csv: cannot be read, is a folder, or is empty"));
    EXPECT_THAT(load_labelled(folder_).error().message, HasSubstr("is a folder"));
    EXPECT_THAT(load_labelled(folder_ / "missing").error().message, HasSubstr("cannot be read"));
}

TEST_F(Labelled, ReadsJsonLines) {
    const auto rows = load_labelled(file("a.jsonl",
                                         "{\"id\": 7, \"text\": \"비가\\n온다\", \"label\": \"슬픔\"}\n\n"
                                         "{\"label\": \"joy\", \"text\": null}\n"
                                         "{\"label\": \"행복\", \"text\": 1.5}\n"));

    ASSERT_TRUE(rows) << rows.error().message;
    ASSERT_EQ(rows->rows.size(), 2u);
    EXPECT_EQ(rows->rows[0].text, "비가\n온다");
    EXPECT_EQ(rows->rows[1].text, "1.5");
    EXPECT_THAT(rows->half_filled, ElementsAre(3));
    EXPECT_THAT(error_of("b.jsonl", "{\"text\": \"a\", \"label\": \"행복\"}\n{\"text\"\n"),
                HasSubstr("line 2"));
}

TEST_F(Labelled, ReadsWhatKoreanWindowsSaves) {
    const auto rows =
        load_labelled(file("a.csv", "text,label\n\xBA\xF1\xB0\xA1 \xBF\xCD\xBF\xE4,\xBD\xBD\xC7\xC4\n"));

    ASSERT_TRUE(rows) << rows.error().message;
    EXPECT_TRUE(rows->was_cp949);
    EXPECT_EQ(rows->rows[0].text, "비가 와요");
    EXPECT_EQ(rows->rows[0].emotion, api::Emotion::sadness);
    EXPECT_THAT(error_of("b.csv", "text,label\n\xFF\xFF,x\n"), HasSubstr("neither UTF-8 nor CP949"));
}

TEST_F(Labelled, TakesTheColumnsThatAreNamed) {
    const auto rows = load_labelled(file("a.csv", "text,말,기분\n1,좋다,행복\n"), {{"말", "기분"}});

    ASSERT_TRUE(rows) << rows.error().message;
    EXPECT_EQ(rows->rows[0].text, "좋다");
}

}  // namespace
}  // namespace nunchi::data
