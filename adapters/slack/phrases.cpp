#include "adapters/slack/phrases.hpp"

#include <string_view>

namespace nunchi::slack {
namespace {

using chat::Locale;
using Part = NotUnderstood::Part;

std::string choose(Locale locale, std::string_view korean, std::string_view english) {
    return std::string(locale == Locale::korean ? korean : english);
}

}  // namespace

std::string help_text(Locale locale) {
    return choose(
        locale,
        "**눈치**는 한국어 메시지에서 일곱 가지 감정(공포, 놀람, 분노, 슬픔, 중립, 행복, 혐오)을 읽습니다.\n"
        "• 저를 멘션하거나 개인 메시지를 보내면 언제나 답합니다.\n"
        "• `/눈치 감정` 뒤에 문장을 적으면 그 문장의 감정을 나에게만 보여 줍니다.\n"
        "• 메시지 메뉴의 **감정 분석**은 고른 메시지의 감정을 나에게만 보여 줍니다.\n"
        "• `/눈치 설정` 지금 설정을 봅니다. 관리자는 바꿀 수 있습니다: `/눈치 설정 채널 켜기`, "
        "`/눈치 설정 모드 반응`, `/눈치 설정 기준 50`, `/눈치 설정 말투 친근하게`. "
        "`설정 전체 모드 답장`처럼 쓰면 워크스페이스 전체에 적용됩니다.\n"
        "• `/눈치 진단` 지금 여기서 왜 답하는지, 왜 답하지 않는지 알려 줍니다.\n"
        "메시지 내용은 저장하지 않습니다. 결과는 인공지능의 추정이라 틀릴 수 있습니다.",
        "**Nunchi** reads seven emotions (fear, surprise, anger, sadness, neutral, happiness, disgust) in Korean "
        "messages.\n"
        "• Mention me or write to me directly, and I always answer.\n"
        "• `/nunchi emotion` and a sentence reads that sentence, for your eyes only.\n"
        "• **감정 분석** in a message's menu reads that message, for your eyes only.\n"
        "• `/nunchi settings` shows the settings. Admins change them: `/nunchi settings channel on`, "
        "`/nunchi settings mode reaction`, `/nunchi settings threshold 50`, `/nunchi settings tone friendly`. "
        "`settings all mode reply` is for the whole workspace.\n"
        "• `/nunchi diagnose` says why I do or do not answer here.\n"
        "No message is stored. The result is an AI's estimate and may be wrong.");
}

std::string not_understood_text(Part part, Locale locale) {
    switch (part) {
        case Part::setting:
            return choose(
                locale,
                "무엇을 바꿀까요? 채널, 모드, 기준, 말투 중에서 적어 주세요. 예: `/눈치 설정 채널 켜기`",
                "What should change? Write channel, mode, threshold or tone, as in `/nunchi settings "
                "channel on`.");
        case Part::mode:
            return choose(
                locale,
                "모드는 반응, 답장, 조용히, 부를 때만, 기본값 중 하나입니다. 예: `/눈치 설정 모드 반응`",
                "The mode is one of reaction, reply, silent, on-demand, inherit, as in `/nunchi settings "
                "mode reaction`.");
        case Part::confidence:
            return choose(
                locale, "기준은 0에서 100 사이의 백분율로 적어 주세요. 예: `/눈치 설정 기준 50`",
                "Give the threshold in per cent, from 0 to 100, as in `/nunchi settings threshold 50`.");
        case Part::tone:
            return choose(
                locale, "말투는 기본, 친근하게, 짧게, 기본값 중 하나입니다. 예: `/눈치 설정 말투 친근하게`",
                "The tone is one of original, friendly, short, inherit, as in `/nunchi settings tone "
                "friendly`.");
        case Part::channel:
            return choose(locale,
                          "이 채널에서 `/눈치 설정 채널 켜기` 또는 `/눈치 설정 채널 끄기`라고 적어 주세요.",
                          "In the channel itself, write `/nunchi settings channel on` or `off`.");
        case Part::command: break;
    }
    return choose(locale, "무슨 말인지 모르겠습니다. `/눈치 도움말`에 쓸 수 있는 명령이 있습니다.",
                  "I do not understand. `/nunchi help` lists what you can write.");
}

std::string welcome_text(Locale locale) {
    return choose(
        locale,
        "불러 주셔서 고맙습니다. 저를 멘션하면 그 메시지의 감정을 읽어 드립니다.\n"
        "이 채널의 메시지를 모두 읽게 하려면 워크스페이스 관리자가 `/눈치 설정 채널 켜기`를 입력해 주세요. "
        "그 전에는 아무것도 분석하지 않습니다.",
        "Thank you for having me. Mention me, and I read the emotion of that message.\n"
        "To have me read all messages of this channel, a workspace admin writes `/nunchi settings channel "
        "on`. Before that nothing is analysed.");
}

std::string not_a_member_text(Locale locale) {
    return choose(locale, "저는 이 채널에 없어서 메시지를 볼 수 없습니다. `/invite @눈치`로 불러 주세요.",
                  "I am not in this channel and cannot see its messages. Invite me with `/invite`.");
}

std::string privacy_text(Locale locale) {
    return choose(
        locale,
        "**저장하지 않는 것**: 메시지 내용, 사람별 기록.\n"
        "**저장하는 것**: 채널 설정, 채널별 감정 횟수(사람 구분 없음), 중복을 막기 위한 메시지 번호(하루).\n"
        "메시지로 모델을 학습하지 않습니다. 결과는 인공지능의 추정입니다.",
        "**Not stored**: messages, anything per person.\n"
        "**Stored**: the channels' settings, counts of emotions by channel (not by person), message numbers "
        "that prevent double answers (for a day).\n"
        "No model is trained on messages. Results are an AI's estimate.");
}

std::string home_title(Locale locale) {
    return choose(locale, "눈치", "Nunchi");
}

}  // namespace nunchi::slack
