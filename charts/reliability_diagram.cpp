#include "charts/reliability_diagram.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "charts/axes.hpp"
#include "charts/heading.hpp"
#include "charts/ticks.hpp"

namespace nunchi::charts {
namespace {

constexpr int kWidth = 1080;
constexpr double kLeft = 200;
constexpr double kFieldWidth = kWidth - kLeft - kMargin - 20;  // half of the last number is beside it
constexpr double kFieldHeight = 740;
constexpr double kHistogramHeight = 170;
constexpr double kMostRadius = 20;
constexpr double kLeastRadius = 7;

const TextStyle kNote{.size = 32, .color = kFaintInk};

std::int64_t most_rows(const ReliabilityDiagram& diagram) {
    std::int64_t most = 1;
    for (const auto& bin : diagram.bins) most = std::max(most, bin.rows);
    return most;
}

void draw_curve(Canvas& canvas, const Axes& axes, const ReliabilityDiagram& diagram) {
    const auto most = static_cast<double>(most_rows(diagram));
    std::vector<Point> points;
    for (const auto& bin : diagram.bins) {
        if (bin.rows > 0) points.push_back(axes.at(bin.confidence, bin.accuracy));
    }
    canvas.line(points, {.color = kBlue, .width = 5});
    for (const auto& bin : diagram.bins) {
        if (bin.rows == 0) continue;
        // Area by rows, so that a bin of a few rows weighs as little to the eye as it does in the error.
        const double radius = kMostRadius * std::sqrt(static_cast<double>(bin.rows) / most);
        canvas.mark(axes.at(bin.confidence, bin.accuracy), Marker::circle, kBlue,
                    std::max(kLeastRadius, radius));
    }
}

void draw_upper(Canvas& canvas, const Axes& axes, const ReliabilityDiagram& diagram) {
    const auto& field = axes.field();
    canvas.text({kMargin, field.y - 50}, {"실제로 맞은 비율", "share that was right"}, kNote);
    axes.draw_y(canvas, ticks(0, 1, 5), percent);
    canvas.line(std::array{axes.at(0, 0), axes.at(1, 1)},
                {.color = kFaintInk, .width = 3, .is_dashed = true});
    auto above = kNote;
    canvas.text({field.x + 24, field.y + 40},
                {"위쪽: 말한 것보다 더 맞음", "above: right more often than it says"}, above);
    above.align = Align::right;
    canvas.text({field.x + field.width - 12, field.y + field.height - 36},
                {"아래쪽: 말한 것보다 덜 맞음", "below: right less often than it says"}, above);
    draw_curve(canvas, axes, diagram);
}

void draw_histogram(Canvas& canvas, const Box& field, const ReliabilityDiagram& diagram) {
    const auto most = most_rows(diagram);
    const Axes axes(field, {0, 1}, {0, static_cast<double>(most)});
    canvas.text({kMargin, field.y - 46}, {"문장 수", "sentences"}, kNote);
    axes.draw_y(canvas, {0, static_cast<double>(most)},
                [](double rows) { return grouped(std::llround(rows)); });
    for (const auto& bin : diagram.bins) {
        const auto top = axes.at(bin.lower, static_cast<double>(bin.rows));
        const double width = axes.at(bin.upper, 0).x - top.x;
        canvas.fill({top.x + 2, top.y, width - 4, field.y + field.height - top.y}, kFaintInk);
    }
    axes.draw_x(canvas, ticks(0, 1, 5), percent);
    canvas.text({field.x + field.width / 2, field.y + field.height + 88},
                {"모델이 말한 확률", "probability that the model gives"},
                {.size = 32, .color = kFaintInk, .align = Align::centre});
}

}  // namespace

Canvas draw(const ReliabilityDiagram& diagram) {
    const double top = 150 + 50 * static_cast<double>(diagram.lines.size()) + 90;
    const double histogram_top = top + kFieldHeight + 100;
    Canvas canvas(kWidth, static_cast<int>(histogram_top + kHistogramHeight + 140));
    draw_heading(canvas, {"신뢰도 그림", "Reliability"}, diagram.lines);
    draw_upper(canvas, Axes({kLeft, top, kFieldWidth, kFieldHeight}, {0, 1}, {0, 1}), diagram);
    draw_histogram(canvas, {kLeft, histogram_top, kFieldWidth, kHistogramHeight}, diagram);
    return canvas;
}

}  // namespace nunchi::charts
