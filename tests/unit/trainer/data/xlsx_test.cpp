#include "trainer/data/xlsx.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/unit/trainer/data/zip_bytes.hpp"

namespace nunchi::data {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::workbook;
using testing::workbook_entries;
using testing::zip_of;

std::span<const std::byte> as_bytes(const std::string& text) {
    return std::as_bytes(std::span(text.data(), text.size()));
}

std::string error_of(const std::string& file, const XlsxLimits& limits = {}) {
    const auto table = parse_xlsx(as_bytes(file), default_columns(), limits);
    return table ? "(no error)" : table.error().message;
}

/// An inline string cell.
std::string cell(const std::string& reference, const std::string& text) {
    return "<c r=\"" + reference + R"(" t="inlineStr"><is><t>)" + text + "</t></is></c>";
}

const std::string kHeader = "<row r=\"1\">" + cell("A1", "Sentence") + cell("B1", "Emotion") + "</row>";

std::string row(int number, const std::string& text, const std::string& label) {
    const std::string n = std::to_string(number);
    return "<row r=\"" + n + "\">" + cell("A" + n, text) + cell("B" + n, label) + "</row>";
}

/// The text of the only row below the header, whose sentence cell is this XML.
std::string text_of_cell(const std::string& xml, const std::string& shared_strings = "") {
    const std::string file =
        workbook(kHeader + "<row r=\"2\">" + xml + cell("B2", "행복") + "</row>", shared_strings);
    const auto table = parse_xlsx(as_bytes(file));
    if (!table) return "error: " + table.error().message;
    return table->rows.size() == 1 ? table->rows[0].text
                                   : "(" + std::to_string(table->rows.size()) + " rows)";
}

TEST(Xlsx, PicksTheColumnsByTheirHeaderAndIgnoresTheRest) {
    const std::string file =
        workbook("<row r=\"1\">" + cell("B1", " emotion ") + cell("D1", "Sentence") + cell("F1", "공포") +
                 "</row>" + "<row r=\"2\">" + cell("A2", "stray") + cell("B2", "슬픔") +
                 cell("D2", "비가 온다") + cell("F2", "12") + "</row>");

    const auto table = parse_xlsx(as_bytes(file));

    ASSERT_TRUE(table) << table.error().message;
    ASSERT_EQ(table->rows.size(), 1u);
    EXPECT_EQ(table->rows[0].number, 2u);
    EXPECT_EQ(table->rows[0].text, "비가 온다");
    EXPECT_EQ(table->rows[0].label, "슬픔");
}

TEST(Xlsx, TakesTheColumnsThatItIsGiven) {
    const std::string file =
        workbook("<row r=\"1\">" + cell("A1", "말") + cell("B1", "기분") + "</row>" + row(2, "좋다", "행복"));

    const auto table = parse_xlsx(as_bytes(file), {{"text", "label"}, {"말", "기분"}});

    ASSERT_TRUE(table) << table.error().message;
    EXPECT_EQ(table->rows[0].text, "좋다");
}

TEST(Xlsx, JoinsTheRunsOfRichTextWithoutPhoneticHints) {
    const std::string strings =
        "<si><t>plain</t></si>"
        "<si><r><rPr><b/></rPr><t>오늘</t></r><r><t xml:space=\"preserve\"> </t></r><r><t>좋다</t></r>"
        "<rPh sb=\"0\" eb=\"1\"><t>hint</t></rPh><phoneticPr fontId=\"1\"/></si>";

    EXPECT_EQ(text_of_cell(R"(<c r="A2" t="s"><v>1</v></c>)", strings), "오늘 좋다");
}

TEST(Xlsx, ReadsEveryKindOfCellAsText) {
    EXPECT_EQ(text_of_cell(R"(<c r="A2"><v>3.50</v></c>)"), "3.50");
    EXPECT_EQ(text_of_cell(R"(<c r="A2" t="n"><v>1E3</v></c>)"), "1E3");
    EXPECT_EQ(text_of_cell(R"(<c r="A2" t="b"><v>1</v></c>)"), "TRUE");
    EXPECT_EQ(text_of_cell(R"(<c r="A2" t="b"><v>0</v></c>)"), "FALSE");
    EXPECT_EQ(text_of_cell(R"(<c r="A2" t="str"><f>A1</f><v>a_x000A_b</v></c>)"), "a\nb");
    EXPECT_EQ(text_of_cell(R"(<c r="A2" t="inlineStr"><is><r><t>가</t></r><r><t>나</t></r></is></c>)"),
              "가나");
    EXPECT_EQ(text_of_cell(R"(<c t="inlineStr"><is><t>no reference</t></is></c>)"), "no reference");
}

