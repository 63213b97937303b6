#include "classifier/model_folder/model_folder.hpp"

#include <fstream>
#include <initializer_list>
#include <optional>
#include <utility>

#include "classifier/model_folder/sha256.hpp"

namespace nunchi::model_folder {
namespace {

constexpr std::size_t kMaxSmallFile = 1024 * 1024;

api::outcome<std::string> read_small_file(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in)
        return api::failure(api::errc::io_error,
                            file.string() + ": cannot be opened; check that it is readable");
    std::string content(kMaxSmallFile + 1, '\0');
    in.read(content.data(), static_cast<std::streamsize>(content.size()));
    content.resize(static_cast<std::size_t>(in.gcount()));
    return content;  // One byte over the limit is refused by the JSON reader.
}

/// The parsers know their file by its name only.
api::Failure in_folder(const std::filesystem::path& folder, const api::Failure& failure) {
    return {failure.code, (folder / "").string() + failure.message};
}

std::optional<api::Failure> find_missing(const std::filesystem::path& path,
                                         std::initializer_list<const char*> names) {
    std::error_code ignored;
    if (!std::filesystem::is_directory(path, ignored)) {
        return api::failure(
            api::errc::io_error,
            path.string() + ": is not a folder; `nunchi model list` shows the models there are");
    }
    for (const char* name : names) {
        if (std::filesystem::is_regular_file(path / name, ignored)) continue;
        return api::failure(api::errc::io_error, (path / name).string() +
                                                     ": is missing; a model folder needs config.json, "
                                                     "model.safetensors and spiece.model");
    }
    return std::nullopt;
}

std::optional<api::Failure> check_hashes(ModelFolder& folder) {
    for (const auto& [name, expected] : folder.manifest.files) {
        auto found = name == kWeightsFile ? api::outcome<std::string>(folder.weights_hash)
                                          : sha256_of_file(folder.path / name);
        if (!found) return found.error();
        if (*found == expected) continue;
        return api::failure(
            api::errc::bad_format,
            (folder.path / name).string() +
                ": differs from the SHA-256 in nunchi.json; copy the model folder again, or run "
                "`nunchi model import` if the change was meant");
    }
    return std::nullopt;
}

}  // namespace

std::string ModelFolder::model_id() const {
    return name + "@" + weights_hash.substr(0, 12);
}

api::outcome<ModelFolder> open_folder_without_weights(const std::filesystem::path& path) {
    if (auto missing = find_missing(path, {kConfigFile, kSpieceFile})) return *missing;
    ModelFolder folder;
    folder.path = path;
    std::error_code ignored;
    const auto absolute = std::filesystem::weakly_canonical(path, ignored);
    folder.name = (absolute.has_filename() ? absolute : absolute.parent_path()).filename().string();

    const auto config_text = read_small_file(path / kConfigFile);
    if (!config_text) return config_text.error();
    auto config = parse_bert_config(*config_text);
    if (!config) return in_folder(path, config.error());
    folder.config = std::move(*config);

    if (std::filesystem::exists(path / kManifestFile, ignored)) {
        const auto manifest_text = read_small_file(path / kManifestFile);
        if (!manifest_text) return manifest_text.error();
        auto manifest = parse_manifest(*manifest_text);
        if (!manifest) return in_folder(path, manifest.error());
        folder.manifest = std::move(*manifest);
        folder.has_manifest = true;
    }
    return folder;
}

api::outcome<ModelFolder> open_model_folder(const std::filesystem::path& path) {
    if (auto missing = find_missing(path, {kConfigFile, kWeightsFile, kSpieceFile})) return *missing;
    auto folder = open_folder_without_weights(path);
    if (!folder) return folder;
    auto hash = sha256_of_file(folder->weights_file());
    if (!hash) return hash.error();
    folder->weights_hash = std::move(*hash);
    if (auto changed = check_hashes(*folder)) return *changed;
    return folder;
}

}  // namespace nunchi::model_folder
