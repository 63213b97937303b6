// uses: nunchi_config
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "config/settings.hpp"
#include "config/settings_reader.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    nunchi::config::Settings settings;
    const auto document = nunchi::config::parse_toml(text);
    nunchi::config::read_settings(nunchi::config::schema_of(settings), "fuzz.toml", document, {});
    return 0;
}
