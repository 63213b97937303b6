#include "adapters/discord/emoji.hpp"

#include <algorithm>

namespace nunchi::discord {
namespace {

constexpr std::size_t kMaxBytes = 80;

std::string_view trimmed(std::string_view text) {
    while (text.starts_with(' ')) text.remove_prefix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    return text;
}

bool is_digits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

bool is_name(std::string_view text) {
    return text.size() >= 2 && text.size() <= 32 && std::ranges::all_of(text, [](char c) {
               return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
           });
}

/// A server's emoji, or no ASCII at all. Which code points are emoji is Discord's to say (D19).
bool is_emoji(std::string_view text) {
    const auto colon = text.find(':');
    if (colon != std::string_view::npos) {
        return is_name(text.substr(0, colon)) && is_digits(text.substr(colon + 1));
    }
    return !text.empty() && text.size() <= kMaxBytes &&
           std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

}  // namespace

EmojiSet::EmojiSet()
    : by_emotion_{{"happiness", "😊"}, {"sadness", "😢"},    {"anger", "😠"},  {"fear", "😱"},
                  {"surprise", "😮"},  {"disgust", "🤢"}, {"neutral", "😐"}} {}

std::variant<EmojiSet, std::string> EmojiSet::parse(std::string_view text) {
    EmojiSet set;
    while (!trimmed(text).empty()) {
        const auto comma = std::min(text.find(','), text.size());
        const auto item = trimmed(text.substr(0, comma));
        text.remove_prefix(std::min(comma + 1, text.size()));
        const auto equals = std::min(item.find('='), item.size());
        const auto emotion = set.by_emotion_.find(trimmed(item.substr(0, equals)));
        const auto emoji = trimmed(item.substr(std::min(equals + 1, item.size())));
        if (emotion == set.by_emotion_.end() || !is_emoji(emoji)) {
            return "\"" + std::string(item) +
                   "\": expected emotion=emoji, as in happiness=😊 or fear=name:123456789, with one of anger, "
                   "disgust, fear, happiness, neutral, sadness, surprise";
        }
        emotion->second = emoji;
    }
    return set;
}

std::string_view EmojiSet::reaction(std::string_view emotion) const {
    const auto found = by_emotion_.find(emotion);
    return found == by_emotion_.end() ? std::string_view() : found->second;
}

std::string EmojiSet::in_text(std::string_view emotion) const {
    const std::string emoji(reaction(emotion));
    return emoji.find(':') == std::string::npos ? emoji : "<:" + emoji + ">";
}

}  // namespace nunchi::discord
