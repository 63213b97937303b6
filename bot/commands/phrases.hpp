// Every sentence that a command is answered with.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "adapters/chat/message.hpp"
#include "bot/commands/settings_change.hpp"
#include "bot/commands/settings_view.hpp"

namespace nunchi::commands {

/// What a platform's people call things.
struct Words {
    std::string community_korean = "서버";
    std::string community_english = "server";
    std::string switch_on_korean = "`/설정 채널`";  // the command that has a channel read
    std::string switch_on_english = "`/settings channel`";
};

/// Whom to speak to, and in which words.
struct Speech {
    chat::Locale locale = chat::Locale::korean;
    Words words{};
};

std::string help_text(chat::Locale locale);
std::string settings_text(const SettingsView& view, const Speech& speech);
std::string changed_text(bool is_for_community, const SettingsView& view, const Speech& speech);
std::string refusal_text(Refusal refusal, const Speech& speech);
std::string store_failed_text(chat::Locale locale);

struct Diagnosis {
    SettingsView view;
    bool is_in_community = true;
    bool can_read = false;  // the classifier answered
    std::string model_id;
    std::vector<std::string> findings;  // the adapter's
};
std::string diagnosis_text(const Diagnosis& diagnosis, const Speech& speech);

}  // namespace nunchi::commands
