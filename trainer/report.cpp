#include <sysexits.h>

#include <ostream>

#include "trainer/commands.hpp"
#include "trainer/evaluation.hpp"

namespace nunchi::trainer {

int exit_code_of(const api::Failure& failure) {
    if (failure.code == api::errc::cancelled) return EX_TEMPFAIL;
    if (failure.code == api::errc::inference_failed) return EX_SOFTWARE;
    return EX_DATAERR;
}

void report_left_out(std::ostream& out, const data::LabelledRows& rows) {
    constexpr std::size_t kMaxListed = 5;
    const auto& numbers = rows.half_filled;
    if (numbers.empty()) return;
    out << "warning: left out " << numbers.size() << " row(s) that lack the text or the label: row";
    for (std::size_t i = 0; i < numbers.size() && i < kMaxListed; ++i) out << " " << numbers[i];
    out << (numbers.size() > kMaxListed ? " …\n" : "\n");
}

void warn_of_leakage(std::ostream& out, const Metrics& metrics) {
    if (const auto warning = leakage_warning(metrics)) out << "warning: " << *warning << "\n";
}

}  // namespace nunchi::trainer
