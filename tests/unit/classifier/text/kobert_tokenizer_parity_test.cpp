// KobertTokenizer against ids that KoBERTTokenizer gives.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <fstream>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <vector>

#include "classifier/text/spiece_proto.hpp"
#include "tests/unit/classifier/text/kobert.hpp"

namespace nunchi::text {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// A row of kobert_golden.tsv; its column `source` says where the ids come from.
struct GoldenRow {
    std::string kind;
    nlohmann::json text;
    nlohmann::json pieces;
    nlohmann::json ids;
};

std::vector<GoldenRow> golden_rows() {
    std::ifstream file(kKobertData / "kobert_golden.tsv");
    std::vector<GoldenRow> rows;
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with('#')) continue;
        std::array<std::string, 4> fields;
        std::size_t begin = 0;
        for (std::string& field : fields) {
            const std::size_t tab = line.find('\t', begin);
            field = line.substr(begin, tab - begin);
            begin = tab + 1;
        }
        // The gluonnlp row has ids only.
        const auto parsed = [](const std::string& field) {
            return field.empty() ? nlohmann::json() : nlohmann::json::parse(field);
        };
        rows.push_back({fields[0], parsed(fields[1]), parsed(fields[2]), parsed(fields[3])});
    }
    return rows;
}

GoldenRow golden_row_of_kind(std::string_view kind) {
    for (const GoldenRow& row : golden_rows()) {
        if (row.kind == kind) return row;
    }
    return {};
}

TEST(KobertTokenizerParity, EqualsAllGoldenSingleRowsInLiteralMode) {
    std::size_t rows = 0;
    for (const GoldenRow& row : golden_rows()) {
        if (row.kind != "public" && row.kind != "computed") continue;
        const auto text = row.text.get<std::string>();
        EXPECT_EQ(literal_ids(text), row.ids.get<Ids>()) << row.text;
        EXPECT_EQ(kobert().pieces(text, SpecialText::literal), row.pieces.get<std::vector<std::string>>());
        ++rows;
    }
    EXPECT_EQ(rows, 174U);
}

TEST(KobertTokenizerParity, FramesAPairAsTheGoldenRow) {
    const GoldenRow row = golden_row_of_kind("public-pair");
    const auto pair = kobert().encode_pair(row.text.at(0).get<std::string>(),
                                           row.text.at(1).get<std::string>(), SpecialText::literal);
    EXPECT_EQ(pair.ids, row.ids.get<Ids>());
    EXPECT_THAT(pair.token_types, ElementsAre(0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1));
}

TEST(KobertTokenizerParity, DoesNotSplitPunctuationAsGluonnlpDoes) {
    const GoldenRow row = golden_row_of_kind("public-gluonnlp-path-NOT-KoBERTTokenizer");
    const auto ids = kobert().encode(row.text.get<std::string>(), 64, SpecialText::literal);
    EXPECT_FALSE(ids.empty());
    EXPECT_NE(ids, row.ids.get<Ids>());
}

TEST(KobertTokenizerParity, ReproducesKobertsQuirks) {
    // Values: KoBERTTokenizer, as published in issues of its users or computed with transformers 4.57.6.
    EXPECT_THAT(literal_ids("셔"), ElementsAre(517, 6601));
    EXPECT_THAT(literal_ids("웻"), ElementsAre(517, 0));
    EXPECT_THAT(literal_ids("ㅋㅋㅠㅠ"), ElementsAre(517, 492, 7563, 0));
    EXPECT_THAT(literal_ids("ㅎㅏ"), ElementsAre(4924));
    EXPECT_THAT(literal_ids("가\u11A8"), ElementsAre(773));
    EXPECT_THAT(literal_ids("가\u0301\u11A8"), ElementsAre(773));
    EXPECT_THAT(literal_ids("\u1100\u1161\u11A8"), ElementsAre(773));
    EXPECT_THAT(literal_ids("1,000"), ElementsAre(517, 97));
    EXPECT_THAT(literal_ids("½"), ElementsAre(517, 117));
    EXPECT_THAT(literal_ids(""), IsEmpty());
    EXPECT_THAT(literal_ids(" \t\n\u3000"), IsEmpty());
}

TEST(KobertTokenizerParity, HasNoPieceForWhichTheDigitCommaRuleWouldFire) {
    const auto bytes = read_spiece_file(kKobertData / "spiece.model").value();
    const auto model = parse_spiece(std::as_bytes(std::span(bytes))).value();
    std::vector<std::string> ending_in_comma;
    for (const Piece& piece : model.pieces) {
        if (piece.text.size() > 1 && piece.text.ends_with(',')) ending_in_comma.push_back(piece.text);
    }
    // The rule asks for a digit before the comma.
    EXPECT_THAT(ending_in_comma, ElementsAre("',", "),", "\u2019,", "\u201D,"));
}

}  // namespace
}  // namespace nunchi::text
