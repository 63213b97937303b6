#include "adapters/slack/events/examine.hpp"

#include <optional>
#include <string_view>
#include <utility>

#include "adapters/slack/events/form.hpp"
#include "adapters/slack/events/headers.hpp"

namespace nunchi::slack::events {
namespace {

using nlohmann::json;
using Examined = std::variant<Delivery, Settled>;

Settled settled(Reason reason, int status) {
    Settled end;
    end.reason = reason;
    end.response.status = status;
    return end;
}

/// Slack does not send it again (H10).
Settled never_again(Reason reason, int status) {
    Settled end = settled(reason, status);
    end.response.headers.set("X-Slack-No-Retry", "1");
    return end;
}

bool is_ssl_check(const net::Request& request) {
    if (request.method == "GET" || request.method == "HEAD") return asks_for_ssl_check(request.query);
    return media_type_of(request.headers) == MediaType::form && asks_for_ssl_check(request.body);
}

bool is_signed(const net::Request& request, Verifier& verifier, std::chrono::system_clock::time_point now) {
    const auto timestamp = only_value(request.headers, "X-Slack-Request-Timestamp");
    const auto signature = only_value(request.headers, "X-Slack-Signature");
    return timestamp && signature && is_fresh(*timestamp, now) &&
           verifier.verify(*timestamp, request.body, *signature);
}

/// Drops the values that are nested deeper than anything of Slack's: to copy such a one recurses.
bool is_shallow(int depth, json::parse_event_t, const json&) {
    constexpr int kDeepest = 64;
    return depth <= kDeepest;
}

/// Nothing when it is no object.
std::optional<json> parse_object(std::string_view text) {
    json parsed = json::parse(text, is_shallow, false);
    return parsed.is_object() ? std::optional(std::move(parsed)) : std::nullopt;
}

std::string_view text_of(const json& object, std::string_view name) {
    const auto found = object.find(name);
    const bool is_text = found != object.end() && found->is_string();
    return is_text ? std::string_view(found->get_ref<const std::string&>()) : std::string_view();
}

bool is_foreign(const json& payload, const Rules& rules) {
    const std::string_view app = text_of(payload, "api_app_id");
    return !rules.app_id.empty() && !app.empty() && app != rules.app_id;
}

Examined verify_url(const json& body) {
    const auto challenge = body.find("challenge");
    const bool has_challenge = challenge != body.end() && challenge->is_string();
    if (!has_challenge) return never_again(Reason::unreadable, 400);
    const json answer = {{"challenge", *challenge}};
    return Settled{.reason = Reason::url_verification,
                   .response = net::make_response(
                       200, "application/json", answer.dump(-1, ' ', false, json::error_handler_t::replace))};
}

/// The outer type decides: not every envelope has an event in it (H13).
Examined examine_event(const net::Request& request, const Rules& rules) {
    auto body = parse_object(request.body);
    if (!body) return never_again(Reason::unreadable, 400);
    const std::string_view type = text_of(*body, "type");
    if (type == "url_verification") return verify_url(*body);
    if (is_foreign(*body, rules)) return never_again(Reason::foreign_app, 403);
    if (type == "app_rate_limited") return settled(Reason::events_limited, 200);
    if (type != "event_callback") return settled(Reason::unknown_type, 200);
    return Delivery{.kind = Kind::event, .payload = std::move(*body), .retry = retry_of(request.headers)};
}

Examined examine_form(const net::Request& request, const Rules& rules) {
    auto payload = parse_form(request.body);
    if (!payload) return never_again(Reason::unreadable, 400);
    Kind kind = Kind::command;
    if (payload->contains("payload")) {
        kind = Kind::interaction;
        payload = parse_object(text_of(*payload, "payload"));
        if (!payload) return never_again(Reason::unreadable, 400);
    } else if (!payload->contains("command")) {
        return settled(Reason::unknown_type, 200);
    }
    if (is_foreign(*payload, rules)) return never_again(Reason::foreign_app, 403);
    return Delivery{.kind = kind, .payload = std::move(*payload), .retry = retry_of(request.headers)};
}

}  // namespace

Examined examine(const net::Request& request, Verifier& verifier, const Rules& rules,
                 std::chrono::system_clock::time_point now) {
    if (request.body.size() > rules.max_body_bytes) return settled(Reason::too_large, 413);
    if (is_ssl_check(request)) return settled(Reason::ssl_check, 200);
    if (!is_signed(request, verifier, now)) return settled(Reason::not_signed, 401);
    switch (media_type_of(request.headers)) {
        case MediaType::json: return examine_event(request, rules);
        case MediaType::form: return examine_form(request, rules);
        case MediaType::other: break;
    }
    return never_again(Reason::unknown_media_type, 415);
}

}  // namespace nunchi::slack::events
