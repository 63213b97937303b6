#include "trainer/data/encoding.hpp"

#include <iconv.h>
#include <utf8proc.h>

#include <memory>
#include <type_traits>

namespace nunchi::data {
namespace {

constexpr std::size_t kBlock = 64 * 1024;
constexpr std::size_t kLongestCharacter = 4;

/// How many bytes at the start are whole UTF-8 characters; what is left is broken, or cut off by the end.
std::size_t valid_prefix(std::string_view text) {
    std::size_t done = 0;
    while (done < text.size()) {
        utf8proc_int32_t character = 0;
        const auto size = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + done,
                                           static_cast<utf8proc_ssize_t>(text.size() - done), &character);
        if (size <= 0) break;
        done += static_cast<std::size_t>(size);
    }
    return done;
}

struct CloseConverter {
    void operator()(iconv_t converter) const { iconv_close(converter); }
};

}  // namespace

bool is_utf8(std::istream& input) {
    std::string text;
    for (;;) {
        const auto kept = text.size();
        text.resize(kept + kBlock);
        input.read(text.data() + kept, static_cast<std::streamsize>(kBlock));
        text.resize(kept + static_cast<std::size_t>(input.gcount()));
        text.erase(0, valid_prefix(text));
        if (!input) return text.empty();
        if (text.size() >= kLongestCharacter) return false;
    }
}

api::outcome<std::string> utf8_from_cp949(std::string_view bytes) {
    const std::unique_ptr<std::remove_pointer_t<iconv_t>, CloseConverter> converter(
        iconv_open("UTF-8", "CP949"));
    std::string text(2 * bytes.size() + kLongestCharacter, '\0');  // a Hangul syllable: 2 bytes become 3
    auto* from = const_cast<char*>(bytes.data());  // iconv's signature; it does not write there
    auto* to = text.data();
    auto left = bytes.size();
    auto room = text.size();
    if (!converter || iconv(converter.get(), &from, &left, &to, &room) == static_cast<std::size_t>(-1)) {
        return api::failure(api::errc::not_supported, "is neither UTF-8 nor CP949 (from byte " +
                                                          std::to_string(bytes.size() - left) +
                                                          " on); save it as UTF-8");
    }
    text.resize(text.size() - room);
    return text;
}

}  // namespace nunchi::data
