// A PyTorch checkpoint: bytes of unknown origin in, checked views out. Nothing in the file is executed.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

#include "classifier/api/error.hpp"
#include "classifier/weights/mapped_file.hpp"
#include "classifier/weights/torch_tensors.hpp"

namespace nunchi::weights {

/// The tensors of what torch.save wrote, told by the first bytes: a zip archive or a legacy file. The names
/// are those of the file. The views point into `file` or into what the result owns; values are not looked at.
/// errc::bad_format, naming the opcode, tensor or entry and the file offset; errc::not_supported for what is
/// no state_dict and for other formats, with what to do.
api::outcome<TorchTensors> parse_torch(std::span<const std::byte> file);

/// A memory-mapped checkpoint.
class TorchFile {
public:
    /// The errors of MappedFile::open and parse_torch, with the path in front.
    static api::outcome<TorchFile> open(const std::filesystem::path& path);

    /// The views' bytes live as long as the file object, or one moved from it.
    const std::vector<TensorView>& tensors() const { return content_.tensors; }

    /// "torch zip" or "torch legacy"
    std::string_view format() const;

private:
    TorchFile(MappedFile file, TorchTensors content);

    MappedFile file_;
    TorchTensors content_;
};

}  // namespace nunchi::weights
