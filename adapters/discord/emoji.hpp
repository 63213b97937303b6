// Which emoji stands for which emotion.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <variant>

namespace nunchi::discord {

/// Keys are chat::EmotionScore::id. Values are Unicode emoji, or "name:id" for an emoji of a server.
class EmojiSet {
public:
    /// 😊 😢 😠 😱 😮 🤢 😐.
    EmojiSet();

    /// "happiness=🥳, fear=name:123456": those named take the place of the standard ones. A string
    /// is a sentence for the operator: what is wrong.
    static std::variant<EmojiSet, std::string> parse(std::string_view text);

    /// As it goes into the path of a reaction, not yet percent-encoded. Empty for an unknown emotion.
    std::string_view reaction(std::string_view emotion) const;

    /// As it stands in a message: "😊" or "<:name:id>".
    std::string in_text(std::string_view emotion) const;

private:
    std::map<std::string, std::string, std::less<>> by_emotion_;
};

}  // namespace nunchi::discord
