#include "adapters/slack/emoji.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace nunchi::slack {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kStandard{
    {{"happiness", "blush"},
     {"sadness", "cry"},
     {"anger", "angry"},
     {"fear", "scream"},
     {"surprise", "open_mouth"},
     {"disgust", "nauseated_face"},
     {"neutral", "neutral_face"}}};

constexpr std::size_t kMaxBytes = 100;

std::string_view trimmed(std::string_view text, std::string_view what = " ") {
    const auto first = text.find_first_not_of(what);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(what) - first + 1);
}

/// Lower-case letters, digits, _ - + ' and letters beyond ASCII, as Slack allows them.
bool is_name(std::string_view text) {
    return !text.empty() && text.size() <= kMaxBytes && std::ranges::all_of(text, [](char c) {
        return static_cast<unsigned char>(c) >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
               std::string_view("_-+'").find(c) != std::string_view::npos;
    });
}

}  // namespace

EmojiNames::EmojiNames() : by_emotion_(kStandard.begin(), kStandard.end()) {}

std::variant<EmojiNames, std::string> EmojiNames::parse(std::string_view text) {
    EmojiNames set;
    while (!trimmed(text).empty()) {
        const auto comma = std::min(text.find(','), text.size());
        const auto item = trimmed(text.substr(0, comma));
        text.remove_prefix(std::min(comma + 1, text.size()));
        const auto equals = std::min(item.find('='), item.size());
        const auto emotion = set.by_emotion_.find(trimmed(item.substr(0, equals)));
        const auto name = trimmed(item.substr(std::min(equals + 1, item.size())), " :");
        if (emotion == set.by_emotion_.end() || !is_name(name)) {
            return "\"" + std::string(item) +
                   "\": expected emotion=name, as in happiness=blush, with one of anger, disgust, fear, happiness, "
                   "neutral, sadness, surprise, and an emoji's name in Slack";
        }
        emotion->second = name;
    }
    return set;
}

std::string_view EmojiNames::name(std::string_view emotion) const {
    const auto found = by_emotion_.find(emotion);
    return found == by_emotion_.end() ? std::string_view() : found->second;
}

std::string_view EmojiNames::standard_name(std::string_view emotion) {
    const auto* const found =
        std::ranges::find(kStandard, emotion, &std::pair<std::string_view, std::string_view>::first);
    return found == kStandard.end() ? std::string_view() : found->second;
}

}  // namespace nunchi::slack
