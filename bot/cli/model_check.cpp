#include "bot/cli/model_check.hpp"

#include <ostream>

#include "classifier/engine/golden_check.hpp"
#include "classifier/model/bert_file.hpp"
#include "classifier/model/emotion_model.hpp"
#include "classifier/model/kobert_check.hpp"
#include "classifier/model_folder/emotion_labels.hpp"
#include "classifier/model_folder/folder_encoder.hpp"

namespace nunchi::cli {
namespace {

constexpr std::size_t kMaxTokens = 64;

api::outcome<void> check_published_kobert(const model_folder::ModelFolder& folder, std::ostream& out) {
    const auto weights = model::load_bert(folder.weights_file(), folder.config, model::Head::optional);
    if (!weights) return weights.error();
    const auto difference = model::difference_from_published_kobert(*weights, folder.config);
    if (difference <= model::kPublishedKobertTolerance) {
        out << "ok    encoder: equals the published skt/kobert-base-v1 (largest difference " << difference
            << ")\n";
    } else {
        out << "info  encoder: is not the published skt/kobert-base-v1, as is right for a fine-tuned one "
               "(largest "
               "difference "
            << difference << ")\n";
    }
    return {};
}

}  // namespace

api::outcome<void> check_model(const model_folder::ModelFolder& folder, std::ostream& out) {
    out << "ok    files: " << folder.manifest.files.size() << " hashes compared\n";
    const auto encoder = model_folder::create_encoder(folder, kMaxTokens);
    if (!encoder) return encoder.error();
    out << "ok    tokenizer: " << encoder->tokenizer().vocabulary_size() << " pieces, normaliser version "
        << folder.manifest.normaliser_version << "\n";
    if (model::has_kobert_shape(folder.config)) {
        if (auto checked = check_published_kobert(folder, out); !checked) return checked;
    }
    if (folder.config.labels.empty()) {
        out << "info  head: none; `nunchi-train fit --base` trains one\n";
        return {};
    }
    const auto labels = model_folder::emotion_labels(folder.config);
    if (!labels) return labels.error();
    if (labels->is_assumed)
        out << "warn  labels: the file names none, so the order of the original notebook is taken\n";
    const auto model = model::EmotionModel::load(folder, at::kCPU);
    if (!model) return model.error();
    out << "ok    weights: loaded, shapes and values checked\n";
    if (auto checked = engine::check_golden_ids(folder.manifest, *encoder); !checked) return checked;
    if (auto checked = engine::check_golden_probabilities(folder.manifest, **model); !checked) return checked;
    out << "ok    golden sentences: " << folder.manifest.golden.size() << " recorded, all repeated\n";
    return {};
}

}  // namespace nunchi::cli
