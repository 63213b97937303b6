// Writes the small files of a model folder, and puts a finished folder in its place.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "classifier/api/added_token.hpp"
#include "classifier/api/error.hpp"
#include "classifier/model_folder/manifest.hpp"

namespace nunchi::model_folder {

/// Neither flushed nor atomic: for files in a FolderInProgress, which appears as a whole.
api::outcome<void> write_text_file(const std::filesystem::path& file, const std::string& content);

/// Copies `spiece` as spiece.model and writes the tokenizer.json and tokenizer_config.json that belong to it.
api::outcome<void> write_tokenizer_files(const std::filesystem::path& folder,
                                         const std::filesystem::path& spiece,
                                         const std::vector<api::AddedToken>& added, std::size_t max_tokens);

/// Writes nunchi.json with the SHA-256 of every other file that the folder holds now.
api::outcome<void> write_manifest(const std::filesystem::path& folder, Manifest manifest);

enum class IfExists { fail, replace };

/// A Failure when `folder` exists and must not be replaced, or its parent cannot be made.
api::outcome<void> check_output(const std::filesystem::path& folder, IfExists if_exists);

/// A folder that is made beside its place and put there when it is whole; removed when it is not.
class FolderInProgress {
public:
    /// Makes `folder` + ".partial", empty. A Failure as check_output, or when it cannot be made.
    static api::outcome<FolderInProgress> begin(const std::filesystem::path& folder, IfExists if_exists);

    FolderInProgress(FolderInProgress&& other) noexcept;
    FolderInProgress& operator=(FolderInProgress&&) = delete;
    ~FolderInProgress();

    const std::filesystem::path& path() const { return partial_; }

    /// The folder's own name once it is in place.
    std::string name() const { return place_.filename().string(); }

    /// Renames it into place; a folder that was there is removed only after that, and stays on a Failure.
    api::outcome<void> finish();

private:
    FolderInProgress(std::filesystem::path partial, std::filesystem::path place);

    std::filesystem::path partial_;  // empty: finished or moved from
    std::filesystem::path place_;
};

}  // namespace nunchi::model_folder
