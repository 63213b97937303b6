#include "adapters/slack/command_text.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <utility>

namespace nunchi::slack {
namespace {

using Part = NotUnderstood::Part;

/// One word that people write, and what it stands for.
struct Word {
    std::string_view written;
    std::string_view meaning;
};

constexpr std::array<Word, 16> kCommands{{{"감정", "read"},
                                          {"emotion", "read"},
                                          {"read", "read"},
                                          {"설정", "settings"},
                                          {"settings", "settings"},
                                          {"도움말", "help"},
                                          {"도움", "help"},
                                          {"help", "help"},
                                          {"?", "help"},
                                          {"진단", "diagnose"},
                                          {"diagnose", "diagnose"},
                                          {"diagnosis", "diagnose"},
                                          {"읽기", "read"},
                                          {"분석", "read"},
                                          {"상태", "diagnose"},
                                          {"status", "diagnose"}}};

constexpr std::array<Word, 11> kSettings{{{"보기", "show"},
                                          {"show", "show"},
                                          {"모드", "mode"},
                                          {"mode", "mode"},
                                          {"채널", "channel"},
                                          {"channel", "channel"},
                                          {"기준", "threshold"},
                                          {"threshold", "threshold"},
                                          {"말투", "tone"},
                                          {"tone", "tone"},
                                          {"방식", "mode"}}};

constexpr std::array<Word, 17> kModes{{{"반응", "reaction"},
                                       {"이모지", "reaction"},
                                       {"reaction", "reaction"},
                                       {"reactions", "reaction"},
                                       {"답장", "reply"},
                                       {"답글", "reply"},
                                       {"스레드", "reply"},
                                       {"reply", "reply"},
                                       {"조용히", "silent"},
                                       {"silent", "silent"},
                                       {"부를때만", "on-demand"},
                                       {"부를 때만", "on-demand"},
                                       {"요청시", "on-demand"},
                                       {"on-demand", "on-demand"},
                                       {"기본값", "inherit"},
                                       {"기본", "inherit"},
                                       {"inherit", "inherit"}}};

constexpr std::array<Word, 9> kTones{{{"기본", "original"},
                                      {"원래", "original"},
                                      {"original", "original"},
                                      {"친근하게", "friendly"},
                                      {"friendly", "friendly"},
                                      {"짧게", "short"},
                                      {"short", "short"},
                                      {"기본값", "inherit"},
                                      {"inherit", "inherit"}}};

constexpr std::array<Word, 6> kSwitch{
    {{"켜기", "on"}, {"켬", "on"}, {"on", "on"}, {"끄기", "off"}, {"끔", "off"}, {"off", "off"}}};

constexpr std::array<Word, 4> kEverywhere{
    {{"전체", "all"}, {"워크스페이스", "all"}, {"all", "all"}, {"workspace", "all"}}};

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kSpace = " \t\r\n";
    const auto first = text.find_first_not_of(kSpace);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

/// The first word, which is taken off the text.
std::string_view take_word(std::string_view& text) {
    const auto end = std::min(text.find_first_of(" \t\r\n"), text.size());
    const auto word = text.substr(0, end);
    text = trimmed(text.substr(end));
    return word;
}

bool is_same(std::string_view left, std::string_view right) {
    return std::ranges::equal(left, right, [](char a, char b) {
        const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
        return lower(a) == lower(b);
    });
}

std::optional<std::string> meaning_of(std::string_view written, std::span<const Word> words) {
    const auto found =
        std::ranges::find_if(words, [&](const Word& word) { return is_same(word.written, written); });
    return found == words.end() ? std::nullopt : std::optional(std::string(found->meaning));
}

std::variant<chat::Command, NotUnderstood> change_of(std::string_view what, std::string_view value,
                                                     bool is_for_community) {
    chat::ChangeSettings change{.is_for_community = is_for_community};
    if (what == "mode") {
        change.mode = meaning_of(value, kModes);
        if (!change.mode) return NotUnderstood{Part::mode};
    } else if (what == "tone") {
        change.tone = meaning_of(value, kTones);
        if (!change.tone) return NotUnderstood{Part::tone};
    } else if (what == "channel") {
        const auto is_on = meaning_of(value, kSwitch);
        if (!is_on || is_for_community) return NotUnderstood{Part::channel};
        change.is_enabled = *is_on == "on";
    } else {
        if (value.empty()) return NotUnderstood{Part::confidence};
        const bool is_inherited = value == "기본값" || is_same(value, "inherit");
        change.min_confidence = is_inherited ? "inherit" : std::string(value);
    }
    return chat::Command(std::move(change));
}

std::variant<chat::Command, NotUnderstood> settings_of(std::string_view rest) {
    auto word = take_word(rest);
    const bool is_for_community = meaning_of(word, kEverywhere).has_value();
    if (is_for_community) word = take_word(rest);
    if (word.empty()) return chat::Command(chat::ShowSettings{});
    const auto what = meaning_of(word, kSettings);
    if (!what) return NotUnderstood{Part::setting};
    if (*what == "show") return chat::Command(chat::ShowSettings{});
    return change_of(*what, rest, is_for_community);
}

}  // namespace

std::variant<chat::Command, NotUnderstood> command_of(std::string_view text) {
    std::string_view rest = trimmed(text);
    if (rest.empty()) return chat::Command(chat::ShowHelp{});
    const auto command = meaning_of(take_word(rest), kCommands);
    if (!command) return NotUnderstood{Part::command};
    if (*command == "read") return chat::Command(chat::ReadText{std::string(rest), {}});
    if (*command == "settings") return settings_of(rest);
    if (*command == "diagnose") return chat::Command(chat::Diagnose{});
    return chat::Command(chat::ShowHelp{});
}

}  // namespace nunchi::slack
