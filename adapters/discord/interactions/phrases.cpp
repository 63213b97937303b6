#include "adapters/discord/interactions/phrases.hpp"

namespace nunchi::discord::interactions {
namespace {

using chat::Locale;

std::string_view choose(Locale locale, std::string_view korean, std::string_view english) {
    return locale == Locale::korean ? korean : english;
}

}  // namespace

std::string_view unknown_command_text(Locale locale) {
    return choose(locale, "지금은 없는 명령이에요. 디스코드를 새로 고친 뒤 다시 해 주세요.",
                  "This command does not exist right now. Please reload Discord and try again.");
}

std::string_view bot_message_text(Locale locale) {
    return choose(locale, "봇이 쓴 메시지는 읽지 않아요.", "I do not read messages by bots.");
}

std::string_view no_text_text(Locale locale) {
    return choose(locale, "이 메시지에는 읽을 수 있는 글이 없어요.",
                  "There is no text in this message that I can read.");
}

std::string_view message_gone_text(Locale locale) {
    return choose(locale, "원래 메시지가 지워져서 설명할 수 없어요.",
                  "The original message is gone, so I cannot explain it.");
}

std::string_view cannot_read_text(Locale locale) {
    return choose(locale, "지금은 원래 메시지를 불러올 수 없어요. 잠시 뒤에 다시 눌러 주세요.",
                  "I cannot fetch the original message right now. Please try again in a moment.");
}

std::string_view stopping_text(Locale locale) {
    return choose(locale, "다시 시작하는 중이에요. 잠시 뒤에 다시 해 주세요.",
                  "I am restarting. Please try again in a moment.");
}

std::string_view may_everything_text(Locale locale) {
    return choose(locale, "✅ 이 채널에서 필요한 권한이 모두 있습니다.",
                  "✅ I have all the permissions that I need in this channel.");
}

std::string missing_rights_text(const std::vector<std::string_view>& rights, Locale locale) {
    std::string list;
    for (const std::string_view right : rights) list += (list.empty() ? "" : ", ") + std::string(right);
    if (locale == Locale::english) {
        return "❌ I lack permissions in this channel: " + list + ". An admin can grant them to my role.";
    }
    return "❌ 이 채널에서 다음 권한이 없습니다: " + list + ". 관리자가 제 역할에 권한을 줄 수 있습니다.";
}

std::string_view name_of(Right right, Locale locale) {
    switch (right) {
        case Right::view_channel: return choose(locale, "채널 보기", "View Channel");
        case Right::send_messages: return choose(locale, "메시지 보내기", "Send Messages");
        case Right::send_in_threads:
            return choose(locale, "스레드에서 메시지 보내기", "Send Messages in Threads");
        case Right::read_history: return choose(locale, "메시지 기록 보기", "Read Message History");
        case Right::add_reactions: break;
    }
    return choose(locale, "반응 추가하기", "Add Reactions");
}

}  // namespace nunchi::discord::interactions
