// What comes in over a Socket Mode connection (S3 to S5). Pure.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <variant>

namespace nunchi::slack::socket_mode {

struct Hello {
    int connections = 0;  // of the app, this one included; 0: not told
};

enum class Farewell : std::uint8_t {
    refresh,              // "warning", "refresh_requested" and whatever else Slack may say
    too_many_websockets,  // over the limit of 10
    link_disabled,        // Socket Mode was switched off
};

struct Disconnect {
    Farewell farewell = Farewell::refresh;
    std::string reason;  // Slack's own word: letters, digits and underscores, else "?"
};

enum class Kind : std::uint8_t { event, command, interaction, other };

struct Envelope {
    std::string id;
    Kind kind = Kind::other;
    nlohmann::json payload;
    bool takes_payload = false;  // its acknowledgement may carry one
    int retry_attempt = 0;       // 0 says nothing: the same envelope may come again with 0 (S5)
    std::string retry_reason{};
};

/// No JSON object, or none that is known: it is counted and the connection goes on (S10).
struct Unknown {};

using Incoming = std::variant<Hello, Disconnect, Envelope, Unknown>;

Incoming read_frame(std::string_view text);

/// The acknowledgement; a null payload is left out.
std::string acknowledgement(const std::string& envelope, const nlohmann::json& payload);

}  // namespace nunchi::slack::socket_mode
