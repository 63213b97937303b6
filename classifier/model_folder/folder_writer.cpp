#include "classifier/model_folder/folder_writer.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <fstream>
#include <span>
#include <utility>

#include "classifier/model_folder/model_folder.hpp"
#include "classifier/model_folder/sha256.hpp"
#include "classifier/text/spiece_proto.hpp"
#include "classifier/text/tokenizer_json.hpp"

namespace nunchi::model_folder {

namespace fs = std::filesystem;

namespace {

/// "models/new/" → "models/new": what is appended to the name must not end up inside of the folder.
fs::path without_trailing_slash(const fs::path& folder) {
    const auto path = folder.lexically_normal();
    return path.has_filename() ? path : path.parent_path();
}

/// So that a power cut after the old folder is removed still finds the new one.
void flush_to_disk(const fs::path& folder) {
    const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return;
    ::syncfs(fd);
    ::close(fd);
}

}  // namespace

api::outcome<void> write_text_file(const fs::path& file, const std::string& content) {
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out << content;
    out.close();
    if (!out)
        return api::failure(api::errc::io_error, file.string() + ": cannot be written; is the disk full?");
    return {};
}

api::outcome<void> write_tokenizer_files(const fs::path& folder, const fs::path& spiece_file,
                                         const std::vector<api::AddedToken>& added, std::size_t max_tokens) {
    const auto bytes = text::read_spiece_file(spiece_file);
    if (!bytes) return bytes.error();
    const auto spiece = text::parse_spiece(std::as_bytes(std::span(*bytes)));
    if (!spiece)
        return api::Failure{spiece.error().code, spiece_file.string() + ": " + spiece.error().message};
    const auto files = text::tokenizer_files(*spiece, added, max_tokens);
    if (!files) return files.error();
    if (auto done = write_text_file(folder / kSpieceFile, *bytes); !done) return done;
    if (auto done = write_text_file(folder / "tokenizer.json", files->tokenizer_json); !done) return done;
    return write_text_file(folder / "tokenizer_config.json", files->tokenizer_config_json);
}

api::outcome<void> write_manifest(const fs::path& folder, Manifest manifest) {
    manifest.files.clear();
    std::error_code error;
    for (auto entry = fs::directory_iterator(folder, error); entry != fs::directory_iterator();
         entry.increment(error)) {
        const auto name = entry->path().filename().string();
        // People may edit the card, and a file cannot hold its own hash.
        if (name == kManifestFile || name == kModelCardFile) continue;
        auto hash = sha256_of_file(entry->path());
        if (!hash) return hash.error();
        manifest.files[name] = std::move(*hash);
    }
    if (error)
        return api::failure(api::errc::io_error, folder.string() + ": cannot be listed: " + error.message());
    return write_text_file(folder / kManifestFile, to_json(manifest));
}

api::outcome<void> check_output(const fs::path& folder, IfExists if_exists) {
    std::error_code error;
    if (fs::exists(folder, error) && if_exists == IfExists::fail) {
        return api::failure(api::errc::io_error,
                            folder.string() + ": exists already; choose another name or add --overwrite");
    }
    const auto parent = without_trailing_slash(fs::absolute(folder, error)).parent_path();
    fs::create_directories(parent, error);
    if (error)
        return api::failure(api::errc::io_error, parent.string() + ": cannot be made: " + error.message());
    return {};
}

api::outcome<FolderInProgress> FolderInProgress::begin(const fs::path& folder, IfExists if_exists) {
    if (auto possible = check_output(folder, if_exists); !possible) return possible.error();
    auto place = without_trailing_slash(folder);
    fs::path partial = place.string() + ".partial";
    std::error_code error;
    fs::remove_all(partial, error);
    fs::create_directory(partial, error);
    if (error)
        return api::failure(api::errc::io_error, partial.string() + ": cannot be made: " + error.message());
    return FolderInProgress(std::move(partial), std::move(place));
}

FolderInProgress::FolderInProgress(fs::path partial, fs::path place)
    : partial_(std::move(partial)), place_(std::move(place)) {}

FolderInProgress::FolderInProgress(FolderInProgress&& other) noexcept
    : partial_(std::exchange(other.partial_, {})), place_(std::move(other.place_)) {}

FolderInProgress::~FolderInProgress() {
    std::error_code ignored;
    if (!partial_.empty()) fs::remove_all(partial_, ignored);
}

api::outcome<void> FolderInProgress::finish() {
    const fs::path replaced = place_.string() + ".replaced";
    std::error_code error;
    fs::remove_all(replaced, error);
    flush_to_disk(partial_);
    const bool is_replaced = !error && fs::exists(place_, error);
    if (is_replaced) fs::rename(place_, replaced, error);
    if (!error) fs::rename(partial_, place_, error);
    if (error) {
        std::error_code ignored;
        // The name must not stay empty: whoever serves the old model still needs it.
        if (is_replaced && !fs::exists(place_, ignored)) fs::rename(replaced, place_, ignored);
        return api::failure(api::errc::io_error,
                            place_.string() + ": cannot be put in place: " + error.message());
    }
    partial_.clear();
    flush_to_disk(place_);
    fs::remove_all(replaced, error);
    return {};
}

}  // namespace nunchi::model_folder
