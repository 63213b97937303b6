#include "adapters/slack/events/headers.hpp"

#include <algorithm>
#include <charconv>

#include "adapters/net/ascii.hpp"

namespace nunchi::slack::events {
namespace {

RetryReason reason_of(std::string_view text) {
    if (text.empty()) return RetryReason::none;
    if (text == "http_timeout") return RetryReason::http_timeout;
    if (text == "too_many_redirects") return RetryReason::too_many_redirects;
    if (text == "connection_failed") return RetryReason::connection_failed;
    if (text == "ssl_error") return RetryReason::ssl_error;
    if (text == "http_error") return RetryReason::http_error;
    return text == "unknown_error" ? RetryReason::unknown_error : RetryReason::other;
}

}  // namespace

std::optional<std::string_view> only_value(const net::Headers& headers, std::string_view name) {
    std::optional<std::string_view> value;
    for (const auto& [field, text] : headers) {
        if (!net::equal_ignoring_case(field, name)) continue;
        if (value) return std::nullopt;
        value = text;
    }
    return value;
}

MediaType media_type_of(const net::Headers& headers) {
    const std::string_view header = headers.get("Content-Type");
    const std::string_view type = net::trimmed(header.substr(0, header.find(';')));
    if (net::equal_ignoring_case(type, "application/json")) return MediaType::json;
    const bool is_form = net::equal_ignoring_case(type, "application/x-www-form-urlencoded");
    return is_form ? MediaType::form : MediaType::other;
}

Retry retry_of(const net::Headers& headers) {
    Retry retry;
    const std::string_view number = headers.get("X-Slack-Retry-Num");
    std::from_chars(number.data(), number.data() + number.size(), retry.number);
    retry.number = std::max(retry.number, 0);
    retry.reason = reason_of(headers.get("X-Slack-Retry-Reason"));
    const bool is_unexplained = retry.number > 0 && retry.reason == RetryReason::none;
    if (is_unexplained) retry.reason = RetryReason::other;
    return retry;
}

}  // namespace nunchi::slack::events
