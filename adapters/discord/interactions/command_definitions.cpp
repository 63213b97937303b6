#include "adapters/discord/interactions/command_definitions.hpp"

#include <openssl/evp.h>

#include <array>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <string_view>

#include "adapters/discord/interactions/command_names.hpp"

namespace nunchi::discord::interactions {
namespace {

using nlohmann::json;

constexpr int kSlashCommand = 1;
constexpr int kMessageMenu = 3;

constexpr int kSubcommand = 1;
constexpr int kString = 3;
constexpr int kInteger = 4;
constexpr int kBoolean = 5;

constexpr int kInServers = 0;
constexpr int kInDirectMessages = 1;

constexpr int kMaxText = 2000;              // characters, as in the web chat
constexpr const char* kManageGuild = "32";  // who sees it; the core checks again (I17)
constexpr const char* kKorean = "ko";       // the key of all localisations (I14)

/// A name and what it is for, in both languages.
struct Words {
    std::string_view name;
    std::string_view korean_name;
    std::string_view purpose;
    std::string_view korean_purpose;
};

json described(int type, const Words& words) {
    return {{"type", type},
            {"name", words.name},
            {"name_localizations", {{kKorean, words.korean_name}}},
            {"description", words.purpose},
            {"description_localizations", {{kKorean, words.korean_purpose}}}};
}

json everywhere() {
    return json::array({kInServers, kInDirectMessages});
}

json choice(std::string_view value, std::string_view name, std::string_view korean_name) {
    return {{"name", name}, {"name_localizations", {{kKorean, korean_name}}}, {"value", value}};
}

json with_choices(json option, std::initializer_list<json> choices) {
    option["choices"] = json::array_t(choices);
    return option;
}

json required(json option) {
    option["required"] = true;
    return option;
}

json with_options(json command, std::initializer_list<json> options) {
    command["options"] = json::array_t(options);
    return command;
}

json inherit_choice() {
    return choice(names::kInherit, "Follow the server or the default", "서버 설정이나 기본값을 따름");
}

json scope_option() {
    return with_choices(described(kString, {names::kScope, "범위", "Where it holds; this channel if left out",
                                            "어디에 적용할지 정합니다. 비우면 이 채널입니다"}),
                        {choice(names::kThisChannel, "This channel", "이 채널"),
                         choice(names::kWholeServer, "The whole server", "서버 전체")});
}

json mode_command() {
    const json mode = with_choices(
        required(described(kString, {names::kMode, "모드", "The way of answering", "답하는 방식"})),
        {choice("reply", "Reply", "답장"), choice("reaction", "Emoji reaction", "이모지 반응"),
         choice("silent", "Silent: only count", "조용히 세기만"),
         choice("on-demand", "Only when addressed", "부를 때만"), inherit_choice()});
    return with_options(described(kSubcommand, {names::kMode, "모드", "Choose how the bot answers",
                                                "어떻게 답할지 정합니다"}),
                        {mode, scope_option()});
}

json channel_command() {
    const json reading = with_choices(
        required(described(kString, {names::kReading, "읽기", "Whether all messages here are read",
                                     "이 채널의 모든 메시지를 읽을지 정합니다"})),
        {choice(names::kOn, "On", "켜기"), choice(names::kOff, "Off: only when addressed", "끄기(부를 때만)"),
         inherit_choice()});
    return with_options(
        described(kSubcommand, {names::kChannel, "채널", "Switch reading on or off in this channel",
                                "이 채널에서 읽기를 켜거나 끕니다"}),
        {reading});
}

json threshold_command() {
    json percent =
        described(kInteger, {names::kPercent, "퍼센트", "Least probability of an emotion, 0 to 100",
                             "감정을 말할 최소 확률, 0에서 100까지"});
    percent["min_value"] = 0;
    percent["max_value"] = 100;
    const json inherit =
        described(kBoolean, {names::kInherit, "기본값으로", "Follow the server or the default again",
                             "다시 서버 설정이나 기본값을 따릅니다"});
    return with_options(described(kSubcommand, {names::kThreshold, "기준", "Choose how sure the bot must be",
                                                "얼마나 확실할 때 말할지 정합니다"}),
                        {percent, inherit, scope_option()});
}

json tone_command() {
    const json tone = with_choices(
        required(described(kString, {names::kTone, "말투", "The tone of the answers", "답하는 말투"})),
        {choice("original", "Original", "기본 말투"), choice("friendly", "Friendly", "친근하게"),
         choice("short", "Short", "짧게"), inherit_choice()});
    return with_options(described(kSubcommand, {names::kTone, "말투", "Choose the tone of the answers",
                                                "답하는 말투를 정합니다"}),
                        {tone, scope_option()});
}

json emotion_command() {
    json text = required(described(kString, {names::kText, "문장", "A Korean sentence", "한국어 문장"}));
    text["max_length"] = kMaxText;
    json command =
        with_options(described(kSlashCommand, {names::kEmotion, "감정", "Read the emotion in a sentence",
                                               "문장의 감정을 읽어 나에게만 보여 줍니다"}),
                     {text});
    command["contexts"] = everywhere();
    return command;
}

json message_menu() {
    // Menus have no description (I13).
    return {{"type", kMessageMenu},
            {"name", names::kReadEmotion},
            {"name_localizations", {{kKorean, "감정 분석"}}},
            {"contexts", everywhere()}};
}

json settings_command() {
    const json view = described(kSubcommand, {names::kView, "보기", "Show what holds in this channel and why",
                                              "이 채널에 적용되는 설정과 그 출처를 보여 줍니다"});
    json command = with_options(
        described(kSlashCommand,
                  {names::kSettings, "설정", "See and change the bot's settings", "설정을 보고 바꿉니다"}),
        {view, mode_command(), channel_command(), threshold_command(), tone_command()});
    command["contexts"] = json::array({kInServers});
    command["default_member_permissions"] = kManageGuild;
    return command;
}

json plain_command(const Words& words) {
    json command = described(kSlashCommand, words);
    command["contexts"] = everywhere();
    return command;
}

void strip(json& options) {
    for (json& option : options) {
        option.erase("name_localizations");
        option.erase("description_localizations");
        for (const char* list : {"options", "choices"}) {
            const auto found = option.find(list);
            if (found != option.end()) strip(*found);
        }
    }
}

}  // namespace

json command_definitions() {
    return json::array_t{
        emotion_command(),
        message_menu(),
        settings_command(),
        plain_command({names::kHelp, "도움말", "What the bot can do", "무엇을 할 수 있는지 알려 줍니다"}),
        plain_command({names::kDiagnose, "진단", "Why the bot does or does not answer here",
                       "여기서 왜 답하는지, 왜 답하지 않는지 알려 줍니다"}),
    };
}

json without_option_localizations(json definitions) {
    for (json& command : definitions) {
        const auto options = command.find("options");
        if (options != command.end()) strip(*options);
    }
    return definitions;
}

std::string fingerprint_of(const json& definitions) {
    constexpr std::string_view kHex = "0123456789abcdef";
    const std::string text = definitions.dump();
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha256(), nullptr);
    std::string hex;
    for (unsigned i = 0; i < size; ++i) hex.append({kHex[digest[i] >> 4U], kHex[digest[i] & 15U]});
    return hex;
}

}  // namespace nunchi::discord::interactions
