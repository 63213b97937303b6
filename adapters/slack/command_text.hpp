// What was typed behind /눈치 or /nunchi. Pure.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "adapters/chat/command.hpp"

namespace nunchi::slack {

/// What cannot be understood; for a sentence that says what can be written.
struct NotUnderstood {
    enum class Part { command, setting, mode, confidence, tone, channel };
    Part part = Part::command;
};

/// "설정", "설정 모드 답장", "설정 전체 말투 짧게", "감정 …", "진단", "도움말" and their English forms.
/// Nothing at all asks for help.
std::variant<chat::Command, NotUnderstood> command_of(std::string_view text);

}  // namespace nunchi::slack
