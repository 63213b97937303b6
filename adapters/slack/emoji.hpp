// Which emoji stands for which emotion, by the names that Slack knows (W8).
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <variant>

namespace nunchi::slack {

/// Keys are chat::EmotionScore::id. Values are emoji names without colons: standard ones, or a workspace's
/// own.
class EmojiNames {
public:
    /// blush, cry, angry, scream, open_mouth, nauseated_face, neutral_face.
    EmojiNames();

    /// "happiness=party_parrot, fear=scream_cat": those named take the place of the standard ones. A string
    /// is a sentence for the operator: what is wrong.
    static std::variant<EmojiNames, std::string> parse(std::string_view text);

    /// Empty for an unknown emotion.
    std::string_view name(std::string_view emotion) const;

    /// The standard name, which every workspace has.
    static std::string_view standard_name(std::string_view emotion);

    const std::map<std::string, std::string, std::less<>>& names() const { return by_emotion_; }

private:
    std::map<std::string, std::string, std::less<>> by_emotion_;
};

}  // namespace nunchi::slack
