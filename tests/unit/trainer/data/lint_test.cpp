#include "trainer/data/lint.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "trainer/data/group_key.hpp"
#include "trainer/data/split.hpp"

namespace nunchi::data {
namespace {

using api::Emotion;

LabelledRows rows_of(const std::vector<std::pair<std::string, Emotion>>& list) {
    LabelledRows rows;
    for (const auto& [text, emotion] : list) rows.rows.push_back({text, emotion, rows.rows.size() + 2});
    return rows;
}

TEST(GroupKey, KeepsSyllablesLettersAndDigitsOnly) {
    EXPECT_EQ(group_key("오늘 2시?! ㅋㅋ OK😀"), "오늘2시OK");
    EXPECT_EQ(group_key("\xEF\xBC\xA1\xE2\x91\xA0"), "A1");  // Ａ①: NFKC
    EXPECT_EQ(group_key("\xE1\x84\x80\xE1\x85\xA1"), "가");  // decomposed
    EXPECT_EQ(group_key("ㅠㅠ…"), "");
    EXPECT_EQ(group_key("\xFF"), "\xFF");
}

TEST(Lint, CountsRepetitionsAndConflicts) {
    const auto report = lint(rows_of({{"좋다", Emotion::happiness},
                                      {"좋다", Emotion::happiness},
                                      {"좋다!!", Emotion::sadness},
                                      {"싫다", Emotion::disgust},
                                      {"싫다", Emotion::anger},
                                      {"ㅠㅠ", Emotion::sadness},
                                      {"ㅋㅋ", Emotion::happiness}}),
                             {});

    EXPECT_EQ(report.exact.groups, 2U);
    EXPECT_EQ(report.exact.rows, 4U);
    EXPECT_EQ(report.exact.surplus(), 2U);
    EXPECT_EQ(report.exact.conflicting_groups, 1U);
    EXPECT_EQ(report.exact.conflicting_rows, 2U);
    EXPECT_EQ(report.normalised.groups, 2U);  // what has no word in it is no group
    EXPECT_EQ(report.normalised.rows, 5U);
    EXPECT_EQ(report.normalised.conflicting_groups, 2U);
    EXPECT_EQ(report.conflicting_pairs.at({Emotion::anger, Emotion::disgust}), 1U);
    EXPECT_EQ(report.conflicting_pairs.at({Emotion::sadness, Emotion::happiness}), 2U);
}

TEST(Lint, FindsTwinsAcrossTheSplit) {
    const auto report = lint(rows_of({{"같은 말", Emotion::fear},
                                      {"같은말", Emotion::fear},
                                      {"다른 말", Emotion::fear},
                                      {"같은 말!", Emotion::anger},
                                      {"다른말", Emotion::anger}}),
                             {0, 4});

    EXPECT_EQ(report.test_rows, 2U);
    EXPECT_EQ(report.test_twins, 2U);
    EXPECT_EQ(report.test_twins_same_label, 1U);
}

TEST(Lint, SeesWhatIsSortedByLabel) {
    std::vector<std::pair<std::string, Emotion>> rows;
    for (int i = 0; i < 30; ++i)
        rows.emplace_back(std::to_string(i), i < 15 ? Emotion::fear : Emotion::anger);
    EXPECT_TRUE(lint(rows_of(rows), {}).is_sorted_by_label);
    std::swap(rows[3], rows[20]);
    EXPECT_FALSE(lint(rows_of(rows), {}).is_sorted_by_label);
}

TEST(Lint, MeasuresLengthsInCharacters) {
    const auto spread =
        lint(rows_of({{"가", Emotion::fear}, {"가나다", Emotion::fear}, {"😀ab", Emotion::fear}}), {})
            .characters;

    EXPECT_EQ(spread.shortest, 1U);
    EXPECT_EQ(spread.longest, 3U);
    EXPECT_EQ(spread.median, 3U);
    EXPECT_NEAR(spread.mean, 7.0 / 3, 1e-12);
}

/// The workbook that this project does not contain; the counts are those that pandas gives.
TEST(Lint, CountsTheAihubWorkbookAsItIs) {
    const char* folder = std::getenv("NUNCHI_SHARED_DATA");
    const auto shared = folder != nullptr ? std::filesystem::path(folder)
                                          : std::filesystem::path(NUNCHI_SOURCE_DIR) / "../shared/data";
    const auto path = shared / "aihub" / "aihub_single_utterance.xlsx";
    if (!std::filesystem::exists(path)) GTEST_SKIP() << path << " is not here";
    const auto rows = load_labelled(path);
    ASSERT_TRUE(rows);
    const auto split = split_like_notebook(rows->rows.size());
    const auto report = lint(*rows, split->test);

    EXPECT_EQ(report.rows, 38'594U);
    EXPECT_EQ(report.blank_rows, 1'000U);
    EXPECT_TRUE(report.is_sorted_by_label);
    EXPECT_EQ(report.exact.groups, 73U);
    EXPECT_EQ(report.exact.rows, 158U);
    EXPECT_EQ(report.exact.conflicting_groups, 19U);
    EXPECT_EQ(report.exact.conflicting_rows, 39U);
    EXPECT_EQ(report.normalised.groups, 201U);
    EXPECT_EQ(report.normalised.rows, 576U);
    EXPECT_EQ(report.normalised.conflicting_groups, 60U);
    EXPECT_EQ(report.normalised.conflicting_rows, 164U);
    EXPECT_EQ(report.conflicting_pairs.at({Emotion::fear, Emotion::sadness}), 58U);
    EXPECT_EQ(report.conflicting_pairs.at({Emotion::fear, Emotion::surprise}), 21U);
    EXPECT_EQ(report.conflicting_pairs.at({Emotion::sadness, Emotion::happiness}), 12U);
    EXPECT_EQ(report.test_twins, 90U);
    EXPECT_EQ(report.test_twins_same_label, 73U);
}

}  // namespace
}  // namespace nunchi::data
