#include <limits>
#include <utility>

#include "adapters/discord/gateway/payload.hpp"

namespace nunchi::discord::gateway {
namespace {

using nlohmann::json;

constexpr int kMaxDepth = 64;
constexpr double kMostRetryAfter = 86'400;

json parse_json(std::string_view text) {
    const auto is_shallow = [](int depth, json::parse_event_t, json&) { return depth <= kMaxDepth; };
    return json::parse(text, is_shallow, false);
}

/// The member, or null when there is none.
const json& member(const json& object, const char* name) {
    static const json null;
    if (!object.is_object()) return null;
    const auto found = object.find(name);
    return found == object.end() ? null : *found;
}

std::optional<std::int64_t> whole_number(const json& value) {
    constexpr auto kMost = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    if (value.is_number_unsigned() && value.get<std::uint64_t>() <= kMost) return value.get<std::int64_t>();
    if (value.is_number_integer() && !value.is_number_unsigned()) return value.get<std::int64_t>();
    return std::nullopt;
}

std::optional<int> small_number(const json& value) {
    const auto number = whole_number(value);
    if (!number || *number < std::numeric_limits<int>::min() || *number > std::numeric_limits<int>::max()) {
        return std::nullopt;
    }
    return static_cast<int>(*number);
}

/// Ids may come as numbers (G10).
std::string text_or_number(const json& value) {
    if (value.is_string()) return value.get<std::string>();
    const auto number = whole_number(value);
    return number ? std::to_string(*number) : std::string();
}

std::optional<Sequence> sequence_of(const json& object) {
    const auto number = whole_number(member(object, "s"));
    return number && *number >= 0 ? number : std::nullopt;
}

/// Where the first JSON object of the text ends; npos when it does not.
std::size_t end_of_object(std::string_view text) {
    int depth = 0;
    bool is_in_string = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (is_in_string) {
            if (c == '\\') ++i;
            if (c == '"') is_in_string = false;
        } else if (c == '"') {
            is_in_string = true;
        } else if (c == '{') {
            ++depth;
        } else if (c == '}' && --depth <= 0) {
            return i + 1;
        }
    }
    return std::string_view::npos;
}

}  // namespace

result<Payload> parse_payload(std::string_view text) {
    json parsed = parse_json(text);
    const auto op = small_number(member(parsed, "op"));
    if (!op) return errc::malformed;
    Payload payload{.op = *op, .data = {}, .sequence = sequence_of(parsed), .type = {}};
    if (const json& type = member(parsed, "t"); type.is_string()) payload.type = type.get<std::string>();
    if (const auto data = parsed.find("d"); data != parsed.end()) payload.data = std::move(*data);
    return payload;
}

std::vector<result<Payload>> parse_payloads(std::string_view text) {
    std::vector<result<Payload>> payloads;
    for (;;) {
        const std::size_t end = end_of_object(text);
        const bool is_last =
            end >= text.size() || text.find_first_not_of(" \t\r\n", end) == std::string_view::npos;
        payloads.push_back(parse_payload(is_last ? text : text.substr(0, end)));
        if (is_last) return payloads;
        text.remove_prefix(end);
    }
}

std::optional<std::chrono::milliseconds> heartbeat_interval(const json& hello) {
    const json& value = member(hello, "heartbeat_interval");
    if (!value.is_number()) return std::nullopt;
    const double milliseconds = value.get<double>();
    if (!(milliseconds >= 1 && milliseconds <= 600'000)) return std::nullopt;
    return std::chrono::milliseconds(static_cast<std::int64_t>(milliseconds));
}

Ready read_ready(const json& data) {
    const json& url = member(data, "resume_gateway_url");
    return {.session_id = text_or_number(member(data, "session_id")),
            .resume_gateway_url = url.is_string() ? url.get<std::string>() : std::string()};
}

bool is_resumable(const json& invalid_session) {
    return invalid_session.is_boolean() && invalid_session.get<bool>();
}

RateLimited read_rate_limited(const json& data) {
    RateLimited limited{.opcode = small_number(member(data, "opcode")).value_or(0)};
    const json& seconds = member(data, "retry_after");
    if (!seconds.is_number()) return limited;
    const double value = seconds.get<double>();
    if (value >= 0 && value <= kMostRetryAfter) limited.retry_after = value;
    return limited;
}

}  // namespace nunchi::discord::gateway
