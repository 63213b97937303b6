#include "adapters/discord/render.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

namespace nunchi::discord {
namespace {

using nlohmann::json;

constexpr std::size_t kShownScores = 3;
constexpr std::size_t kMaxContentBytes = 2000;  // R15 counts characters, of which none is shorter than a byte

/// Whatever a text holds, nobody is pinged (R17).
json nobody() {
    return {{"parse", json::array()}, {"replied_user", false}};
}

/// Cut between two characters.
std::string limited(std::string text) {
    if (text.size() <= kMaxContentBytes) return text;
    auto end = kMaxContentBytes - std::string_view("…").size();
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    text.resize(end);
    return text + "…";
}

std::string per_cent(float probability) {
    return std::to_string(std::lround(probability * 100)) + "%";
}

bool is_korean(const chat::Reading& reading) {
    // English names are ASCII.
    return !reading.scores.empty() && static_cast<unsigned char>(reading.scores.front().name.front()) >= 0x80;
}

/// "-# 행복 91% · 중립 4% · 놀람 2% · AI의 추정입니다" in small letters.
std::string small_print(const chat::Reading& reading) {
    std::string line = "-# ";
    for (std::size_t i = 0; i < std::min(kShownScores, reading.scores.size()); ++i) {
        line += reading.scores[i].name + " " + per_cent(reading.scores[i].probability) + " · ";
    }
    return line + (is_korean(reading) ? "AI의 추정입니다" : "an AI's estimate");
}

std::string with_reading(std::string_view text, const chat::Reading& reading, const EmojiSet& emoji) {
    if (reading.scores.empty()) return limited(std::string(text));
    const std::string mark = reading.abstained ? "🤔" : emoji.in_text(reading.scores.front().id);
    return limited(mark + " " + std::string(text) + "\n" + small_print(reading));
}

json why_button(const chat::Reply& reply) {
    constexpr int kActionRow = 1;
    constexpr int kButton = 2;
    constexpr int kSecondary = 2;
    const char* const label = is_korean(reply.reading) ? "왜?" : "Why?";
    const json button = {
        {"type", kButton}, {"style", kSecondary}, {"label", label}, {"custom_id", "why:" + reply.to.message}};
    return json::array({{{"type", kActionRow}, {"components", json::array({button})}}});
}

json body_with(std::string content) {
    return {{"content", limited(std::move(content))}, {"allowed_mentions", nobody()}};
}

}  // namespace

std::string nonce_of(const chat::MessageRef& to) {
    return "e" + to.message;
}

json reply_body(const chat::Reply& reply, const EmojiSet& emoji) {
    json body = edited_body(reply, emoji);
    body["message_reference"] = {{"message_id", reply.to.message}, {"fail_if_not_exists", false}};
    body["nonce"] = nonce_of(reply.to);
    body["enforce_nonce"] = true;
    return body;
}

json edited_body(const chat::Reply& reply, const EmojiSet& emoji) {
    json body = body_with(with_reading(reply.text, reply.reading, emoji));
    // Nothing is to be explained where no emotion was named.
    body["components"] = reply.reading.abstained ? json::array() : why_button(reply);
    return body;
}

json command_body(const chat::CommandAnswer& answer, const EmojiSet& emoji) {
    return body_with(answer.reading ? with_reading(answer.text, *answer.reading, emoji) : answer.text);
}

json explanation_body(const chat::Explanation& explanation) {
    return body_with("💡 " + explanation.text);
}

json notice_body(const chat::Notice& notice) {
    return body_with(notice.text);
}

}  // namespace nunchi::discord
