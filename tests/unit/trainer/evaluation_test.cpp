#include "trainer/evaluation.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <vector>

#include "tests/unit/trainer/small_answers.hpp"
#include "trainer/evaluation_json.hpp"
#include "trainer/evaluation_markdown.hpp"
#include "trainer/evaluation_table.hpp"

namespace nunchi::trainer {
namespace {

using testing::answer;
using ::testing::HasSubstr;

std::vector<Answer> four_answers() {
    return {answer(0.9F, true), answer(0.8F, true), answer(0.6F, false), answer(0.5F, false)};
}

template <typename Shown>
std::string printed(const Shown& shown) {
    std::ostringstream out;
    print(out, shown);
    return out.str();
}

Metrics with_accuracy(double accuracy) {
    Metrics metrics;
    metrics.accuracy = accuracy;
    return metrics;
}

TEST(Evaluation, HoldsEveryFigureInItsJson) {
    auto answers = four_answers();
    answers[2].truth = api::Emotion::fear;  // of the equal rests the first: the second guess
    const auto json = to_json(evaluate(answers));

    EXPECT_EQ(json.at("rows"), 4);
    EXPECT_EQ(json.at("accuracy"), 0.5);
    EXPECT_EQ(json.at("top2_accuracy"), 0.75);
    EXPECT_NEAR(json.at("classes").at("분노").at("precision").get<double>(), 0.5, 1e-12);
    EXPECT_EQ(json.at("confusion").at("matrix")[2][2], 2);
    EXPECT_EQ(json.at("calibration").at("bins").size(), 15U);
    EXPECT_NEAR(json.at("calibration").at("ece").get<double>(), (0.1 + 0.2 + 0.6 + 0.5) / 4, 1e-6);
    EXPECT_EQ(json.at("selective")[2].at("accuracy"), 1);
    EXPECT_EQ(json.at("abstention").at("answered"), 1);
}

TEST(Evaluation, HoldsTheSameFiguresInItsTableAndItsMarkdown) {
    const auto evaluation = evaluate(four_answers());
    std::ostringstream markdown;
    write_markdown(markdown, to_json(evaluation));

    for (const auto& text : {printed(evaluation), markdown.str()}) {
        EXPECT_THAT(text, HasSubstr("0.5000"));
        EXPECT_THAT(text, HasSubstr("0.3500"));  // ECE
        EXPECT_THAT(text, HasSubstr("50 %"));
        EXPECT_THAT(text, HasSubstr("혐오"));
    }
    EXPECT_THAT(markdown.str(), HasSubstr("| 슬픔 | 0 | 0 | 2 | 0 | 0 | 0 | 0 |\n"));
    EXPECT_THAT(markdown.str(), HasSubstr("| 0.87–0.93 | 0.9000 | 1.0000 | 1 |\n"));
}

TEST(Comparison, TellsWhoIsRightWhere) {
    auto theirs = four_answers();
    theirs[0].emotion = api::Emotion::fear;

    const auto comparison = compare(four_answers(), theirs, "old@123");
    const auto json = to_json(comparison);
    std::ostringstream markdown;
    write_comparison_markdown(markdown, json);

    EXPECT_EQ(json.at("model"), "old@123");
    EXPECT_EQ(json.at("accuracy"), 0.25);
    EXPECT_EQ(json.at("difference").at("accuracy").at("value"), 0.25);
    EXPECT_EQ(json.at("difference").at("resamples"), 10'000);
    EXPECT_EQ(json.at("mcnemar").at("only_model"), 1);
    EXPECT_EQ(json.at("mcnemar").at("only_against"), 0);
    EXPECT_EQ(json.at("mcnemar").at("p_value"), 1);
    EXPECT_THAT(printed(comparison), HasSubstr("1 rows right here only, 0 there only"));
    EXPECT_THAT(printed(comparison), HasSubstr("may be chance"));
    EXPECT_THAT(markdown.str(), HasSubstr("### Against old@123"));
}

TEST(LeakageWarning, IsGivenAbove062) {
    EXPECT_FALSE(leakage_warning(with_accuracy(0.62)));
    ASSERT_TRUE(leakage_warning(with_accuracy(0.63)));
    EXPECT_THAT(*leakage_warning(with_accuracy(0.63)), HasSubstr("leakage until shown otherwise"));
}

}  // namespace
}  // namespace nunchi::trainer
