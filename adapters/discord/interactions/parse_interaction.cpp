#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "adapters/discord/interactions/interaction.hpp"
#include "adapters/discord/interactions/snowflake.hpp"
#include "adapters/discord/json_access.hpp"

namespace nunchi::discord::interactions {
namespace {

using nlohmann::json;

constexpr std::size_t kMaxToken = 2048;   // Discord's have some 200 characters
constexpr std::size_t kMaxOptions = 25;   // I11
constexpr int kMaxCommandLevels = 2;      // a group of subcommands, and the subcommand
constexpr std::int64_t kMessageMenu = 3;  // the type of the command

Kind kind_of(std::int64_t type) {
    switch (type) {
        case 1: return Kind::ping;
        case 2: return Kind::command;
        case 3: return Kind::component;
        case 4: return Kind::autocomplete;
        case 5: return Kind::modal;
        default: return Kind::unknown;
    }
}

std::optional<Permissions> permissions_of(const json& object, std::string_view name) {
    const auto& value = member(object, name);
    if (value.is_number_unsigned()) return value.get<Permissions>();
    return value.is_string() ? parse_permissions(value.get_ref<const std::string&>()) : std::nullopt;
}

chat::Place place_of(const json& data, const std::string& channel) {
    std::string community = id_of(data, "guild_id");
    if (community.empty()) community = id_of(member(data, "guild"), "id");
    chat::Place place{"discord", std::move(community), channel, {}};
    const auto& described = member(data, "channel");
    const auto type = number_of(described, "type");
    const bool is_thread = type >= 10 && type <= 12;
    std::string parent = is_thread ? id_of(described, "parent_id") : std::string();
    if (!parent.empty()) place.thread = std::exchange(place.channel, std::move(parent));
    return place;
}

std::string user_of(const json& data) {
    std::string user = id_of(member(member(data, "member"), "user"), "id");
    return user.empty() ? id_of(member(data, "user"), "id") : user;
}

std::optional<std::string> value_of(const json& option) {
    const auto& value = member(option, "value");
    if (value.is_string()) return value.get<std::string>();
    if (value.is_boolean()) return value.get<bool>() ? "true" : "false";
    return value.is_number() ? std::optional(value.dump()) : std::nullopt;
}

/// The subcommand's own object in a list of options; null when the list holds values.
const json* subcommand_in(const json& options) {
    if (!options.is_array() || options.size() != 1) return nullptr;
    const auto type = number_of(options.front(), "type");
    const bool is_subcommand = type == 1 || type == 2;
    return is_subcommand ? &options.front() : nullptr;
}

void read_options(const json& options, Interaction& interaction) {
    if (!options.is_array()) return;
    for (const auto& option : options) {
        if (interaction.options.size() == kMaxOptions) return;
        auto value = value_of(option);
        if (value) interaction.options.push_back({text_of(option, "name"), std::move(*value)});
    }
}

void read_command(const json& data, Interaction& interaction) {
    interaction.path.push_back(text_of(data, "name"));
    const json* level = &data;
    for (int depth = 0; depth < kMaxCommandLevels; ++depth) {
        const json* const below = subcommand_in(member(*level, "options"));
        if (below == nullptr) break;
        interaction.path.push_back(text_of(*below, "name"));
        level = below;
    }
    read_options(member(*level, "options"), interaction);
    interaction.is_message_menu = number_of(data, "type") == kMessageMenu;
    const auto& target = member(member(member(data, "resolved"), "messages"), id_of(data, "target_id"));
    if (interaction.is_message_menu && target.is_object()) interaction.target = parse_read_message(target);
}

}  // namespace

const std::string* Interaction::option(std::string_view name) const {
    const auto found = std::ranges::find(options, name, &Option::name);
    return found == options.end() ? nullptr : &found->value;
}

std::optional<Interaction> parse_interaction(const json& data) {
    Interaction interaction;
    interaction.kind = kind_of(number_of(data, "type"));
    interaction.id = id_of(data, "id");
    std::string token = text_of(data, "token");
    const bool is_whole = !interaction.id.empty() && !token.empty() && token.size() <= kMaxToken &&
                          number_of(data, "type") >= 0;
    if (!is_whole && interaction.kind != Kind::ping) return std::nullopt;
    interaction.token = config::Secret(std::move(token));
    interaction.application = id_of(data, "application_id");
    interaction.channel = id_of(data, "channel_id");
    if (interaction.channel.empty()) interaction.channel = id_of(member(data, "channel"), "id");
    interaction.place = place_of(data, interaction.channel);
    interaction.user = user_of(data);
    interaction.permissions = permissions_of(member(data, "member"), "permissions");
    interaction.app_permissions = permissions_of(data, "app_permissions");
    interaction.locale = text_of(data, "locale");
    interaction.created = created_at(interaction.id);
    if (interaction.kind == Kind::command) read_command(member(data, "data"), interaction);
    interaction.custom_id = text_of(member(data, "data"), "custom_id");
    interaction.replied_to = id_of(member(member(data, "message"), "message_reference"), "message_id");
    return interaction;
}

ReadMessage parse_read_message(const json& message) {
    const auto& author = member(message, "author");
    const bool is_by_bot = flag_of(author, "bot") || !id_of(message, "webhook_id").empty();
    return {id_of(author, "id"), is_by_bot, text_of(message, "content")};
}

}  // namespace nunchi::discord::interactions
