#include <sysexits.h>

#include <ostream>

#include "bot/cli/import_source.hpp"
#include "bot/cli/import_weights.hpp"
#include "bot/cli/model_check.hpp"
#include "bot/cli/model_commands.hpp"
#include "bot/cli/sample_sentences.hpp"
#include "classifier/engine/golden_check.hpp"
#include "classifier/model_folder/folder_encoder.hpp"
#include "classifier/model_folder/folder_writer.hpp"
#include "classifier/model_folder/sha256.hpp"

namespace nunchi::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxTokens = 64;

api::outcome<void> copy_into(const fs::path& from, const fs::path& to) {
    std::error_code error;
    fs::copy_file(from, to, error);
    if (error)
        return api::failure(api::errc::io_error, to.string() + ": cannot be written: " + error.message());
    return {};
}

/// A model with a head gets golden sentences, so that later changes are noticed.
api::outcome<void> add_golden(const fs::path& path, model_folder::Manifest manifest) {
    const auto folder = model_folder::open_model_folder(path);
    if (!folder) return folder.error();
    if (folder->config.labels.empty() || !manifest.golden.empty()) return {};
    const auto encoder = model_folder::create_encoder(*folder, kMaxTokens);
    if (!encoder) return encoder.error();
    const auto model = model::EmotionModel::load(*folder, at::kCPU);
    if (!model) return model.error();
    manifest.golden = engine::record_golden(*encoder, **model, manifest.calibration);
    return model_folder::write_manifest(path, std::move(manifest));
}

/// Files that open_model_folder has checked; unknown ones of the source stay behind.
api::outcome<ImportedWeights> copy_model(const ImportSource& source, const fs::path& path) {
    for (const char* name : {model_folder::kConfigFile, model_folder::kWeightsFile}) {
        if (auto copied = copy_into(source.folder.path / name, path / name); !copied) return copied.error();
    }
    return ImportedWeights{.format = "safetensors", .has_head = !source.folder.config.labels.empty()};
}

api::outcome<void> note_origin(model_folder::Manifest& manifest, const ImportSource& source,
                               const ImportedWeights& imported) {
    auto hash = model_folder::sha256_of_file(source.weights);
    if (!hash) return hash.error();
    manifest.provenance["imported_from"] = {
        {"file", source.weights.filename().string()}, {"format", imported.format}, {"sha256", *hash}};
    if (imported.has_head) manifest.provenance["imported_from"]["labels"] = describe(imported.labels);
    return {};
}

void tell(const ImportSource& source, const ImportedWeights& imported, std::ostream& out) {
    out << "ok    source: " << source.weights.filename().string() << " (" << imported.format << ")\n";
    if (imported.has_head && imported.labels == LabelSource::assumed) {
        out << "warn  labels: the file names none, so its rows are taken in the order of the original notebook "
               "(공포, 놀람, 분노, 슬픔, 중립, 행복, 혐오); name them with --labels if they are others\n";
    }
}

/// Everything that a person and the checks must see before the folder gets its name.
api::outcome<void> check_import(const fs::path& path, std::ostream& out) {
    const auto imported = model_folder::open_model_folder(path);
    if (!imported) return imported.error();
    if (auto checked = check_model(*imported, out); !checked) return checked;
    if (imported->config.labels.empty()) return {};
    return show_sample_sentences(*imported, out);
}

api::outcome<std::string> import_source(const ImportSource& source, const ImportOptions& options,
                                        std::ostream& out) {
    const auto if_exists = options.overwrite ? model_folder::IfExists::replace : model_folder::IfExists::fail;
    auto folder = model_folder::FolderInProgress::begin(
        options.destination / (options.name.empty() ? source.name : options.name), if_exists);
    if (!folder) return folder.error();
    const auto& path = folder->path();
    const bool is_copied = source.is_whole && options.labels.empty();
    const auto imported =
        is_copied ? copy_model(source, path) : import_weights(source, options.labels, options.ask, path);
    if (!imported) return imported.error();
    tell(source, *imported, out);

    auto manifest = is_copied ? source.folder.manifest : manifest_for_new_weights(source.folder.manifest);
    if (auto noted = note_origin(manifest, source, *imported); !noted) return noted.error();
    const auto& added = manifest.added_tokens;
    if (auto done = model_folder::write_tokenizer_files(path, source.folder.spiece_file(), added, kMaxTokens);
        !done)
        return done.error();
    if (auto done = model_folder::write_manifest(path, manifest); !done) return done.error();
    if (auto done = add_golden(path, manifest); !done) return done.error();
    if (auto checked = check_import(path, out); !checked) return checked.error();
    if (auto finished = folder->finish(); !finished) return finished.error();
    return folder->name();
}

}  // namespace

int import_model(std::ostream& out, std::ostream& errors, const ImportOptions& options) {
    const auto source = find_import_source(options.source, options.base);
    const auto name =
        source ? import_source(*source, options, out) : api::outcome<std::string>(source.error());
    if (!name) {
        errors << "nunchi model import: " << name.error().message << "\n";
        return source || !options.base.empty() ? EX_DATAERR : EX_NOINPUT;
    }
    out << "imported as " << *name << "; use it with `nunchi --model " << *name
        << " chat`, or with model = \"" << *name << "\" under [classifier] in nunchi.toml\n";
    return EX_OK;
}

}  // namespace nunchi::cli
