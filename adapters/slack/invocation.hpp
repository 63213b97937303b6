// A command, a shortcut or the Home tab: what was asked, by whom, and where its answer goes. Pure.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "adapters/chat/ids.hpp"

namespace nunchi::slack {

struct Invocation {
    chat::Place place;  // community empty in a conversation of two
    std::string user;
    std::string response_url;           // empty: the Home tab of the user
    bool is_english = false;            // by the command's own name, while the person's language is not known
    std::string typed{};                // behind the command
    std::optional<std::string> text{};  // of the message of a shortcut
    std::string author{};               // of that message
};

/// Of the fields of a slash command (C1). Nothing when they are not whole.
std::optional<Invocation> slash_command_of(const nlohmann::json& fields);

/// Of the message shortcut "감정 분석" (C7). Nothing for every other payload.
std::optional<Invocation> shortcut_of(const nlohmann::json& payload);

}  // namespace nunchi::slack
