#include "bot/cli/import_source.hpp"

#include <utility>

namespace nunchi::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* kTorchWeightsFile = "pytorch_model.bin";

bool is_file(const fs::path& path) {
    std::error_code ignored;
    return fs::is_regular_file(path, ignored);
}

std::string name_of_folder(const fs::path& path) {
    std::error_code ignored;
    const auto absolute = fs::weakly_canonical(path, ignored);
    return (absolute.has_filename() ? absolute : absolute.parent_path()).filename().string();
}

api::outcome<fs::path> find_weights(const fs::path& source) {
    if (is_file(source)) return source;
    for (const char* name : {model_folder::kWeightsFile, kTorchWeightsFile}) {
        if (is_file(source / name)) return source / name;
    }
    return api::failure(
        api::errc::io_error,
        source.string() +
            ": holds neither model.safetensors nor pytorch_model.bin (weights in several files are not "
            "read: save them with save_pretrained(..., max_shard_size=\"10GB\"))");
}

}  // namespace

api::outcome<ImportSource> find_import_source(const fs::path& source, const fs::path& base) {
    auto weights = find_weights(source);
    if (!weights) return weights.error();
    const bool is_lone_file = is_file(source);
    if (is_lone_file && base.empty()) {
        return api::failure(
            api::errc::not_supported,
            source.string() +
                ": is a file of weights; name a folder with its config.json and spiece.model, "
                "with --base FOLDER");
    }
    const bool is_whole = base.empty() && weights->filename() == model_folder::kWeightsFile;
    auto folder = is_whole ? model_folder::open_model_folder(source)
                           : model_folder::open_folder_without_weights(base.empty() ? source : base);
    if (!folder) return folder.error();
    auto name = is_lone_file ? source.stem().string() : name_of_folder(source);
    return ImportSource{std::move(*weights), std::move(*folder), std::move(name), is_whole};
}

model_folder::Manifest manifest_for_new_weights(const model_folder::Manifest& manifest) {
    model_folder::Manifest kept;
    kept.normaliser_version = manifest.normaliser_version;
    kept.added_tokens = manifest.added_tokens;
    kept.attribution = manifest.attribution;
    return kept;
}

}  // namespace nunchi::cli
