#include "bot/commands/phrases.hpp"

#include <cmath>

namespace nunchi::commands {
namespace {

using chat::Locale;
using pipeline::Mode;
using pipeline::Tone;

std::string choose(Locale locale, std::string_view korean, std::string_view english) {
    return std::string(locale == Locale::korean ? korean : english);
}

std::string mode_text(Mode mode, Locale locale) {
    switch (mode) {
        case Mode::reply: return choose(locale, "답장", "reply");
        case Mode::reaction: return choose(locale, "이모지 반응", "emoji reaction");
        case Mode::silent: return choose(locale, "조용히 세기만", "silent, counted only");
        case Mode::on_demand: return choose(locale, "부를 때만", "only when addressed");
    }
    return {};
}

std::string tone_text(Tone tone, Locale locale) {
    switch (tone) {
        case Tone::original: return choose(locale, "기본 말투", "original");
        case Tone::friendly: return choose(locale, "친근하게", "friendly");
        case Tone::brief: return choose(locale, "짧게", "short");
    }
    return {};
}

/// The platform's word for a community.
std::string community(const Speech& speech) {
    return choose(speech.locale, speech.words.community_korean, speech.words.community_english);
}

std::string origin_text(Origin origin, const Speech& speech) {
    const Locale locale = speech.locale;
    switch (origin) {
        case Origin::channel: return choose(locale, "이 채널에서 정함", "chosen for this channel");
        case Origin::community:
            return locale == Locale::korean ? community(speech) + " 전체에서 정함"
                                            : "chosen for the whole " + community(speech);
        case Origin::standard: return choose(locale, "기본값", "default");
    }
    return {};
}

std::string line(std::string_view name, std::string_view value, Origin origin, const Speech& speech) {
    return "• " + std::string(name) + ": **" + std::string(value) + "** (" + origin_text(origin, speech) +
           ")\n";
}

std::string per_cent(double confidence) {
    return std::to_string(std::lround(confidence * 100)) + "%";
}

std::string view_lines(const SettingsView& view, const Speech& speech) {
    const Locale locale = speech.locale;
    return line(choose(locale, "모드", "Mode"), mode_text(view.mode.value, locale), view.mode.origin,
                speech) +
           line(choose(locale, "기준", "Threshold"), per_cent(view.min_confidence.value),
                view.min_confidence.origin, speech) +
           line(choose(locale, "말투", "Tone"), tone_text(view.tone.value, locale), view.tone.origin, speech);
}

std::string reading_line(const Diagnosis& diagnosis, const Speech& speech) {
    const Locale locale = speech.locale;
    if (!diagnosis.is_in_community) {
        return choose(locale, "✅ 여기는 개인 대화라서 모든 메시지에 답합니다.\n",
                      "✅ This is a direct conversation: I answer every message.\n");
    }
    switch (diagnosis.view.mode.value) {
        case Mode::reply:
        case Mode::reaction:
            return choose(locale, "✅ 이 채널의 메시지를 읽고 답합니다.\n",
                          "✅ I read and answer the messages of this channel.\n");
        case Mode::silent:
            return choose(locale, "ℹ️ 이 채널에서는 세기만 하고 답하지 않습니다.\n",
                          "ℹ️ In this channel I only count and do not answer.\n");
        case Mode::on_demand: break;
    }
    return locale == Locale::korean
               ? "ℹ️ 이 채널에서는 저를 부를 때만 답합니다. 관리자가 " +
                     speech.words.switch_on_korean + "로 켤 수 있습니다.\n"
               : "ℹ️ In this channel I answer only when addressed. An admin can switch it on with " +
                     speech.words.switch_on_english + ".\n";
}

}  // namespace

std::string help_text(Locale locale) {
    return choose(
        locale,
        "**눈치**는 한국어 메시지에서 일곱 가지 감정(공포, 놀람, 분노, 슬픔, 중립, 행복, 혐오)을 읽습니다.\n"
        "• 저를 멘션하거나, 제 말에 답장하거나, 개인 메시지를 보내면 언제나 답합니다.\n"
        "• `/감정` 문장을 적으면 그 문장의 감정을 나에게만 보여 줍니다.\n"
        "• 메시지 메뉴의 **감정 분석**은 고른 메시지의 감정을 나에게만 보여 줍니다.\n"
        "• `/설정` 관리자는 읽을 채널, 답하는 방식, 기준, 말투를 정합니다.\n"
        "• `/진단` 지금 여기서 왜 답하는지, 왜 답하지 않는지 알려 줍니다.\n"
        "메시지 내용은 저장하지 않습니다. 결과는 인공지능의 추정이라 틀릴 수 있습니다.",
        "**Nunchi** reads seven emotions (fear, surprise, anger, sadness, neutral, happiness, disgust) in Korean "
        "messages.\n"
        "• Mention me, reply to me or write to me directly, and I always answer.\n"
        "• `/emotion` reads the sentence that you give, for your eyes only.\n"
        "• **Read emotion** in a message's menu reads that message, for your eyes only.\n"
        "• `/settings` lets admins choose channels, way of answering, threshold and tone.\n"
        "• `/diagnose` says why I do or do not answer here.\n"
        "No message is stored. The result is an AI's estimate and may be wrong.");
}

std::string settings_text(const SettingsView& view, const Speech& speech) {
    return choose(speech.locale, "**이 채널의 설정**\n", "**Settings of this channel**\n") +
           view_lines(view, speech);
}

std::string changed_text(bool is_for_community, const SettingsView& view, const Speech& speech) {
    const std::string where = community(speech);
    const auto title =
        is_for_community
            ? choose(speech.locale, "**" + where + " 전체의 설정을 바꿨습니다.** 이 채널에서는:\n",
                     "**The " + where + "'s settings are changed.** In this channel:\n")
            : choose(speech.locale, "**이 채널의 설정을 바꿨습니다.**\n",
                     "**This channel's settings are changed.**\n");
    return title + view_lines(view, speech);
}

std::string refusal_text(Refusal refusal, const Speech& speech) {
    const Locale locale = speech.locale;
    const std::string where = community(speech);
    switch (refusal) {
        case Refusal::not_admin:
            return choose(locale, "설정은 " + where + " 관리 권한이 있는 사람만 바꿀 수 있습니다.",
                          "Only people who may manage this " + where + " can change the settings.");
        case Refusal::not_in_community:
            return choose(locale, "설정은 " + where + "의 채널에서만 바꿀 수 있습니다.",
                          "Settings can be changed in a " + where + "'s channel only.");
        case Refusal::bad_mode:
            return choose(locale,
                          "모르는 모드입니다. 답장, 이모지 반응, 조용히, 부를 때만 중에서 골라 주세요.",
                          "I do not know this mode. Choose reply, reaction, silent or on-demand.");
        case Refusal::bad_confidence:
            return choose(locale, "기준은 0에서 100 사이의 백분율로 적어 주세요. 예: 50",
                          "Give the threshold in per cent, from 0 to 100, as in 50.");
        case Refusal::bad_tone:
            return choose(locale, "모르는 말투입니다. 기본, 친근하게, 짧게 중에서 골라 주세요.",
                          "I do not know this tone. Choose original, friendly or short.");
        case Refusal::nothing_given: break;
    }
    return choose(locale, "바꿀 것을 하나는 골라 주세요.", "Choose something to change.");
}

std::string store_failed_text(Locale locale) {
    return choose(locale, "저장소에 문제가 있어서 지금은 할 수 없습니다. 잠시 뒤에 다시 해 주세요.",
                  "The store has a problem, so this cannot be done right now. Please try again in a moment.");
}

std::string diagnosis_text(const Diagnosis& diagnosis, const Speech& speech) {
    const Locale locale = speech.locale;
    std::string text = choose(locale, "**진단**\n", "**Diagnosis**\n");
    text +=
        diagnosis.can_read
            ? choose(locale, "✅ 감정을 읽는 모델이 작동합니다", "✅ The model that reads emotions works") +
                  " (" + diagnosis.model_id + ").\n"
            : choose(locale, "❌ 지금은 모델이 답하지 않습니다. 운영자는 `nunchi doctor`로 확인해 주세요.\n",
                     "❌ The model does not answer right now. The operator can check with `nunchi doctor`.\n");
    text += reading_line(diagnosis, speech);
    for (const auto& finding : diagnosis.findings) text += finding + "\n";
    return text + view_lines(diagnosis.view, speech);
}

}  // namespace nunchi::commands
