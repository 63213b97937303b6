#include "charts/confusion_matrix.hpp"

#include <numeric>

#include "charts/axes.hpp"
#include "charts/heading.hpp"

namespace nunchi::charts {
namespace {

constexpr int kWidth = 1080;
constexpr double kLabelWidth = 150;
constexpr double kGridWidth = kWidth - kLabelWidth - 2 * kMargin + 20;
constexpr double kFromGridToBottom = 230;

struct Grid {
    double x;
    double y;
    double cell;

    Box box(std::size_t row, std::size_t column) const {
        return {x + cell * static_cast<double>(column), y + cell * static_cast<double>(row), cell, cell};
    }
};

Point centre(const Box& box) {
    return {box.x + box.width / 2, box.y + box.height / 2};
}

void draw_cell(Canvas& canvas, const Box& box, double share, std::int64_t count) {
    const auto color = blues(share);
    const auto middle = centre(box);
    canvas.fill({box.x + 1, box.y + 1, box.width - 2, box.height - 2}, color);
    canvas.text(
        {middle.x, middle.y - 0.13 * box.height}, Label(fixed(100 * share, 0)),
        {.size = 0.34 * box.height, .color = readable_on(color), .align = Align::centre, .is_bold = true});
    canvas.text({middle.x, middle.y + 0.26 * box.height}, Label(grouped(count)),
                {.size = 0.21 * box.height, .color = readable_on(color), .align = Align::centre});
}

void draw_labels(Canvas& canvas, const Grid& grid, const std::vector<Label>& labels) {
    // English names are about twice as long.
    const TextStyle style{.size = canvas.has_korean_font() ? 38.0 : 18.0,
                          .align = Align::centre,
                          .is_bold = true,
                          .max_width = grid.cell - 6};
    for (std::size_t i = 0; i < labels.size(); ++i) {
        const auto middle = centre(grid.box(i, i));
        canvas.text({middle.x, grid.y - 34}, labels[i], style);
        canvas.text({grid.x - kLabelWidth / 2 - 4, middle.y}, labels[i], style);
    }
    const TextStyle title{.size = 32, .color = kFaintInk, .align = Align::centre};
    canvas.text({grid.x + grid.cell * static_cast<double>(labels.size()) / 2, grid.y - 90},
                {"모델의 답", "the model's answer"}, title);
    canvas.text({grid.x - kLabelWidth / 2 - 4, grid.y - 34}, {"정답", "label"}, title);
}

void draw_key(Canvas& canvas, const Grid& grid, double y) {
    constexpr int kSteps = 100;
    constexpr double kKeyWidth = 420;
    constexpr double kKeyHeight = 30;
    const double left = grid.x + 90;
    for (int i = 0; i < kSteps; ++i) {
        canvas.fill({left + i * kKeyWidth / kSteps, y, kKeyWidth / kSteps + 1, kKeyHeight},
                    blues((i + 0.5) / kSteps));
    }
    const double middle = y + kKeyHeight / 2;
    const TextStyle style{.size = 30, .color = kFaintInk};
    canvas.text({left - 16, middle}, Label("0 %"), {.size = 30, .color = kFaintInk, .align = Align::right});
    canvas.text({left + kKeyWidth + 16, middle}, Label("100 %"), style);
    canvas.text(
        {kMargin, y + 76},
        {"큰 수: 그 정답의 문장 중 이렇게 답한 비율(%)", "large: share of the label's sentences, in %"},
        style);
    canvas.text({kMargin, y + 120},
                {"작은 수: 문장 수 · 테두리: 맞힌 답", "small: sentences · framed: right answers"}, style);
}

}  // namespace

Canvas draw(const ConfusionMatrix& matrix) {
    const double cell = kGridWidth / static_cast<double>(matrix.labels.size());
    const double grid_top = 150 + 50 * static_cast<double>(matrix.lines.size()) + 130;
    Canvas canvas(kWidth, static_cast<int>(grid_top + kGridWidth + kFromGridToBottom));
    draw_heading(canvas, {"혼동 행렬", "Confusion matrix"}, matrix.lines);

    const Grid grid{kMargin + kLabelWidth - 10, grid_top, cell};
    draw_labels(canvas, grid, matrix.labels);
    for (std::size_t row = 0; row < matrix.labels.size(); ++row) {
        const auto& counts = matrix.counts[row];
        const auto total = std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
        for (std::size_t column = 0; column < matrix.labels.size(); ++column) {
            const auto count = counts[column];
            draw_cell(canvas, grid.box(row, column),
                      total == 0 ? 0 : static_cast<double>(count) / static_cast<double>(total), count);
        }
    }
    for (std::size_t i = 0; i < matrix.labels.size(); ++i) {
        const auto box = grid.box(i, i);
        canvas.frame({box.x + 3, box.y + 3, box.width - 6, box.height - 6},
                     {.color = kVermilion, .width = 5});
    }
    draw_key(canvas, grid, grid.y + kGridWidth + 44);
    return canvas;
}

}  // namespace nunchi::charts
