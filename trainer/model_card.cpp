#include "trainer/model_card.hpp"

#include <iomanip>
#include <sstream>

namespace nunchi::trainer {
namespace {

void write_metrics(std::ostream& out, const nlohmann::ordered_json& metrics) {
    out << "| | precision | recall | F1 | rows |\n|---|---|---|---|---|\n";
    for (const auto& [name, values] : metrics.at("classes").items()) {
        out << "| " << name << " | " << values.at("precision").get<double>() << " | "
            << values.at("recall").get<double>() << " | " << values.at("f1").get<double>() << " | "
            << values.at("support").get<long>() << " |\n";
    }
}

}  // namespace

std::string model_card(const std::string& name, const model_folder::BertConfig& config,
                       const model_folder::Manifest& manifest) {
    const auto& metrics = manifest.metrics;
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
        out << "\nAn encoder without a classifier head: `nunchi-train fit --base` trains one.\n\n```json\n"
            << manifest.provenance.dump(2) << "\n```\n";
        return out.str();
    }
    out << "\n## Measured\n\nOn " << metrics.at("rows").get<long>() << " held-out rows: accuracy "
        << metrics.at("accuracy").get<double>() << ", macro-F1 " << metrics.at("macro_f1").get<double>()
        << ".\n\n";
    write_metrics(out, metrics);
    out << "\n## Made from\n\n```json\n"
        << manifest.provenance.dump(2) << "\n```\n\n"
        << "## Limits\n\nLabels of single sentences without their context are one person's view: of the AI "
           "Hub "
           "sentences a blind second reader confirms about 0.59. Sarcasm is read literally. The answer is an "
           "estimate; it must "
           "not be used to "
        << "judge people, for example in hiring or in personnel matters.\n";
    return out.str();
}

}  // namespace nunchi::trainer
