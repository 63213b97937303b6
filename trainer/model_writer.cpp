#include "trainer/model_writer.hpp"

#include "classifier/engine/golden_check.hpp"
#include "classifier/model_folder/folder_encoder.hpp"
#include "trainer/model_card.hpp"

namespace nunchi::trainer {
namespace {

namespace fs = std::filesystem;

api::outcome<std::vector<model_folder::Golden>> golden_of(const fs::path& path, const NewModel& model) {
    const auto folder = model_folder::open_model_folder(path);
    if (!folder) return folder.error();
    if (folder->config.labels.empty()) return std::vector<model_folder::Golden>();
    const auto encoder = model_folder::create_encoder(*folder, model.max_tokens);
    if (!encoder) return encoder.error();
    const auto loaded = model::EmotionModel::load(*folder, at::kCPU);
    if (!loaded) return loaded.error();
    return engine::record_golden(*encoder, **loaded, model.manifest.calibration);
}

}  // namespace

api::outcome<void> write_model_folder(const fs::path& place, const NewModel& model,
                                      model_folder::IfExists if_exists) {
    auto folder = model_folder::FolderInProgress::begin(place, if_exists);
    if (!folder) return folder.error();
    const auto& path = folder->path();
    auto manifest = model.manifest;
    if (auto done = model_folder::write_text_file(path / model_folder::kConfigFile, to_json(model.config));
        !done)
        return done;
    if (auto done =
            model_folder::write_tokenizer_files(path, model.spiece, manifest.added_tokens, model.max_tokens);
        !done) {
        return done;
    }
    if (auto done =
            model::save_bert(path / model_folder::kWeightsFile, model.weights, model.config, model.stored_as);
        !done) {
        return done;
    }
    if (auto done = model_folder::write_manifest(path, manifest); !done) return done;

    auto golden = golden_of(path, model);
    if (!golden) return golden.error();
    manifest.golden = std::move(*golden);
    if (auto done = model_folder::write_manifest(path, manifest); !done) return done;
    const auto card = model_card(folder->name(), model.config, manifest);
    if (auto done = model_folder::write_text_file(path / model_folder::kModelCardFile, card); !done)
        return done;
    return folder->finish();
}

}  // namespace nunchi::trainer
