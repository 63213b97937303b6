#include <sysexits.h>

#include <iostream>
#include <vector>

#include "trainer/commands.hpp"
#include "trainer/evaluation.hpp"

namespace nunchi::trainer {

int exit_code_of(const api::Failure& failure) {
    if (failure.code == api::errc::cancelled) return EX_TEMPFAIL;
    if (failure.code == api::errc::inference_failed) return EX_SOFTWARE;
    return EX_DATAERR;
}

api::outcome<data::LabelledRows> load_labelled_rows(const DataOptions& options) {
    constexpr std::size_t kMaxListed = 5;
    const bool is_named = !options.columns.text.empty();
    auto rows =
        data::load_labelled(options.data, is_named ? std::vector{options.columns} : data::default_columns());
    if (!rows) return rows;
    if (rows->was_cp949) std::cerr << "note: " << options.data.string() << " is in CP949, read as such\n";
    const auto& numbers = rows->half_filled;
    if (numbers.empty()) return rows;
    std::cerr << "warning: left out " << numbers.size() << " row(s) that lack the text or the label: row";
    for (std::size_t i = 0; i < numbers.size() && i < kMaxListed; ++i) std::cerr << " " << numbers[i];
    std::cerr << (numbers.size() > kMaxListed ? " …\n" : "\n");
    return rows;
}

void warn_of_silent_emotions(std::ostream& out, const calibration::Calibration& calibration) {
    for (const auto emotion : api::kEmotions) {
        if (calibration.thresholds[api::index_of(emotion)] < 1) continue;
        out << "warning: the model will not name " << api::korean_name(emotion)
            << ": no confidence makes it right often enough; lower --abstain-precision if it should\n";
    }
}

void warn_of_leakage(std::ostream& out, const Metrics& metrics) {
    if (const auto warning = leakage_warning(metrics)) out << "warning: " << *warning << "\n";
}

}  // namespace nunchi::trainer
