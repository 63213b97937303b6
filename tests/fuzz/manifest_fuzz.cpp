// uses: nunchi_model_folder
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "classifier/model_folder/manifest.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto manifest = nunchi::model_folder::parse_manifest(text);
    if (!manifest) return 0;
    if (!nunchi::model_folder::parse_manifest(nunchi::model_folder::to_json(*manifest))) std::abort();
    return 0;
}
