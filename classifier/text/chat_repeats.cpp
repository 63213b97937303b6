#include "classifier/text/chat_repeats.hpp"

#include "classifier/text/chat_letters.hpp"
#include "classifier/text/normaliser_concept.hpp"

namespace nunchi::text::chat {
namespace {

constexpr int kMostRepeats = 3;

}  // namespace

std::u32string cap_repeats(std::u32string_view text) {
    std::u32string out;
    out.reserve(text.size());
    char32_t previous = 0;
    char32_t previous_but_spaces = 0;
    int repeats = 0;
    for (const char32_t raw : text) {
        const char32_t c = is_space(raw) ? U' ' : raw;
        repeats = c == previous ? repeats + 1 : 1;
        previous = c;
        const bool is_surplus_space = c == U' ' && repeats > 1;
        const bool is_surplus_concept = is_stand_in(c) && c == previous_but_spaces;
        const bool is_surplus_repeat = repeats > kMostRepeats && !is_digit(c);
        if (c != U' ') previous_but_spaces = c;
        if (!is_surplus_space && !is_surplus_concept && !is_surplus_repeat) out.push_back(c);
    }
    return out;
}

}  // namespace nunchi::text::chat
