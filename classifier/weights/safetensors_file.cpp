#include <utility>

#include "classifier/weights/safetensors.hpp"

namespace nunchi::weights {

api::outcome<SafetensorsFile> SafetensorsFile::open(const std::filesystem::path& path) {
    auto file = MappedFile::open(path);
    if (!file) return file.error();
    auto content = parse_safetensors(file->bytes());
    if (!content) return api::Failure{content.error().code, path.string() + ": " + content.error().message};
    return SafetensorsFile(std::move(*file), std::move(*content));
}

SafetensorsFile::SafetensorsFile(MappedFile file, Safetensors content)
    : file_(std::move(file)), content_(std::move(content)) {
    for (std::size_t i = 0; i < content_.tensors.size(); ++i) index_.emplace(content_.tensors[i].name, i);
}

const TensorView* SafetensorsFile::find(std::string_view name) const {
    const auto found = index_.find(name);
    return found == index_.end() ? nullptr : &content_.tensors[found->second];
}

}  // namespace nunchi::weights
