#include <sysexits.h>

#include <ostream>

#include "bot/cli/model_check.hpp"
#include "bot/cli/model_commands.hpp"
#include "classifier/engine/golden_check.hpp"
#include "classifier/model_folder/folder_encoder.hpp"
#include "classifier/model_folder/folder_writer.hpp"

namespace nunchi::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxTokens = 64;

std::string destination_name(const ImportOptions& options) {
    if (!options.name.empty()) return options.name;
    std::error_code error;
    const auto source = fs::weakly_canonical(options.source, error);
    return (source.has_filename() ? source : source.parent_path()).filename().string();
}

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

api::outcome<std::string> import_folder(const ImportOptions& options, std::ostream& out) {
    // Only what open_model_folder has checked is copied; unknown files of the source stay behind.
    const auto source = model_folder::open_model_folder(options.source);
    if (!source) return source.error();
    const auto if_exists = options.overwrite ? model_folder::IfExists::replace : model_folder::IfExists::fail;
    auto folder =
        model_folder::FolderInProgress::begin(options.destination / destination_name(options), if_exists);
    if (!folder) return folder.error();
    const auto& path = folder->path();
    for (const char* name : {model_folder::kConfigFile, model_folder::kWeightsFile}) {
        if (auto copied = copy_into(options.source / name, path / name); !copied) return copied.error();
    }
    const auto& added = source->manifest.added_tokens;
    if (auto done = model_folder::write_tokenizer_files(path, source->spiece_file(), added, kMaxTokens);
        !done) {
        return done.error();
    }
    if (auto done = model_folder::write_manifest(path, source->manifest); !done) return done.error();
    if (auto done = add_golden(path, source->manifest); !done) return done.error();
    const auto imported = model_folder::open_model_folder(path);
    if (!imported) return imported.error();
    if (auto checked = check_model(*imported, out); !checked) return checked.error();
    if (auto finished = folder->finish(); !finished) return finished.error();
    return destination_name(options);
}

}  // namespace

int import_model(std::ostream& out, std::ostream& errors, const ImportOptions& options) {
    std::error_code error;
    if (fs::is_regular_file(options.source, error)) {
        errors
            << "nunchi model import: " << options.source.string()
            << ": is a file; give a Hugging Face folder with config.json, model.safetensors and spiece.model "
               "(PyTorch checkpoints are not read yet: save with save_pretrained(..., "
               "safe_serialization=True))\n";
        return EX_USAGE;
    }
    const auto name = import_folder(options, out);
    if (!name) {
        errors << "nunchi model import: " << name.error().message << "\n";
        return EX_DATAERR;
    }
    out << "imported as " << *name << "; use it with `nunchi --model " << *name
        << " chat`, or with model = \"" << *name << "\" under [classifier] in nunchi.toml\n";
    return EX_OK;
}

}  // namespace nunchi::cli
