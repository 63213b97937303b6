#include "classifier/weights/weights_file.hpp"

#include <utility>

#include "classifier/weights/foreign_format.hpp"
#include "classifier/weights/mapped_file.hpp"

namespace nunchi::weights {

api::outcome<WeightsFile> WeightsFile::open(const std::filesystem::path& path) {
    const auto start = MappedFile::open(path);
    if (!start) return start.error();
    if (looks_like_safetensors(start->bytes())) {
        auto file = SafetensorsFile::open(path);
        if (!file) return file.error();
        return WeightsFile(std::move(*file));
    }
    auto file = TorchFile::open(path);
    if (!file) return file.error();
    return WeightsFile(std::move(*file));
}

std::span<const TensorView> WeightsFile::tensors() const {
    return std::visit([](const auto& file) { return std::span<const TensorView>(file.tensors()); }, file_);
}

std::string_view WeightsFile::format() const {
    const auto* torch = std::get_if<TorchFile>(&file_);
    return torch == nullptr ? "safetensors" : torch->format();
}

}  // namespace nunchi::weights
