// The safetensors file format: bytes of unknown origin in, checked views out, and back.
// https://huggingface.co/docs/safetensors
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "classifier/api/error.hpp"
#include "classifier/weights/mapped_file.hpp"
#include "classifier/weights/tensor_view.hpp"

namespace nunchi::weights {

/// The longest header that is read, as in the reference reader.
inline constexpr std::size_t kMaxSafetensorsHeader = 100'000'000;

struct Safetensors {
    std::vector<TensorView> tensors;  // in file order; names are unique
    std::map<std::string, std::string> metadata;
};

/// The tensors of a whole file. Every size is checked: the views cover the bytes after the header exactly,
/// without hole or overlap, each as long as its type and shape say. Values are not looked at
/// (first_non_finite does that). The views point into `file`.
/// errc::bad_format, naming the tensor and the offset; errc::not_supported for element types that Dtype lacks
/// and for other formats recognised by their first bytes (torch checkpoints, Git LFS pointers, web pages).
api::outcome<Safetensors> parse_safetensors(std::span<const std::byte> file);

/// A memory-mapped safetensors file.
class SafetensorsFile {
public:
    /// The errors of MappedFile::open and parse_safetensors, with the path in front.
    static api::outcome<SafetensorsFile> open(const std::filesystem::path& path);

    const std::vector<TensorView>& tensors() const { return content_.tensors; }
    const std::map<std::string, std::string>& metadata() const { return content_.metadata; }

    /// Null when there is no tensor of this name. The view's bytes live as long as the file object, or one
    /// moved from it.
    const TensorView* find(std::string_view name) const;

private:
    SafetensorsFile(MappedFile file, Safetensors content);

    MappedFile file_;
    Safetensors content_;
    std::map<std::string, std::size_t, std::less<>> index_;
};

/// Writes a file that the reference reader takes, byte for byte as the reference writer would: tensors sorted
/// by type, widest first, then by name, so that each is aligned; metadata by key. The file appears under its
/// name only when it is complete and flushed to disk; until then it is `path` + ".partial", which is removed
/// on error. errc::io_error (also: disk full), errc::bad_format for sizes or names that do not fit.
api::outcome<void> write_safetensors(const std::filesystem::path& path, std::span<const TensorView> tensors,
                                     const std::map<std::string, std::string>& metadata = {});

}  // namespace nunchi::weights
