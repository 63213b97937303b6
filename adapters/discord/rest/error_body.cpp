#include "adapters/discord/rest/error_body.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <string_view>

#include "adapters/net/ascii.hpp"

namespace nunchi::discord::rest {
namespace {

constexpr int kDeepest = 8;
constexpr std::size_t kLongestWord = 40;
constexpr std::size_t kLongestDetails = 300;

/// A name or code of Discord's own as it is, anything else as a question mark.
std::string_view word(std::string_view text) {
    const bool is_plain = !text.empty() && text.size() <= kLongestWord &&
                          std::all_of(text.begin(), text.end(),
                                      [](char c) { return net::is_alphanumeric(c) || c == '_' || c == '@'; });
    return is_plain ? text : "?";
}

std::string_view code_of(const nlohmann::json& error) {
    const auto code = error.is_object() ? error.find("code") : error.end();
    const bool has_code = error.is_object() && code != error.end() && code->is_string();
    return has_code ? word(code->get_ref<const std::string&>()) : "?";
}

void collect(const nlohmann::json& node, const std::string& path, int depth, std::string& details) {
    if (!node.is_object() || depth > kDeepest) return;
    for (const auto& [name, value] : node.items()) {
        if (details.size() > kLongestDetails) return;
        if (name != "_errors") {
            collect(value, (path.empty() ? "" : path + ".") + std::string(word(name)), depth + 1, details);
            continue;
        }
        const bool has_error = value.is_array() && !value.empty();
        if (!has_error) continue;
        if (!details.empty()) details += "; ";
        details.append(path).append(": ").append(code_of(value.front()));
    }
}

}  // namespace

ErrorBody parse_error(const nlohmann::json& body) {
    ErrorBody error;
    if (!body.is_object()) return error;
    const auto code = body.find("code");
    if (code != body.end() && code->is_number_unsigned()) {
        const auto number = code->get<std::uint64_t>();
        if (number <= std::numeric_limits<int>::max()) error.code = static_cast<int>(number);
    }
    const auto errors = body.find("errors");
    if (errors != body.end()) collect(*errors, {}, 0, error.details);
    return error;
}

}  // namespace nunchi::discord::rest
