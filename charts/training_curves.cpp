#include "charts/training_curves.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "charts/axes.hpp"
#include "charts/heading.hpp"
#include "charts/ticks.hpp"

namespace nunchi::charts {
namespace {

constexpr int kWidth = 1080;
constexpr double kLeft = 150;
constexpr double kFieldWidth = kWidth - kLeft - kMargin;
constexpr double kLossHeight = 380;
constexpr double kAccuracyHeight = 520;

struct Series {
    std::vector<TrainingCurves::Value> values;
    Label name;
    Color color;
    Marker marker;
};

struct Epochs {
    int first;
    int last;

    /// Half an epoch of room; also where there is one epoch only.
    Range range() const { return {first - 0.5, last + 0.5}; }
    std::vector<double> numbers() const { return whole_ticks(first, last, 10); }
};

Epochs epochs_of(const TrainingCurves& curves) {
    const auto [first, last] = std::ranges::minmax(curves.training_loss, {}, &TrainingCurves::Value::epoch);
    return {first.epoch, last.epoch};
}

/// From zero, with room above the largest value.
Range losses_of(const TrainingCurves& curves) {
    const auto most = std::ranges::max(curves.training_loss, {}, &TrainingCurves::Value::value);
    return {0, std::max(0.1, 1.1 * most.value)};
}

/// Enough to tell the ticks of an axis apart.
int digits_for(const Range& range) {
    return range.high < 1 ? 2 : range.high < 10 ? 1 : 0;
}

void draw_best_epoch(Canvas& canvas, const Axes& axes, int epoch) {
    const auto& field = axes.field();
    const double x = axes.at(epoch, 0).x;
    canvas.line(std::array{Point{x, field.y}, Point{x, field.y + field.height}},
                {.color = kFaintInk, .width = 3, .is_dashed = true});
}

void draw_series(Canvas& canvas, const Axes& axes, const Series& series) {
    std::vector<Point> points;
    points.reserve(series.values.size());
    for (const auto& value : series.values) points.push_back(axes.at(value.epoch, value.value));
    canvas.line(points, {.color = series.color, .width = 5});
    // Many epochs: marks on some of them, or they would hide the line.
    const std::size_t every = points.size() / 16 + 1;
    for (std::size_t i = 0; i < points.size(); i += every)
        canvas.mark(points[i], series.marker, series.color, 12);
}

void draw_key(Canvas& canvas, double y, const std::vector<Series>& list) {
    const double column = (kWidth - 2 * kMargin) / static_cast<double>(std::max<std::size_t>(list.size(), 1));
    double x = kMargin;
    for (const auto& series : list) {
        canvas.line(std::array{Point{x, y}, Point{x + 52, y}}, {.color = series.color, .width = 5});
        canvas.mark({x + 26, y}, series.marker, series.color, 12);
        canvas.text({x + 66, y}, series.name, {.size = 32, .max_width = column - 76});
        x += column;
    }
}

void draw_panel(Canvas& canvas, const Axes& axes, const TrainingCurves& curves, std::vector<Series> list) {
    std::erase_if(list, [](const Series& series) { return series.values.empty(); });
    draw_key(canvas, axes.field().y - 50, list);
    axes.draw_x(canvas, epochs_of(curves).numbers(), [](double epoch) { return fixed(epoch, 0); });
    if (curves.best_epoch > 0) draw_best_epoch(canvas, axes, curves.best_epoch);
    for (const auto& series : list) draw_series(canvas, axes, series);
}

}  // namespace

Canvas draw(const TrainingCurves& curves) {
    const double loss_top = 150 + 50 * static_cast<double>(curves.lines.size()) + 90;
    const double accuracy_top = loss_top + kLossHeight + 180;
    Canvas canvas(kWidth, static_cast<int>(accuracy_top + kAccuracyHeight + 150));
    draw_heading(canvas, {"학습 곡선", "Training"}, curves.lines);

    const auto losses = losses_of(curves);
    const Axes loss({kLeft, loss_top, kFieldWidth, kLossHeight}, epochs_of(curves).range(), losses);
    loss.draw_y(canvas, ticks(losses.low, losses.high, 4),
                [&](double value) { return fixed(value, digits_for(losses)); });
    draw_panel(canvas, loss, curves,
               {{curves.training_loss, {"학습 손실", "training loss"}, kBlue, Marker::circle}});

    const Axes accuracy({kLeft, accuracy_top, kFieldWidth, kAccuracyHeight}, epochs_of(curves).range(),
                        {0, 1});
    accuracy.draw_y(canvas, ticks(0, 1, 5), percent);
    draw_panel(canvas, accuracy, curves,
               {{curves.training_accuracy, {"학습 정확도", "training acc."}, kBlue, Marker::circle},
                {curves.validation_accuracy, {"검증 정확도", "validation acc."}, kVermilion, Marker::square},
                {curves.validation_macro_f1, {"검증 매크로 F1", "validation F1"}, kGreen, Marker::triangle}});
    canvas.text({kLeft + kFieldWidth / 2, accuracy_top + kAccuracyHeight + 90}, {"에폭", "epoch"},
                {.size = 32, .color = kFaintInk, .align = Align::centre});
    return canvas;
}

}  // namespace nunchi::charts
