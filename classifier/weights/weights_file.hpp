// A file of weights in either format that Nunchi reads.
#pragma once

#include <filesystem>
#include <span>
#include <string_view>
#include <variant>

#include "classifier/api/error.hpp"
#include "classifier/weights/safetensors.hpp"
#include "classifier/weights/torch_file.hpp"

namespace nunchi::weights {

/// safetensors or a PyTorch checkpoint, told by the first bytes and never by the name.
class WeightsFile {
public:
    /// The errors of TorchFile::open, or of SafetensorsFile::open where the file begins like one.
    static api::outcome<WeightsFile> open(const std::filesystem::path& path);

    /// The views' bytes live as long as the file object, or one moved from it.
    std::span<const TensorView> tensors() const;

    /// "safetensors", "torch zip" or "torch legacy"
    std::string_view format() const;

private:
    explicit WeightsFile(std::variant<SafetensorsFile, TorchFile> file) : file_(std::move(file)) {}

    std::variant<SafetensorsFile, TorchFile> file_;
};

}  // namespace nunchi::weights
