#include "trainer/data/group_key.hpp"

#include <utf8proc.h>

#include <array>
#include <cstdlib>
#include <memory>

namespace nunchi::data {
namespace {

struct Free {
    void operator()(utf8proc_uint8_t* memory) const { std::free(memory); }
};

bool is_kept(utf8proc_int32_t c) {
    return (c >= 0xAC00 && c <= 0xD7A3) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (c >= '0' && c <= '9');
}

}  // namespace

std::string group_key(std::string_view text) {
    utf8proc_uint8_t* mapped = nullptr;
    const auto size = utf8proc_map(
        reinterpret_cast<const utf8proc_uint8_t*>(text.data()), static_cast<utf8proc_ssize_t>(text.size()),
        &mapped, static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT));
    const std::unique_ptr<utf8proc_uint8_t, Free> owner(mapped);
    if (size < 0) return std::string(text);
    std::string key;
    for (utf8proc_ssize_t i = 0; i < size;) {
        utf8proc_int32_t character = 0;
        const auto length = utf8proc_iterate(mapped + i, size - i, &character);
        if (length <= 0) break;
        if (is_kept(character))
            key.append(reinterpret_cast<const char*>(mapped) + i, static_cast<std::size_t>(length));
        i += length;
    }
    return key;
}

}  // namespace nunchi::data
