#include "adapters/slack/render.hpp"

#include <algorithm>
#include <cmath>

#include "adapters/slack/phrases.hpp"

namespace nunchi::slack {
namespace {

using nlohmann::json;

constexpr std::size_t kShownScores = 3;
constexpr std::size_t kMaxSectionBytes =
    2900;  // W6 counts 3,000 characters, of which none is shorter than a byte

/// Cut between two characters.
std::string limited(std::string text) {
    if (text.size() <= kMaxSectionBytes) return text;
    auto end = kMaxSectionBytes - std::string_view("…").size();
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    text.resize(end);
    return text + "…";
}

bool is_korean(const chat::Reading& reading) {
    // English names are ASCII.
    return !reading.scores.empty() && static_cast<unsigned char>(reading.scores.front().name.front()) >= 0x80;
}

/// "행복 91% · 중립 4% · 놀람 2% · AI의 추정입니다"
std::string small_print(const chat::Reading& reading) {
    std::string line;
    for (std::size_t i = 0; i < std::min(kShownScores, reading.scores.size()); ++i) {
        const auto per_cent = std::lround(reading.scores[i].probability * 100);
        line += reading.scores[i].name + " " + std::to_string(per_cent) + "% · ";
    }
    return line + (is_korean(reading) ? "AI의 추정입니다" : "an AI's estimate");
}

json section(std::string text) {
    return {{"type", "section"}, {"text", {{"type", "mrkdwn"}, {"text", limited(std::move(text))}}}};
}

json context(std::string text) {
    return {{"type", "context"},
            {"elements", json::array({{{"type", "mrkdwn"}, {"text", std::move(text)}}})}};
}

}  // namespace

std::string mrkdwn(std::string_view text) {
    std::string escaped;
    escaped.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '&')
            escaped += "&amp;";
        else if (c == '<')
            escaped += "&lt;";
        else if (c == '>')
            escaped += "&gt;";
        else if (c == '*' && i + 1 < text.size() && text[i + 1] == '*')
            escaped += text[i++];
        else
            escaped += c;
    }
    return escaped;
}

json answer_body(std::string_view text, const chat::Reading& reading, const EmojiNames& emoji) {
    std::string line = limited(mrkdwn(text));
    if (reading.scores.empty()) return {{"text", line}, {"blocks", json::array({section(line)})}};
    const std::string mark =
        reading.abstained ? "thinking_face" : std::string(emoji.name(reading.scores.front().id));
    const std::string marked = ":" + mark + ": " + line;
    return {{"text", marked},
            {"blocks", json::array({section(marked), context(mrkdwn(small_print(reading)))})}};
}

json command_body(const chat::CommandAnswer& answer, const EmojiNames& emoji) {
    return answer_body(answer.text, answer.reading.value_or(chat::Reading{}), emoji);
}

json home_view(std::string_view settings, chat::Locale locale) {
    const json header{{"type", "header"}, {"text", {{"type", "plain_text"}, {"text", home_title(locale)}}}};
    return {{"type", "home"},
            {"blocks", json::array({header,
                                    section(mrkdwn(help_text(locale))),
                                    {{"type", "divider"}},
                                    section(mrkdwn(settings)),
                                    {{"type", "divider"}},
                                    section(mrkdwn(privacy_text(locale)))})}};
}

}  // namespace nunchi::slack
