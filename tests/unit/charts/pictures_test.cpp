// What each picture must keep to whatever the numbers are: no text over another, none beyond the edge.
#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "charts/confusion_matrix.hpp"
#include "charts/reliability_diagram.hpp"
#include "charts/training_curves.hpp"
#include "tests/unit/charts/png_pixels.hpp"
#include "tests/unit/charts/without_korean_font.hpp"

namespace nunchi::charts {
namespace {

using testing::hide_korean_fonts;
using testing::PngPixels;

bool overlap(const Box& a, const Box& b) {
    return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

void expect_tidy(const Canvas& canvas) {
    const auto png = canvas.png();
    const PngPixels pixels(png);
    const auto& boxes = canvas.text_boxes();
    ASSERT_GT(boxes.size(), 5U);
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        EXPECT_GE(boxes[i].x, 16) << "text " << i;
        EXPECT_LE(boxes[i].x + boxes[i].width, pixels.width() - 16) << "text " << i;
        EXPECT_GE(boxes[i].y, 8) << "text " << i;
        EXPECT_LE(boxes[i].y + boxes[i].height, pixels.height() - 16) << "text " << i;
        for (std::size_t j = 0; j < i; ++j) EXPECT_FALSE(overlap(boxes[i], boxes[j])) << j << " and " << i;
    }
}

std::vector<Label> lines() {
    return {Label("a-model-folder-with-a-name-that-goes-on-and-on-and-on-for-ever@0123456789ab"),
            {"문장 1,234,567개로 평가", "on 1,234,567 sentences"},
            {"정확도 100.0 % · 매크로 F1 1.000 · 둘째 답까지 100.0 %",
             "accuracy 100.0 % · macro-F1 1.000 · top-2 100.0 %"}};
}

ConfusionMatrix matrix() {
    ConfusionMatrix made{.lines = lines(),
                         .labels = {{"공포", "fear"},
                                    {"놀람", "surprise"},
                                    {"분노", "anger"},
                                    {"슬픔", "sadness"},
                                    {"중립", "neutral"},
                                    {"행복", "happiness"},
                                    {"혐오", "disgust"}},
                         .counts = {}};
    made.counts.assign(7, std::vector<std::int64_t>(7, 0));
    made.counts[0] = {100000, 0, 0, 0, 0, 0, 0};
    made.counts[1] = {25000, 50000, 25000, 0, 0, 0, 0};
    return made;
}

ReliabilityDiagram reliability() {
    ReliabilityDiagram made{.lines = lines(), .bins = {}};
    for (int i = 0; i < 15; ++i) {
        made.bins.push_back(
            {i / 15.0, (i + 1) / 15.0, i % 3 == 0 ? 0 : 100000 * i, (i + 0.5) / 15, i / 15.0});
    }
    return made;
}

TrainingCurves curves(int epochs, double loss) {
    TrainingCurves made;
    made.lines = lines();
    for (int epoch = 1; epoch <= epochs; ++epoch) {
        made.training_loss.push_back({epoch, loss / epoch});
        made.training_accuracy.push_back({epoch, 1 - 1.0 / (epoch + 1)});
        made.validation_accuracy.push_back({epoch, 0.5});
        made.validation_macro_f1.push_back({epoch, 0.48});
    }
    made.best_epoch = epochs;
    return made;
}

std::vector<Canvas> all_pictures() {
    std::vector<Canvas> pictures;
    pictures.push_back(draw(matrix()));
    pictures.push_back(draw(reliability()));
    pictures.push_back(draw(ReliabilityDiagram{.lines = lines(), .bins = {}}));
    pictures.push_back(draw(curves(1, 1.9)));
    pictures.push_back(draw(curves(5, 0.001)));
    pictures.push_back(draw(curves(1000, 20000)));
    auto without_validation = curves(3, 2);
    without_validation.validation_accuracy.clear();
    without_validation.validation_macro_f1.clear();
    without_validation.best_epoch = 0;
    pictures.push_back(draw(without_validation));
    return pictures;
}

TEST(Pictures, KeepTheirTextsApart) {
    for (const auto& picture : all_pictures()) expect_tidy(picture);
}

TEST(Pictures, KeepTheirTextsApartWithoutAKoreanFont) {
    if (!hide_korean_fonts()) GTEST_SKIP() << "no font without Hangul is installed (fonts-dejavu-core)";
    for (const auto& picture : all_pictures()) expect_tidy(picture);
}

TEST(ConfusionMatrixPicture, IsDarkerWhereTheShareIsLarger) {
    const auto png = draw(matrix()).png();
    const PngPixels pixels(png);
    const auto shade = [&](int row, int column) {
        // The upper right corner of a cell, inside of its frame and beside its number.
        const double cell = (1080 - 150 - 2 * 56 + 20) / 7.0;
        const auto color = pixels.at(static_cast<int>(196 + cell * (column + 1)) - 12,
                                     static_cast<int>(430 + cell * row) + 12);
        return (color >> 16U & 0xFFU) + (color >> 8U & 0xFFU) + (color & 0xFFU);
    };

    EXPECT_LT(shade(0, 0), shade(1, 1));  // 100 % and 50 %
    EXPECT_LT(shade(1, 1), shade(1, 0));  // 50 % and 25 %
    EXPECT_LT(shade(1, 0), shade(0, 1));  // 25 % and 0 %
    EXPECT_EQ(shade(2, 3), shade(0, 1));  // a label without rows
}

}  // namespace
}  // namespace nunchi::charts
