#include <algorithm>
#include <array>

#include "classifier/text/chat_letters.hpp"
#include "classifier/text/chat_markup.hpp"
#include "classifier/text/normaliser_concept.hpp"

namespace nunchi::text::chat {
namespace {

bool starts_with_lowered(std::u32string_view text, std::u32string_view prefix) {
    return text.size() >= prefix.size() &&
           std::equal(prefix.begin(), prefix.end(), text.begin(),
                      [](char32_t wanted, char32_t c) { return wanted == ascii_lower(c); });
}

bool is_url_letter(char32_t c) {
    return c > 0x20 && c < 0x7F && c != U'<' && c != U'>' && c != U'"' && c != U'`';
}
bool is_closing_mark(char32_t c) {
    return std::u32string_view(U".,!?;:'()[]{}~*_|").find(c) != std::u32string_view::npos;
}

// Korean particles are glued to addresses (naver.com에서), so the address ends at Hangul, unless a slash
// or an equals sign asks for it (wiki/한국).
std::size_t url_end(std::u32string_view text, std::size_t at) {
    std::size_t end = at;
    while (end < text.size()) {
        const char32_t c = text[end];
        const bool continues_path =
            is_syllable(c) && end > at &&
            (text[end - 1] == U'/' || text[end - 1] == U'=' || is_syllable(text[end - 1]));
        if (!is_url_letter(c) && !continues_path) break;
        ++end;
    }
    while (end > at && is_closing_mark(text[end - 1])) --end;
    return end;
}

bool is_host_letter(char32_t c) {
    return is_ascii_word(c) || c == U'.' || c == U'-' || c == U'_' || c == U'+';
}

// A domain without a scheme; endings that are also words or initials count only before a path.
bool is_bare_domain(std::u32string_view host, char32_t next) {
    constexpr std::array<std::u32string_view, 5> kSure{U"com", U"net", U"org", U"kr", U"jp"};
    constexpr std::array<std::u32string_view, 10> kBeforePath{U"be", U"gg", U"io", U"ly",  U"me",
                                                              U"tv", U"us", U"co", U"dev", U"app"};
    const std::size_t dot = host.rfind(U'.');
    if (dot == std::u32string_view::npos || dot == 0) return false;
    const auto is_ending = [&](std::u32string_view wanted) {
        return host.size() - dot - 1 == wanted.size() && starts_with_lowered(host.substr(dot + 1), wanted);
    };
    return std::ranges::any_of(kSure, is_ending) ||
           (next == U'/' && std::ranges::any_of(kBeforePath, is_ending));
}

// The end of an e-mail address whose local part ends at `at_sign`, or 0.
std::size_t mail_end(std::u32string_view text, std::size_t at_sign) {
    if (at_or_0(text, at_sign) != U'@') return 0;
    std::size_t end = run_end(text, at_sign + 1, is_host_letter);
    while (end > at_sign && !is_ascii_word(text[end - 1])) --end;
    const auto domain = text.substr(at_sign + 1, end > at_sign ? end - at_sign - 1 : 0);
    return domain.find(U'.') == std::u32string_view::npos ? 0 : end;
}

bool is_name_letter(char32_t c) {
    return is_ascii_word(c) || is_syllable(c) || c == U'_' || c == U'-' || c == U'.';
}

}  // namespace

std::size_t read_link_or_word(std::u32string_view text, std::size_t at, std::u32string& out) {
    const std::u32string_view rest = text.substr(at);
    constexpr std::array<std::u32string_view, 4> kStarts{U"http://", U"https://", U"ftp://", U"www."};
    if (std::ranges::any_of(kStarts, [rest](auto start) { return starts_with_lowered(rest, start); })) {
        out.push_back(stand_in(Concept::url));
        return url_end(text, at) - at;
    }
    const std::size_t end = run_end(text, at, is_host_letter);
    if (const std::size_t mail = mail_end(text, end); mail > 0) {
        out.push_back(stand_in(Concept::mention));
        return mail - at;
    }
    std::size_t word_end = end;
    while (text[word_end - 1] == U'.') --word_end;
    if (is_bare_domain(text.substr(at, word_end - at), at_or_0(text, word_end))) {
        out.push_back(stand_in(Concept::url));
        return std::max(url_end(text, at), word_end) - at;
    }
    out += text.substr(at, end - at);
    return end - at;
}

std::size_t read_mention(std::u32string_view text, std::size_t at, std::u32string& out) {
    const char32_t first = at_or_0(text, at + 1);
    if (is_ascii_word(before_or_0(text, at)) || !(is_ascii_letter(first) || is_syllable(first))) return 0;
    std::size_t end = run_end(text, at + 1, is_name_letter);
    if (at_or_0(text, end) == U'@') return 0;  // The face @o@, or an address that no rule knows.
    while (!is_ascii_word(text[end - 1]) && !is_syllable(text[end - 1])) --end;
    out.push_back(stand_in(Concept::mention));
    return end - at;
}

}  // namespace nunchi::text::chat
