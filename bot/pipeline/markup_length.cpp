#include "bot/pipeline/markup_length.hpp"

#include <algorithm>
#include <array>

#include "bot/pipeline/code_point.hpp"

namespace nunchi::pipeline {
namespace {

constexpr auto kNowhere = std::string_view::npos;
// In bytes; more is read as words. Platforms allow names of 32 to 100 letters and messages of 40,000.
constexpr std::size_t kMaxName = 400;
constexpr std::size_t kMaxLink = 8192;

bool is_ascii_word(char32_t c) {
    return (c >= U'0' && c <= U'9') || (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
}

/// `prefix` is in small letters.
bool starts_with(std::string_view text, std::string_view prefix) {
    const auto is_same = [](char wanted, char c) {
        return wanted == (c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
    };
    return text.size() >= prefix.size() && std::equal(prefix.begin(), prefix.end(), text.begin(), is_same);
}

template <std::size_t kCount>
bool starts_with_one_of(std::string_view text, const std::array<std::string_view, kCount>& prefixes) {
    return std::ranges::any_of(prefixes,
                               [text](std::string_view prefix) { return starts_with(text, prefix); });
}

}  // namespace

std::size_t MarkupLength::at(std::size_t at, char32_t before) {
    switch (text_[at]) {
        case '`': return code(at);
        case '<': return angle(at);
        case '@': return is_ascii_word(before) || is_syllable(before) ? 0 : mention(at);
        case ':': return shortcode(at);
        case 'h':
        case 'H':
        case 'f':
        case 'F':
        case 'w':
        case 'W': return link(at);
        default: return 0;
    }
}

std::size_t MarkupLength::code(std::size_t at) {
    if (!has_no_fence_ && text_.substr(at).starts_with("```")) {
        const std::size_t end = text_.find("```", at + 3);
        if (end != kNowhere) return end + 3 - at;
        has_no_fence_ = true;
    }
    if (at >= line_end_) line_end_ = std::min(text_.find('\n', at), text_.size());
    const std::string_view line = text_.substr(at, line_end_ - at);
    const std::size_t marks = line.starts_with("``") ? 2 : 1;
    const std::size_t end = line.find(line.substr(0, marks), marks);
    if (end != kNowhere) return end + marks;
    return marks == 2 ? 2 : 0;
}

std::size_t MarkupLength::angle(std::size_t at) const {
    // Not the faces and arrows of "<3", "<- 이거 >".
    constexpr std::array<std::string_view, 13> kStarts{
        "<@",   "<#",       "<!",        "<:",       "<a:",     "<t:",      "</",
        "<id:", "<http://", "<https://", "<mailto:", "<slack:", "<discord:"};
    if (!starts_with_one_of(text_.substr(at), kStarts)) return 0;
    const std::size_t end = text_.find_first_of("<>\n", at + 1);
    return end != kNowhere && text_[end] == '>' ? end + 1 - at : 0;
}

std::size_t MarkupLength::name_end(std::size_t at) const {
    const std::size_t last = std::min(text_.size(), at + kMaxName);
    while (at < last) {
        const CodePoint c = code_point_at(text_, at);
        const bool is_mark = c.value == U'_' || c.value == U'-' || c.value == U'.' || c.value == U'+';
        if (!is_ascii_word(c.value) && !is_syllable(c.value) && !is_mark) break;
        at += c.length;
    }
    return at;
}

std::size_t MarkupLength::mention(std::size_t at) const {
    const std::size_t end = name_end(at + 1);
    return end == at + 1 ? 0 : end - at;
}

std::size_t MarkupLength::shortcode(std::size_t at) const {
    const std::size_t end = name_end(at + 1);
    const bool is_closed = end < text_.size() && text_[end] == ':';
    return is_closed && end > at + 1 ? end + 1 - at : 0;
}

std::size_t MarkupLength::link(std::size_t at) const {
    constexpr std::array<std::string_view, 4> kStarts{"http://", "https://", "ftp://", "www."};
    if (!starts_with_one_of(text_.substr(at), kStarts)) return 0;
    const std::size_t last = std::min(text_.size(), at + kMaxLink);
    std::size_t end = at;
    while (end < last) {
        const CodePoint c = code_point_at(text_, end);
        if (!continues_link(end, c.value)) break;
        end += c.length;
    }
    return end - at;
}

// Particles are glued to addresses (naver.com에서), so Hangul ends one, unless a slash or the like asks for
// it (wiki/한국).
bool MarkupLength::continues_link(std::size_t at, char32_t c) const {
    constexpr std::string_view kEnds = "<>\"`";
    constexpr std::string_view kBeforeHangul = "/=-_%#?&+.";
    if (c < 0x80) return c > 0x20 && c != 0x7F && kEnds.find(static_cast<char>(c)) == kNowhere;
    const bool is_after_non_ascii = static_cast<unsigned char>(text_[at - 1]) >= 0x80;
    return !is_space(c) && (is_after_non_ascii || kBeforeHangul.find(text_[at - 1]) != kNowhere);
}

}  // namespace nunchi::pipeline
