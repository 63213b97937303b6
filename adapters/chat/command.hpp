// What people ask of the bot by name, in a command, a menu or a form, and what they get.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "adapters/chat/ids.hpp"
#include "adapters/chat/message.hpp"
#include "adapters/chat/reading.hpp"

namespace nunchi::chat {

struct Invoker {
    std::string id;
    /// The platform said so. Whatever it did not say is false.
    bool is_admin = false;
};

/// "/감정 …" and the menu "감정 분석". `author` is who wrote the text, when it is not the invoker.
struct ReadText {
    std::string text;
    std::string author;
};

/// "/설정 보기".
struct ShowSettings {};

/// "/설정 모드|채널|기준|말투". What is not given stays as it is; "inherit" takes the choice back.
struct ChangeSettings {
    bool is_for_community = false;                // else for the channel of the command's place
    std::optional<std::string> mode{};            // "reply", "reaction", "silent", "on-demand", "inherit"
    std::optional<std::string> min_confidence{};  // "0.5", or "50" for per cent; "inherit"
    std::optional<std::string> tone{};            // "original", "friendly", "short", "inherit"
    std::optional<bool> is_enabled{};             // whether the channel's messages are read unasked
};

/// "/도움말".
struct ShowHelp {};

/// "/진단": why the bot does or does not answer here.
struct Diagnose {
    std::vector<std::string> findings;  // what the adapter found, a sentence each, in the invoker's language
};

using Command = std::variant<ReadText, ShowSettings, ChangeSettings, ShowHelp, Diagnose>;

struct CommandInvoked {
    MessageRef ref;  // of the command itself; the answer goes there
    Invoker invoker;
    Locale locale = Locale::korean;
    Command command;
};

/// Seen by the invoker only, wherever the platform can do that.
struct CommandAnswer {
    MessageRef to;
    std::string text;                // may hold lines; no markup but **bold**
    std::optional<Reading> reading;  // of ReadText
};

}  // namespace nunchi::chat
