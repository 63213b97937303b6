#include "adapters/discord/rest/response_limits.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>
#include <string_view>

#include "adapters/net/ascii.hpp"

namespace nunchi::discord::rest {
namespace {

using std::chrono::nanoseconds;

constexpr double kLongestReset = 3600;
constexpr double kLongestBlock = 24.0 * 3600;
constexpr double kLargestLimit = 1'000'000;
constexpr std::size_t kLongestBucket = 128;

/// A finite number of at least 0; the whole text must be one.
std::optional<double> number_of(std::string_view text) {
    const std::string_view digits = net::trimmed(text);
    double number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    const bool is_number = error == std::errc() && end == digits.data() + digits.size() && !digits.empty();
    if (!is_number || !std::isfinite(number) || number < 0) return std::nullopt;
    return number;
}

/// Rounded up, so that nothing is sent a moment too early.
nanoseconds seconds_of(double seconds, double most) {
    return nanoseconds(static_cast<nanoseconds::rep>(std::ceil(std::min(seconds, most) * 1e9)));
}

std::optional<Window> window_of(const net::Headers& headers) {
    const auto limit = number_of(headers.get("X-RateLimit-Limit"));
    const auto remaining = number_of(headers.get("X-RateLimit-Remaining"));
    const auto reset_after = number_of(headers.get("X-RateLimit-Reset-After"));
    if (!limit || !remaining || !reset_after) return std::nullopt;
    const int whole_limit = std::max(1, static_cast<int>(std::min(*limit, kLargestLimit)));
    const int whole_remaining = static_cast<int>(std::min(*remaining, kLargestLimit));
    return Window{.limit = whole_limit,
                  .remaining = std::min(whole_remaining, whole_limit),
                  .reset_after = seconds_of(*reset_after, kLongestReset)};
}

/// The body's number is exact, the header's is rounded up (R13).
std::optional<nanoseconds> retry_after_of(const net::Headers& headers, const nlohmann::json& body) {
    const auto field = body.is_object() ? body.find("retry_after") : body.end();
    if (field != body.end() && field->is_number()) {
        const auto seconds = field->get<double>();
        if (std::isfinite(seconds) && seconds >= 0) return seconds_of(seconds, kLongestBlock);
    }
    for (const char* name : {"Retry-After", "X-RateLimit-Reset-After"}) {
        if (const auto seconds = number_of(headers.get(name))) return seconds_of(*seconds, kLongestBlock);
    }
    return std::nullopt;
}

/// A global block that is taken for another is the worst mistake, so any sign of one counts.
Scope scope_of(const net::Headers& headers, const nlohmann::json& body) {
    const std::string_view scope = headers.get("X-RateLimit-Scope");
    const bool says_global = net::equal_ignoring_case(scope, "global") ||
                             net::equal_ignoring_case(headers.get("X-RateLimit-Global"), "true");
    const auto field = body.is_object() ? body.find("global") : body.end();
    const bool body_says_global = field != body.end() && field->is_boolean() && field->get<bool>();
    if (says_global || body_says_global) return Scope::global;
    return net::equal_ignoring_case(scope, "shared") ? Scope::shared : Scope::user;
}

}  // namespace

ResponseLimits parse_limits(int status, const net::Headers& headers, const nlohmann::json& body) {
    ResponseLimits limits;
    const std::string_view bucket = headers.get("X-RateLimit-Bucket");
    if (bucket.size() <= kLongestBucket) limits.bucket = bucket;
    limits.window = window_of(headers);
    if (status == 429) {
        limits.block = Block{.scope = scope_of(headers, body), .retry_after = retry_after_of(headers, body)};
    }
    return limits;
}

}  // namespace nunchi::discord::rest
