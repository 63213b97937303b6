#include "adapters/slack/web_api/reading.hpp"

#include <algorithm>
#include <charconv>
#include <string_view>

#include "adapters/net/ascii.hpp"

namespace nunchi::slack::web_api {
namespace {

using nlohmann::json;

constexpr std::size_t kLongestCode = 60;
constexpr std::size_t kLongestScopes = 1000;
constexpr std::size_t kMostWarnings = 10;
constexpr std::chrono::seconds kLongestWait{3600};

/// Drops the values that are nested deeper than anything of Slack's: to copy such a one recurses.
bool is_shallow(int depth, json::parse_event_t, const json&) {
    constexpr int kDeepest = 64;
    return depth <= kDeepest;
}

const json& member(const json& object, std::string_view name) {
    static const json kNull;
    if (!object.is_object()) return kNull;
    const auto found = object.find(name);
    return found == object.end() ? kNull : *found;
}

/// What may stand in a log: codes and scopes are made of these.
bool is_code(std::string_view text, std::string_view also) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [also](char c) {
        return net::is_alphanumeric(c) || c == '_' || also.find(c) != std::string_view::npos;
    });
}

std::string code_of(const json& value, std::string_view also = {}, std::size_t longest = kLongestCode) {
    if (!value.is_string()) return {};
    const auto& text = value.get_ref<const std::string&>();
    if (text.empty()) return {};
    return text.size() <= longest && is_code(text, also) ? text : "?";
}

std::string scopes_of(const json& value) {
    return code_of(value, ":.,- ", kLongestScopes);
}

void add_warning(std::vector<std::string>& warnings, std::string code) {
    const bool is_new = !code.empty() && std::ranges::find(warnings, code) == warnings.end();
    if (is_new && warnings.size() < kMostWarnings) warnings.push_back(std::move(code));
}

/// `warning` holds codes with commas between them, response_metadata has a list of the same (W1).
std::vector<std::string> warnings_of(const json& body) {
    std::vector<std::string> warnings;
    const std::string joined = code_of(member(body, "warning"), ",", kLongestScopes);
    for (std::size_t begin = 0; begin < joined.size();) {
        const std::size_t end = std::min(joined.find(',', begin), joined.size());
        add_warning(warnings, joined.substr(begin, end - begin));
        begin = end + 1;
    }
    const json& listed = member(member(body, "response_metadata"), "warnings");
    if (listed.is_array()) {
        for (const json& warning : listed) add_warning(warnings, code_of(warning));
    }
    return warnings;
}

std::optional<std::chrono::seconds> retry_after_of(const net::Headers& headers) {
    const std::string_view text = headers.get("Retry-After");
    unsigned seconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (text.empty() || end != text.data() + text.size()) return std::nullopt;
    if (error == std::errc::result_out_of_range) return kLongestWait;
    return std::min(std::chrono::seconds(seconds), kLongestWait);
}

bool is_2xx(int status) {
    return status >= 200 && status < 300;
}

void read_slacks_form(Reading& reading) {
    const json& ok = member(reading.body, "ok");
    reading.error_code = code_of(member(reading.body, "error"));
    reading.is_slacks = ok.is_boolean();
    reading.is_ok = is_2xx(reading.status) && reading.is_slacks && ok.get<bool>();
    if (reading.is_ok || !reading.is_slacks) return;
    if (reading.error_code.empty()) reading.error_code = "?";
    reading.error = slack_error_of(reading.error_code);
    reading.needed = scopes_of(member(reading.body, "needed"));
    reading.provided = scopes_of(member(reading.body, "provided"));
}

}  // namespace

Reading read_response(Method method, const net::Response& response) {
    Reading reading;
    reading.status = response.status;
    reading.body = json::parse(response.body, is_shallow, false);
    if (reading.body.is_discarded()) reading.body = nullptr;
    reading.retry_after = retry_after_of(response.headers);
    reading.warnings = warnings_of(reading.body);
    reading.scopes = scopes_of(std::string(response.headers.get("X-OAuth-Scopes")));
    read_slacks_form(reading);
    if (traits(method).has_url && !reading.is_slacks) {
        reading.is_slacks = true;
        reading.is_ok = is_2xx(response.status);
    }
    return reading;
}

}  // namespace nunchi::slack::web_api
