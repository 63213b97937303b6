// Interactions as Discord sends them (Discord docs: interactions/receiving-and-responding).
#pragma once

#include <chrono>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

#include "adapters/discord/interactions/snowflake.hpp"

namespace nunchi::discord::interactions::payloads {

using nlohmann::json;

/// A new one with each call, made at this moment or so long ago.
inline std::string new_id(std::chrono::milliseconds ago = {}) {
    static std::uint64_t counter = 0;
    return std::to_string(std::stoull(id_at(std::chrono::system_clock::now() - ago)) + ++counter % 4096);
}

inline json interaction(int type, json data) {
    return {{"id", new_id()},
            {"application_id", "900"},
            {"type", type},
            {"token", "the-token"},
            {"version", 1},
            {"guild_id", "100"},
            {"channel_id", "200"},
            {"channel", {{"id", "200"}, {"type", 0}, {"guild_id", "100"}}},
            {"member", {{"user", {{"id", "300"}}}, {"permissions", "2048"}}},
            {"app_permissions", "274877992000"},
            {"locale", "ko"},
            {"data", std::move(data)}};
}

inline json command(const std::string& name, json options = json::array()) {
    return interaction(2, {{"id", "1"}, {"type", 1}, {"name", name}, {"options", std::move(options)}});
}

inline json emotion(const std::string& text) {
    return command("emotion", {{{"type", 3}, {"name", "text"}, {"value", text}}});
}

inline json settings(const std::string& name, json options = json::array()) {
    return command("settings", {{{"type", 1}, {"name", name}, {"options", std::move(options)}}});
}

/// "감정 분석" on a message.
inline json message_menu(json message) {
    json resolved;
    resolved["messages"]["400"] = std::move(message);
    return interaction(2, {{"id", "2"},
                           {"type", 3},
                           {"name", "Read emotion"},
                           {"target_id", "400"},
                           {"resolved", std::move(resolved)}});
}

inline json button(const std::string& custom_id) {
    json pressed = interaction(3, {{"component_type", 2}, {"custom_id", custom_id}});
    pressed["message"] = {{"id", "500"}, {"message_reference", {{"message_id", "400"}}}};
    return pressed;
}

}  // namespace nunchi::discord::interactions::payloads
