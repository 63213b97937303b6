// uses: nunchi_text
// Any bytes give valid, single-spaced, bounded UTF-8, with and without declared tokens.
#include <cstdint>
#include <cstdlib>

#include "classifier/text/normaliser.hpp"
#include "classifier/text/utf8.hpp"

namespace text = nunchi::text;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const text::Normaliser plain({});
    static const text::Normaliser declared({"<cry>", "<laugh>", "<heart>", "<emoji>", "<url>", "<mention>"});
    const std::string_view in(reinterpret_cast<const char*>(data), size);
    for (const text::Normaliser* normaliser : {&plain, &declared}) {
        const std::string out = (*normaliser)(in);
        const bool is_sound = text::valid_utf8(out) == out && out.find("  ") == std::string::npos &&
                              out.size() <= 16 * text::kMaxCodePoints && out.size() <= 16 * size;
        if (!is_sound) std::abort();
    }
    if (text::hangul_syllables(in) > text::letters(in)) std::abort();
    return 0;
}
