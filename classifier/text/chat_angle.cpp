#include <optional>

#include "classifier/text/chat_letters.hpp"
#include "classifier/text/chat_markup.hpp"
#include "classifier/text/emoji.hpp"

namespace nunchi::text::chat {
namespace {

constexpr auto kNotFound = std::u32string_view::npos;

std::u32string concept_text(Concept meaning) {
    return std::u32string(1, stand_in(meaning));
}

bool is_emoji_name_letter(char32_t c) {
    return is_ascii_word(c) || c == U'_' || c == U'~';
}

// `:name:123` or `a:name:123`, the inside of a Discord emoji.
std::optional<std::u32string> custom_emoji(std::u32string_view body) {
    const std::size_t name_at = body.starts_with(U"a:") ? 2 : body.starts_with(U':') ? 1 : kNotFound;
    if (name_at == kNotFound) return std::nullopt;
    const std::size_t name_end = run_end(body, name_at, is_emoji_name_letter);
    const bool has_id = at_or_0(body, name_end) == U':' && is_digit(at_or_0(body, name_end + 1)) &&
                        run_end(body, name_end + 1, is_digit) == body.size();
    if (name_end == name_at || !has_id) return std::nullopt;
    const auto name = body.substr(name_at, name_end - name_at);
    return concept_text(feeling_of_emoji_name(name).value_or(Concept::emoji));
}

// Slack's `url|label`: a label that only repeats the address says nothing.
std::u32string link(std::u32string_view body) {
    const std::size_t bar = body.find(U'|');
    if (bar == kNotFound) return concept_text(Concept::url);
    const std::u32string_view label = body.substr(bar + 1);
    const bool repeats =
        label.empty() || body.substr(0, bar).find(label) != kNotFound || label.starts_with(U"http");
    return repeats ? concept_text(Concept::url) : std::u32string(label);
}

// Slack's `!here`, `!subteam^ID|name`, `!date^0^format|text`.
std::optional<std::u32string> slack_command(std::u32string_view body) {
    if (body.starts_with(U"!date")) {
        const std::size_t bar = body.find(U'|');
        return bar == kNotFound ? U" " : std::u32string(body.substr(bar + 1));
    }
    if (is_ascii_letter(at_or_0(body, 1))) return concept_text(Concept::mention);
    return std::nullopt;
}

// What stands for `<body>`; nothing when that is only text between a < and a >.
std::optional<std::u32string> meaning_of(std::u32string_view body) {
    const char32_t second = at_or_0(body, 1);
    switch (at_or_0(body, 0)) {
        case U'@':
            if (is_ascii_word(second) || second == U'!' || second == U'&')
                return concept_text(Concept::mention);
            return std::nullopt;
        case U'#':
            if (is_ascii_word(second)) return concept_text(Concept::channel);
            return std::nullopt;
        case U'!': return slack_command(body);
        case U'/':
            // A Discord slash command, `</name:id>`; a closing HTML tag has no id.
            if (body.find(U':') != kNotFound) return concept_text(Concept::code);
            return std::nullopt;
        default: break;
    }
    if (body.starts_with(U"http://") || body.starts_with(U"https://")) return link(body);
    if (body.starts_with(U"mailto:") || body.starts_with(U"tel:")) return concept_text(Concept::mention);
    if (body.starts_with(U"id:")) return concept_text(Concept::channel);
    if (body.starts_with(U"t:") && is_digit(at_or_0(body, 2))) return U" ";
    return custom_emoji(body);
}

}  // namespace

std::size_t read_angle(std::u32string_view text, std::size_t at, std::u32string& out) {
    // Stopping at the next < keeps a text of many < linear.
    const std::size_t end = text.find_first_of(U"<>\n", at + 1);
    if (end == kNotFound || text[end] != U'>') return 0;
    const auto replacement = meaning_of(text.substr(at + 1, end - at - 1));
    if (!replacement) return 0;
    out += *replacement;
    return end + 1 - at;
}

}  // namespace nunchi::text::chat
