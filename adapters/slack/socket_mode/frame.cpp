#include "adapters/slack/socket_mode/frame.hpp"

#include <algorithm>

#include "adapters/json/access.hpp"

namespace nunchi::slack::socket_mode {
namespace {

using json_access::flag_of;
using json_access::member;
using json_access::number_of;
using json_access::text_of;
using nlohmann::json;

constexpr int kMaxDepth = 64;

/// Beyond the depth nothing is kept, so that hostile nesting costs nothing.
json parse(std::string_view text) {
    const auto keep = [](int depth, json::parse_event_t, json&) { return depth <= kMaxDepth; };
    json parsed = json::parse(text, keep, false);
    return parsed.is_object() ? parsed : json();
}

std::string word_of(const std::string& text) {
    const bool is_word = !text.empty() && text.size() <= 64 && std::ranges::all_of(text, [](char c) {
        return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    });
    return is_word ? text : "?";
}

Disconnect disconnect_of(const json& frame) {
    Disconnect disconnect{.reason = word_of(text_of(frame, "reason"))};
    if (disconnect.reason == "too_many_websockets") disconnect.farewell = Farewell::too_many_websockets;
    if (disconnect.reason == "link_disabled") disconnect.farewell = Farewell::link_disabled;
    return disconnect;
}

Kind kind_of(const std::string& type) {
    if (type == "events_api") return Kind::event;
    if (type == "slash_commands") return Kind::command;
    if (type == "interactive") return Kind::interaction;
    return Kind::other;
}

}  // namespace

Incoming read_frame(std::string_view text) {
    const json frame = parse(text);
    const auto type = text_of(frame, "type");
    if (type == "hello")
        return Hello{
            static_cast<int>(std::clamp<std::int64_t>(number_of(frame, "num_connections"), 0, 1000))};
    if (type == "disconnect") return disconnect_of(frame);
    Envelope envelope;
    envelope.id = text_of(frame, "envelope_id");
    if (envelope.id.empty()) return Unknown{};
    envelope.kind = kind_of(type);
    envelope.payload = member(frame, "payload");
    envelope.takes_payload = flag_of(frame, "accepts_response_payload");
    envelope.retry_attempt =
        static_cast<int>(std::clamp<std::int64_t>(number_of(frame, "retry_attempt"), 0, 100));
    envelope.retry_reason = text_of(frame, "retry_reason");
    return envelope;
}

std::string acknowledgement(const std::string& envelope, const json& payload) {
    json frame{{"envelope_id", envelope}};
    if (!payload.is_null()) frame["payload"] = payload;
    return frame.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace nunchi::slack::socket_mode
