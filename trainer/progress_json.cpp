#include "trainer/progress_json.hpp"

#include <nlohmann/json.hpp>
#include <ostream>

namespace nunchi::trainer {
namespace {

constexpr std::chrono::milliseconds kInterval{500};

}  // namespace

void ProgressJson::show(const FitProgress& progress) {
    const auto rows = static_cast<double>(progress.rows);
    const auto done = rows * (progress.epoch - 1) + static_cast<double>(progress.rows_done);
    if (rows_before_ < 0) rows_before_ = done;
    const auto now = Clock::now();
    if (progress.rows_done < progress.rows && now - last_shown_ < kInterval) return;
    last_shown_ = now;
    const auto seconds = std::chrono::duration<double>(now - start_).count();
    const auto rate = seconds > 0 ? (done - rows_before_) / seconds : 0;
    nlohmann::ordered_json line{{"event", "progress"},
                                {"epoch", progress.epoch},
                                {"epochs", progress.epochs},
                                {"rows_done", progress.rows_done},
                                {"rows", progress.rows},
                                {"loss", progress.loss},
                                {"learning_rate", progress.learning_rate},
                                {"rows_per_second", rate}};
    if (rate > 0) line["seconds_left"] = (rows * progress.epochs - done) / rate;
    out_ << line.dump() << std::endl;
}

void ProgressJson::finish_epoch(const EpochReport& report) {
    nlohmann::ordered_json line{{"event", "epoch"}};
    line.update(to_json(report));
    out_ << line.dump() << std::endl;
}

}  // namespace nunchi::trainer
