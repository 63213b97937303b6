// The AI Hub workbook, which is not ours to distribute: the test reads it where it is and keeps no sentence
// of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "tests/unit/trainer/data/sha256.hpp"
#include "trainer/data/labelled.hpp"
#include "trainer/data/split.hpp"
#include "trainer/data/xlsx.hpp"

namespace nunchi::data {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::sha256_of;
using Counts = std::array<int, api::kEmotionCount>;

std::filesystem::path workbook_path() {
    const char* folder = std::getenv("NUNCHI_SHARED_DATA");
    const std::filesystem::path shared = folder != nullptr
                                             ? std::filesystem::path(folder)
                                             : std::filesystem::path(NUNCHI_SOURCE_DIR) / "../shared/data";
    return shared / "aihub" / "aihub_single_utterance.xlsx";
}

bool is_ci() {
    const char* value = std::getenv("CI");
    return value != nullptr && std::string_view(value) == "true";
}

class AihubWorkbook : public ::testing::Test {
protected:
    void SetUp() override {
        if (std::filesystem::exists(workbook_path())) return;
        if (is_ci()) FAIL() << workbook_path() << " is absent; set NUNCHI_SHARED_DATA";
        GTEST_SKIP() << workbook_path()
                     << " is absent; set NUNCHI_SHARED_DATA to the folder that holds aihub/";
    }
};

Counts counts_of(const LabelledRows& data, const std::vector<std::uint32_t>& indices) {
    Counts counts{};
    for (const std::uint32_t index : indices) ++counts[api::index_of(data.rows.at(index).emotion)];
    return counts;
}

TEST_F(AihubWorkbook, HoldsTheKnownRowsAndBlankRows) {
    const auto data = load_labelled(workbook_path());

    ASSERT_TRUE(data) << data.error().message;
    EXPECT_EQ(data->rows.size(), 38594u);
    EXPECT_EQ(data->blank_rows, 1000u);
    EXPECT_THAT(data->half_filled, IsEmpty());
    for (std::size_t i = 0; i < data->rows.size(); ++i) ASSERT_EQ(data->rows[i].number, i + 2);
}

TEST_F(AihubWorkbook, IsReadByteForByteAsByOpenpyxl) {
    const auto table = read_xlsx(workbook_path());

    ASSERT_TRUE(table) << table.error().message;
    std::string lines;
    for (const TableRow& row : table->rows) lines += row.text + "\t" + row.label + "\n";
    // openpyxl 3.1.5: sha256 of f"{a}\t{b}\n" of every row from 2 on in which A and B are not both None.
    EXPECT_EQ(sha256_of(lines), "4aabd3e8d54fe8d0cb27ab302e1af7d7702024de5cfc632264b0c91750266041");
}

TEST_F(AihubWorkbook, SplitsIntoTheClassCountsOfScikitLearn) {
    const auto data = load_labelled(workbook_path());
    ASSERT_TRUE(data) << data.error().message;

    const auto split = split_like_notebook(data->rows.size());

    ASSERT_TRUE(split) << split.error().message;
    EXPECT_THAT(counts_of(*data, split->train), ElementsAre(4399, 4730, 4534, 4207, 3826, 4839, 4340));
    EXPECT_THAT(counts_of(*data, split->test), ElementsAre(1069, 1168, 1131, 1060, 1004, 1198, 1089));
}

}  // namespace
}  // namespace nunchi::data
