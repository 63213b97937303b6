// INTERACTION_CREATE, or the body of the webhook, as far as it is used.
#pragma once

#include <chrono>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/chat/ids.hpp"
#include "adapters/discord/interactions/permissions.hpp"
#include "config/secret.hpp"

namespace nunchi::discord::interactions {

enum class Kind {
    ping,          // the webhook is tried; answered with a pong (I26)
    command,       // a slash command or a menu
    component,     // a button
    autocomplete,  // an option is being typed
    modal,         // a form was sent
    unknown,
};

struct Option {
    std::string name;
    std::string value;  // numbers in digits, booleans as "true" and "false"
};

/// The message that a menu was opened on, or that was asked for.
struct ReadMessage {
    std::string author;
    bool is_by_bot = false;  // or by a webhook
    std::string text;
};

/// Any field but id and token may be empty: servers leave out what they like (D13).
struct Interaction {
    std::string id;
    config::Secret token;  // lets anybody answer for 15 minutes
    std::string application;
    Kind kind = Kind::unknown;

    chat::Place place;    // the channel of a thread, and the thread
    std::string channel;  // the channel or thread itself
    std::string user;
    std::optional<Permissions> permissions;      // of the user, there
    std::optional<Permissions> app_permissions;  // of the bot, there
    std::string locale;                          // of the user: "ko", "en-US"
    std::optional<std::chrono::system_clock::time_point> created;

    // Of a command.
    std::vector<std::string> path;  // default names: {"settings", "mode"} (I15)
    std::vector<Option> options;
    bool is_message_menu = false;
    std::optional<ReadMessage> target;  // of a message menu

    // Of a component.
    std::string custom_id;   // from outside, like everything here (I20)
    std::string replied_to;  // the message that the button's message replies to

    const std::string* option(std::string_view name) const;  // null when it was not given
};

/// Takes JSON of any content. Nothing when it lacks id, token or type; a ping needs the type only.
std::optional<Interaction> parse_interaction(const nlohmann::json& data);

/// Takes a message object of any content.
ReadMessage parse_read_message(const nlohmann::json& message);

}  // namespace nunchi::discord::interactions
