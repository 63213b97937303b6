#include "trainer/model_card.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "tests/unit/trainer/small_answers.hpp"
#include "trainer/evaluation_json.hpp"

namespace nunchi::trainer {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kAihubWorkbook = "32d722103ba2d3398e4d1e18f4dafe69abb1bc69ec64549472fe0ec926843248";

model_folder::Manifest manifest(int right, int wrong) {
    std::vector<Answer> answers;
    for (int i = 0; i < right; ++i) answers.push_back(testing::answer(0.8F, true));
    for (int i = 0; i < wrong; ++i) answers.push_back(testing::answer(0.6F, false));
    model_folder::Manifest made;
    made.metrics = to_json(evaluate(answers));
    made.calibration.temperature = 1.5F;
    made.calibration.thresholds[api::index_of(api::Emotion::neutral)] = 0.4375F;
    made.provenance = nlohmann::ordered_json::parse(R"({
        "data": {"file": "sentences.csv", "sha256": "da7a", "rows": 420},
        "split": {"method": "notebook", "test_rows_sha256": "5b11"},
        "base": {"weights_sha256": "ba5e"},
        "fit": {"preset": "careful", "seed": 34, "best_epoch": 3},
        "calibration": {"rows": 42, "abstain_precision": 0.5},
        "software": {"nunchi": "0.1.0", "commit": "c0ffee", "libtorch": "2.13.0"}})");
    return made;
}

std::string card(const model_folder::Manifest& manifest) {
    model_folder::BertConfig config;
    config.labels = {"공포"};
    return model_card("mine", config, manifest);
}

TEST(ModelCard, TellsWhatTheModelIsMadeFrom) {
    const auto text = card(manifest(2, 2));

    for (const auto* row :
         {"| data, SHA-256 | da7a |", "| test rows, SHA-256 | 5b11 |", "| preset | careful |",
          "| seed | 34 |", "| commit | c0ffee |", "| libtorch | 2.13.0 |", "| base weights, SHA-256 | ba5e |",
          "| epoch that was kept | 3 |"}) {
        EXPECT_THAT(text, HasSubstr(row));
    }
}

TEST(ModelCard, ShowsAllFiguresAndTheCalibration) {
    const auto text = card(manifest(2, 2));

    EXPECT_THAT(text, HasSubstr("| 4 | 0.5000 | 0.3333 | 0.5000 | 0.4000 |"));
    EXPECT_THAT(text, HasSubstr("### Confusion"));
    EXPECT_THAT(text, HasSubstr("| 25 % | 1.0000 |"));
    EXPECT_THAT(text, HasSubstr("divided by the temperature 1.5000."));
    EXPECT_THAT(
        text,
        HasSubstr("of the 42 validation rows those with a named emotion are named right in a share of 0.5"));
    EXPECT_THAT(text, HasSubstr("| 0.0000 | 0.0000 | 0.0000 | 0.0000 | 0.4375 | 0.0000 | 0.0000 |"));
}

TEST(ModelCard, HasTheYardsticksOfTheAihubWorkbookOnly) {
    auto of_workbook = manifest(2, 2);
    of_workbook.provenance["data"]["sha256"] = kAihubWorkbook;

    EXPECT_THAT(card(of_workbook), HasSubstr("| **this model** | 0.5000 | 0.3333 |"));
    EXPECT_THAT(card(of_workbook), HasSubstr("| character n-grams | 0.5273 | 0.520 |"));
    EXPECT_THAT(card(of_workbook), HasSubstr("| a person | 0.589 ± 0.077 |"));
    EXPECT_THAT(card(manifest(2, 2)), Not(HasSubstr("n-grams")));
}

TEST(ModelCard, WarnsOfLeakage) {
    EXPECT_THAT(card(manifest(3, 1)), HasSubstr("leakage until shown otherwise"));
    EXPECT_THAT(card(manifest(2, 2)), Not(HasSubstr("leakage until shown otherwise")));
}

TEST(ModelCard, IsWrittenAlsoWhenAPathInItIsNotUtf8) {
    auto with_path = manifest(2, 2);
    with_path.provenance["data"]["file"] = "\xff.csv";

    EXPECT_THAT(card(with_path), HasSubstr("\xEF\xBF\xBD.csv"));
}

TEST(ModelCard, OfAnEncoderHasNoFigures) {
    EXPECT_THAT(model_card("encoder", {}, {}), HasSubstr("encoder without a classifier head"));
}

}  // namespace
}  // namespace nunchi::trainer
