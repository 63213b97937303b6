#include "trainer/evaluation_table.hpp"

#include <cmath>
#include <iomanip>
#include <ostream>

namespace nunchi::trainer {
namespace {

void print_classes(std::ostream& out, const Metrics& metrics) {
    out << "\n       precision  recall      F1    rows\n";
    for (const auto emotion : api::kEmotions) {
        const auto& of_class = metrics.classes[api::index_of(emotion)];
        out << api::korean_name(emotion) << std::setw(12) << of_class.precision << std::setw(8)
            << of_class.recall << std::setw(8) << of_class.f1 << std::setw(8) << of_class.support << "\n";
    }
}

void print_confusion(std::ostream& out, const ConfusionMatrix& confusion) {
    // A Hangul syllable is two columns wide and three bytes long, so the columns are set by hand.
    out << "\n정답 \\ 예측 ";
    for (const auto emotion : api::kEmotions) out << "   " << api::korean_name(emotion);
    out << "\n";
    for (const auto truth : api::kEmotions) {
        out << "       " << api::korean_name(truth) << " ";
        for (const auto count : confusion[api::index_of(truth)]) out << std::setw(7) << count;
        out << "\n";
    }
}

void print_selective(std::ostream& out, const Evaluation& evaluation) {
    out << "\nanswered  accuracy  confidence from\n";
    for (const auto& point : evaluation.selective) {
        out << std::setw(6) << std::lround(point.coverage * 100) << " %" << std::setw(10) << point.accuracy
            << std::setw(17) << point.least_confidence << "\n";
    }
    out << std::setw(6) << std::lround(evaluation.abstention.answered * 100) << " %" << std::setw(10)
        << evaluation.abstention.accuracy << "  by the model's own thresholds\n";
}

void print_reliability(std::ostream& out, const Reliability& reliability) {
    out << "\nconfidence   mean  accuracy    rows\n";
    for (const auto& bin : reliability.bins) {
        if (bin.rows == 0) continue;
        out << std::setprecision(2) << bin.lower << "-" << bin.upper << std::setprecision(4) << std::setw(8)
            << bin.confidence << std::setw(10) << bin.accuracy << std::setw(8) << bin.rows << "\n";
    }
}

void print_difference(std::ostream& out, const char* figure, double theirs, const Difference& difference) {
    out << figure << std::setw(8) << theirs << std::showpos << std::setw(12) << difference.value << "  ["
        << difference.low << ", " << difference.high << "]" << std::noshowpos
        << (difference.is_clear() ? "\n" : "  may be chance\n");
}

}  // namespace

void print(std::ostream& out, const Evaluation& evaluation) {
    const auto& metrics = evaluation.metrics;
    out << std::fixed << std::setprecision(4);
    out << "rows      " << metrics.rows << "\n"
        << "accuracy  " << metrics.accuracy << "\n"
        << "macro-F1  " << metrics.macro_f1 << "\n"
        << "top-2     " << evaluation.top2_accuracy << "\n"
        << "ECE       " << evaluation.reliability.ece << "\n";
    print_classes(out, metrics);
    print_confusion(out, metrics.confusion);
    print_selective(out, evaluation);
    print_reliability(out, evaluation.reliability);
}

void print(std::ostream& out, const Comparison& comparison) {
    const auto& mcnemar = comparison.mcnemar;
    out << std::fixed << std::setprecision(4);
    out << "\nagainst   " << comparison.against << "\n"
        << "            its  difference  95 % interval\n";
    print_difference(out, "accuracy", comparison.accuracy, comparison.differences.accuracy);
    print_difference(out, "macro-F1", comparison.macro_f1, comparison.differences.macro_f1);
    out << "McNemar   p = " << mcnemar.p_value << " ("
        << (mcnemar.is_exact ? "exact binomial" : "chi-square with continuity correction")
        << "): " << mcnemar.only_model << " rows right here only, " << mcnemar.only_against
        << " there only\n";
}

}  // namespace nunchi::trainer
