// uses: nunchi_model_folder
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "classifier/model_folder/bert_config.hpp"
#include "classifier/model_folder/emotion_labels.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto config = nunchi::model_folder::parse_bert_config(text);
    if (!config) return 0;
    static_cast<void>(nunchi::model_folder::emotion_labels(*config));
    if (!nunchi::model_folder::parse_bert_config(nunchi::model_folder::to_json(*config))) std::abort();
    return 0;
}
