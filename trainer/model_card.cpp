#include "trainer/model_card.hpp"

#include <iomanip>
#include <sstream>

#include "trainer/evaluation.hpp"
#include "trainer/evaluation_markdown.hpp"
#include "trainer/ledger.hpp"

namespace nunchi::trainer {
namespace {

using model_folder::Manifest;

constexpr const char* kAihubWorkbook = "32d722103ba2d3398e4d1e18f4dafe69abb1bc69ec64549472fe0ec926843248";

void write_measured(std::ostream& out, const Manifest& manifest) {
    const auto& metrics = manifest.metrics;
    out << "\n## Measured\n\nOn rows that were held out, with calibrated probabilities; made by `nunchi-train "
           "fit`, repeated by `nunchi-train evaluate`.\n\n";
    Metrics figures;
    figures.accuracy = metrics.at("accuracy").get<double>();
    if (const auto warning = leakage_warning(figures)) out << "> **Warning:** " << *warning << "\n\n";
    write_markdown(out, metrics);
}

/// What others reach on the same workbook, so that nobody takes a figure for good or bad by itself.
void write_yardsticks(std::ostream& out, const Manifest& manifest) {
    if (text_at(manifest.provenance, "/data/sha256") != kAihubWorkbook) return;
    out << "\n## Beside others on this data\n\n| | accuracy | macro-F1 | how |\n|---|---|---|---|\n"
        << "| **this model** | " << manifest.metrics.at("accuracy").get<double>() << " | "
        << manifest.metrics.at("macro_f1").get<double>() << " | the rows above |\n"
        << "| character n-grams | 0.5273 | 0.520 | scikit-learn's TfidfVectorizer(analyzer='char', "
           "ngram_range=(1,4), sublinear_tf=True, min_df=2) with LogisticRegression(C=4) on the raw text; the "
           "notebook's split |\n"
        << "| the original notebook | 0.5459 | | KoBERT, the notebook's split, last epoch, mean of 483 batch "
           "means |\n"
        << "| best honest public figure | 0.569 | | KoBERT, 90/10, README of afnf33/myNLPproject |\n"
        << "| a person | 0.589 ± 0.077 | 0.57 | one blind reader, 158 random rows |\n\n"
        << "The notebook's split holds out 20 % at random (`random_state=34`, test rows "
           "de4f71af74ed…). Two accuracies on 7,719 rows that lie less than 1.1 points apart may be chance.\n";
}

void write_calibration(std::ostream& out, const Manifest& manifest) {
    out << "\n## Calibration\n\n";
    const auto rows = text_at(manifest.provenance, "/calibration/rows");
    if (rows.empty() || rows == "0") {
        out << "The model is not calibrated: the fit had no validation rows.\n";
        return;
    }
    out << "Logits are divided by the temperature " << manifest.calibration.temperature
        << ". Below these probabilities the model abstains, so that of the " << rows
        << " validation rows those with a named emotion are named right in a share of "
        << text_at(manifest.provenance, "/calibration/abstain_precision")
        << " or more; 1 stands where no probability suffices.\n\n|";
    for (const auto emotion : api::kEmotions) out << " " << api::korean_name(emotion) << " |";
    out << "\n|---|---|---|---|---|---|---|\n|";
    for (const float threshold : manifest.calibration.thresholds) out << " " << threshold << " |";
    out << "\n";
}

/// Paths need not be UTF-8; without the handler dump would throw.
void write_json(std::ostream& out, const nlohmann::ordered_json& json) {
    out << "```json\n"
        << json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << "\n```\n";
}

void write_row(std::ostream& out, const char* name, const std::string& value) {
    if (!value.empty()) out << "| " << name << " | " << value << " |\n";
}

void write_origin(std::ostream& out, const nlohmann::ordered_json& provenance) {
    out << "\n## Made from\n\n| | |\n|---|---|\n";
    write_row(out, "data", text_at(provenance, "/data/file"));
    write_row(out, "rows", text_at(provenance, "/data/rows"));
    write_row(out, "data, SHA-256", text_at(provenance, "/data/sha256"));
    write_row(out, "split", text_at(provenance, "/split/method"));
    write_row(out, "test rows, SHA-256", text_at(provenance, "/split/test_rows_sha256"));
    write_row(out, "base weights, SHA-256", text_at(provenance, "/base/weights_sha256"));
    write_row(out, "preset", text_at(provenance, "/fit/preset"));
    write_row(out, "seed", text_at(provenance, "/fit/seed"));
    write_row(out, "epoch that was kept", text_at(provenance, "/fit/best_epoch"));
    if (const auto software = provenance.find("software"); software != provenance.end()) {
        for (const auto& [name, version] : software->items())
            write_row(out, name.c_str(), text_at(version, ""));
    }
    out << "\nAll of it, as `nunchi.json` has it:\n\n";
    write_json(out, provenance);
}

}  // namespace

std::string model_card(const std::string& name, const model_folder::BertConfig& config,
                       const Manifest& manifest) {
    std::ostringstream out;
    out << std::fixed << std::setprecision(4);
    out << "# " << name << "\n\n"
        << "Names the emotion of a Korean chat message: 공포, 놀람, 분노, 슬픔, 중립, 행복 or 혐오. "
        << "Written by `nunchi-train fit`; every figure comes from `nunchi.json` beside this file.\n\n"
        << "- Architecture: BERT, " << config.num_hidden_layers << " layers of " << config.hidden_size << ", "
        << config.num_attention_heads << " heads, " << config.vocab_size << " pieces.\n"
        << "- Text: normaliser version " << manifest.normaliser_version << ", "
        << manifest.added_tokens.size() << " added tokens.\n";
    if (!manifest.attribution.empty()) out << "- " << manifest.attribution << "\n";
    if (config.labels.empty()) {
        out << "\nAn encoder without a classifier head: `nunchi-train fit --base` trains one.\n\n";
        write_json(out, manifest.provenance);
        return out.str();
    }
    write_measured(out, manifest);
    write_yardsticks(out, manifest);
    write_calibration(out, manifest);
    write_origin(out, manifest.provenance);
    out << "\n## Limits\n\nLabels of single sentences without their context are one person's view: of the AI "
           "Hub sentences a blind second reader confirms about 0.59. Sarcasm is read literally. The answer is "
           "an estimate; it must not be used to judge people, for example in hiring or in personnel "
           "matters.\n";
    return out.str();
}

}  // namespace nunchi::trainer