TEST(Xlsx, KeepsTheTextByteForByte) {
    EXPECT_EQ(text_of_cell(cell("A2", "  앞뒤 공백  ")), "  앞뒤 공백  ");
    EXPECT_EQ(text_of_cell(cell("A2", "줄&#10;바꿈 &lt;b&gt; &amp;amp; &#x1F600;")), "줄\n바꿈 <b> &amp; 😀");
    EXPECT_EQ(text_of_cell(cell("A2", " <!-- c -->가<![CDATA[<나>]]> ")), " 가<나> ");
}

TEST(Xlsx, DecodesEscapesOfCodeUnits) {
    EXPECT_EQ(text_of_cell(cell("A2", "a_x000D_b_xAC00__x005F_x0041_")), "a\rb가_x0041_");
    EXPECT_EQ(text_of_cell(cell("A2", "_x12_ _xZZZZ_ _x-001_ _xD83D_ _x0041")),
              "_x12_ _xZZZZ_ _x-001_ _xD83D_ _x0041");
    EXPECT_EQ(text_of_cell(cell("A2", "_x00E9_")), "é");
}

TEST(Xlsx, CountsBlankRowsAndNamesHalfFilledOnes) {
    const std::string file = workbook(kHeader + row(2, "좋다", "행복") + row(3, "", "") + "<row r=\"4\"/>" +
                                      row(7, "라벨 없음", " ") + row(9, "", "분노") +
                                      "<row r=\"10\"><c r=\"A10\" s=\"1\"/><c r=\"B10\" s=\"1\"/></row>");

    const auto table = parse_xlsx(as_bytes(file));

    ASSERT_TRUE(table) << table.error().message;
    EXPECT_EQ(table->rows.size(), 1u);
    EXPECT_EQ(table->blank_rows, 3u);
    EXPECT_THAT(table->half_filled, ElementsAre(7, 9));
}

TEST(Xlsx, FollowsTheRelationsToTheFirstWorksheet) {
    auto entries = workbook_entries("", "");
    entries[1].second =
        R"(<x:workbook xmlns:x="w"><x:sheets><x:sheet sheetId="1" q:id="chart"/><x:sheet sheetId="2" q:id="rId1"/>)"
        R"(<x:sheet sheetId="3" q:id="other"/></x:sheets></x:workbook>)";
    entries[2].second =
        R"(<Relationships><Relationship Id="chart" Type="x/chartsheet" Target="chartsheets/sheet1.xml"/>)"
        R"(<Relationship Id="other" Type="x/worksheet" Target="worksheets/sheet1.xml"/>)"
        R"(<Relationship Id="rId1" Type="x/worksheet" Target="../data/here.xml"/></Relationships>)";
    entries.emplace_back("data/here.xml",
                         "<x:worksheet xmlns:x='w'><x:sheetData><x:row><x:c t='inlineStr'><x:is><x:t>text"
                         "</x:t></x:is></x:c><x:c t='inlineStr'><x:is><x:t>label</x:t></x:is></x:c>"
                         "</x:row></x:sheetData></x:worksheet>");

    const auto table = parse_xlsx(as_bytes(zip_of(entries)));

    ASSERT_TRUE(table) << table.error().message;
    EXPECT_THAT(table->rows, IsEmpty());
}

TEST(Xlsx, SaysWhichColumnsAreMissingOrTwiceThereWithoutQuotingCells) {
    const std::string no_header = error_of(workbook(row(3, "비밀 문장", "행복")));
    EXPECT_THAT(no_header,
                HasSubstr("row 3, the first that is not empty, names no columns Sentence and Emotion or"));
    EXPECT_THAT(no_header, ::testing::Not(HasSubstr("비밀")));
    EXPECT_THAT(error_of(workbook("<row r=\"1\">" + cell("A1", "text") + cell("B1", "label") +
                                  cell("C1", "Label") + "</row>")),
                HasSubstr("the column label stands there twice"));
    EXPECT_THAT(error_of(workbook("")), HasSubstr("there are no rows"));
}

TEST(Xlsx, NamesTheCellThatIsBroken) {
    EXPECT_THAT(error_of(workbook(R"(<row r="5"><c r="B5" t="s"><v>0</v></c></row>)")),
                HasSubstr("row 5: the cell in column 2 names a shared string that does not exist"));
    EXPECT_THAT(error_of(workbook(R"(<row r="5"><c t="s"><v>-1</v></c></row>)")), HasSubstr("shared string"));
    EXPECT_THAT(error_of(workbook(R"(<row r="5"><c r="5"/></row>)")), HasSubstr("malformed reference"));
    EXPECT_THAT(error_of(workbook(R"(<row r="5"><c r="ABCD5"/></row>)")), HasSubstr("malformed reference"));
}

