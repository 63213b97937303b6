// Where a message lives. Ids are the platforms' own, as text; the core compares them and never looks inside.
#pragma once

#include <compare>
#include <string>

namespace nunchi::chat {

/// A channel, or whatever a platform calls the place where people read each other.
struct Place {
    std::string platform;   // "web", "discord", "slack": a key for storage and metrics, never tested
    std::string community;  // guild, workspace; empty in a direct message and in the web chat
    std::string channel;
    std::string thread;  // empty outside of threads

    auto operator<=>(const Place&) const = default;
};

struct MessageRef {
    Place place;
    std::string message;

    auto operator<=>(const MessageRef&) const = default;
};

}  // namespace nunchi::chat
