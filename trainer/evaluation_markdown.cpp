#include "trainer/evaluation_markdown.hpp"

#include <cmath>
#include <iomanip>
#include <ostream>
#include <string>

namespace nunchi::trainer {
namespace {

using nlohmann::ordered_json;

double number(const ordered_json& json, const char* name) {
    return json.at(name).get<double>();
}

long percent(const ordered_json& json, const char* name) {
    return std::lround(100 * number(json, name));
}

void write_classes(std::ostream& out, const ordered_json& metrics) {
    out << "\n### Emotions\n\n| | precision | recall | F1 | rows |\n|---|---|---|---|---|\n";
    for (const auto& [name, values] : metrics.at("classes").items()) {
        out << "| " << name << " | " << number(values, "precision") << " | " << number(values, "recall")
            << " | " << number(values, "f1") << " | " << values.at("support").get<long>() << " |\n";
    }
}

void write_confusion(std::ostream& out, const ordered_json& confusion) {
    const auto& labels = confusion.at("labels");
    out << "\n### Confusion\n\nA line for each label (정답), a column for each answer (예측).\n\n| |";
    for (const auto& label : labels) out << " " << label.get<std::string>() << " |";
    out << "\n|---|";
    for (std::size_t i = 0; i < labels.size(); ++i) out << "---|";
    out << "\n";
    for (std::size_t row = 0; row < labels.size(); ++row) {
        out << "| " << labels[row].get<std::string>() << " |";
        for (const auto& count : confusion.at("matrix")[row]) out << " " << count.get<long>() << " |";
        out << "\n";
    }
}

void write_selective(std::ostream& out, const ordered_json& metrics) {
    out << "\n### When it may stay silent\n\n| rows answered | accuracy | confidence from |\n|---|---|---|\n";
    for (const auto& point : metrics.at("selective")) {
        out << "| " << percent(point, "coverage") << " % | " << number(point, "accuracy") << " | "
            << number(point, "least_confidence") << " |\n";
    }
    const auto& own = metrics.at("abstention");
    out << "| " << percent(own, "answered") << " % | " << number(own, "accuracy")
        << " | by its own thresholds |\n";
}

void write_calibration(std::ostream& out, const ordered_json& calibration) {
    out << "\n### Is it right as often as it says?\n\nExpected calibration error, 15 bins: "
        << number(calibration, "ece") << ".\n\n| confidence | mean | accuracy | rows |\n|---|---|---|---|\n";
    for (const auto& bin : calibration.at("bins")) {
        if (bin.at("rows").get<long>() == 0) continue;
        out << std::setprecision(2) << "| " << number(bin, "lower") << "–" << number(bin, "upper")
            << std::setprecision(4) << " | " << number(bin, "confidence") << " | " << number(bin, "accuracy")
            << " | " << bin.at("rows").get<long>() << " |\n";
    }
}

void write_difference(std::ostream& out, const char* name, const ordered_json& theirs,
                      const ordered_json& difference) {
    out << "| " << name << " | " << theirs.get<double>() << std::showpos << " | "
        << number(difference, "value") << " | " << number(difference, "low") << " to "
        << number(difference, "high") << std::noshowpos << " |\n";
}

}  // namespace

void write_markdown(std::ostream& out, const ordered_json& metrics) {
    out << std::fixed << std::setprecision(4)
        << "| rows | accuracy | macro-F1 | top-2 accuracy | ECE |\n|---|---|---|---|---|\n| "
        << metrics.at("rows").get<long>() << " | " << number(metrics, "accuracy") << " | "
        << number(metrics, "macro_f1") << " | " << number(metrics, "top2_accuracy") << " | "
        << number(metrics.at("calibration"), "ece") << " |\n";
    write_classes(out, metrics);
    write_confusion(out, metrics.at("confusion"));
    write_selective(out, metrics);
    write_calibration(out, metrics.at("calibration"));
}

void write_comparison_markdown(std::ostream& out, const ordered_json& comparison) {
    const auto& difference = comparison.at("difference");
    const auto& mcnemar = comparison.at("mcnemar");
    out << std::fixed << std::setprecision(4) << "\n### Against " << comparison.at("model").get<std::string>()
        << "\n\n| | its figure | difference | 95 % interval |\n|---|---|---|---|\n";
    write_difference(out, "accuracy", comparison.at("accuracy"), difference.at("accuracy"));
    write_difference(out, "macro-F1", comparison.at("macro_f1"), difference.at("macro_f1"));
    out << "\nIntervals: paired bootstrap, " << difference.at("resamples").get<long>()
        << " resamples. McNemar's test (" << mcnemar.at("test").get<std::string>()
        << "): p = " << number(mcnemar, "p_value") << "; " << mcnemar.at("only_model").get<long>()
        << " rows right here only, " << mcnemar.at("only_against").get<long>() << " there only.\n";
}

}  // namespace nunchi::trainer