TEST(Xlsx, IgnoresCellsFarToTheRight) {
    EXPECT_EQ(text_of_cell(cell("A2", "가") + cell("XFD2", "나")), "가");
}

TEST(Xlsx, LooksAsFarAsColumn256) {
    const auto headed = [](const std::string& last) {
        return workbook("<row r=\"1\">" + cell("A1", "text") + cell(last + "1", "label") + "</row>");
    };
    EXPECT_EQ(error_of(headed("IV")), "(no error)");
    EXPECT_THAT(error_of(headed("IW")), HasSubstr("names no columns"));
}

TEST(Xlsx, StopsAtTheSizeLimits) {
    const std::string file = workbook(kHeader + row(2, std::string(100'000, 'a'), "행복"));
    ASSERT_LT(file.size(), 5000u);
    ASSERT_EQ(error_of(file), "(no error)");

    EXPECT_THAT(error_of(file, {.part_bytes = 50'000}),
                HasSubstr("xl/worksheets/sheet1.xml unpacks to more than"));
    EXPECT_THAT(error_of(file, {.file_bytes = 1000}), HasSubstr("the workbook has more than"));
}

TEST(Xlsx, ExpandsNoEntities) {
    auto entries = workbook_entries(kHeader, "");
    entries[4].second =
        "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b SYSTEM \"/etc/passwd\">]>" + entries[4].second;
    entries[4].second.insert(entries[4].second.find("</sheetData>"), row(2, "&a;&b;", "행복"));

    const auto table = parse_xlsx(as_bytes(zip_of(entries)));

    ASSERT_TRUE(table) << table.error().message;
    EXPECT_EQ(table->rows[0].text, "&a;&b;");
}

TEST(Xlsx, RefusesAnArchiveCutOffAtAnyByte) {
    const std::string whole = workbook(kHeader + row(2, "가", "행복"));
    ASSERT_EQ(error_of(whole), "(no error)");

    for (std::size_t length = 0; length < whole.size(); ++length) {
        EXPECT_NE(error_of(whole.substr(0, length)), "(no error)") << "cut off after " << length << " bytes";
    }
}

TEST(Xlsx, NamesTheDamagedPart) {
    auto entries = workbook_entries(kHeader, "");
    entries[4].second = "<worksheet><sheetData><row></sheetData></worksheet>";
    EXPECT_THAT(error_of(zip_of(entries)), HasSubstr("xl/worksheets/sheet1.xml is no valid XML at byte"));
    entries.erase(entries.begin() + 4);
    EXPECT_THAT(error_of(zip_of(entries)), HasSubstr("lacks its part xl/worksheets/sheet1.xml"));
}

TEST(Xlsx, SaysWhatAForeignFileIs) {
    EXPECT_THAT(error_of("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), HasSubstr("save it as .xlsx"));
    std::string encrypted = "\xD0\xCF\x11\xE0";
    for (const char c : std::string("EncryptedPackage")) encrypted += {c, '\0'};
    EXPECT_THAT(error_of(encrypted), HasSubstr("remove its password"));
    EXPECT_THAT(error_of("Sentence,Emotion\n"), HasSubstr("name it .csv"));
    EXPECT_THAT(error_of(""), HasSubstr("not a workbook"));
    EXPECT_THAT(error_of("<html>"), HasSubstr("web page"));
    EXPECT_THAT(error_of(zip_of({{"content.xml", "<x/>"}})), HasSubstr(".ods"));
    EXPECT_THAT(error_of(zip_of({{"_rels/.rels", "<x/>"}, {"xl/workbook.bin", "x"}})), HasSubstr(".xlsb"));
    EXPECT_THAT(error_of(zip_of({{"_rels/.rels", "<x/>"}, {"word/document.xml", "<x/>"}})),
                HasSubstr("Word"));
    EXPECT_THAT(error_of(zip_of({{"a.txt", "x"}})), HasSubstr("not a workbook"));
}

TEST(Xlsx, ReadsAFileAndPutsItsPathInFrontOfErrors) {
    const auto path = std::filesystem::path(::testing::TempDir()) / "표.xlsx";
    std::ofstream(path, std::ios::binary) << workbook(kHeader + row(2, "가", "행복"));
    const auto table = read_xlsx(path);
    std::ofstream(path, std::ios::binary) << "text,label\n";
    const auto renamed = read_xlsx(path);
    std::filesystem::remove(path);

    ASSERT_TRUE(table) << table.error().message;
    EXPECT_EQ(table->rows.size(), 1u);
    ASSERT_FALSE(renamed);
    EXPECT_THAT(renamed.error().message, HasSubstr("표.xlsx: this is not a workbook"));
}

}  // namespace
}  // namespace nunchi::data
