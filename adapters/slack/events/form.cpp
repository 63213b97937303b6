#include "adapters/slack/events/form.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

#include "adapters/net/percent.hpp"

namespace nunchi::slack::events {
namespace {

constexpr std::size_t kMostFields = 100;

/// Takes the first field off the text.
std::string_view next_field(std::string_view& text) {
    const std::size_t end = std::min(text.find('&'), text.size());
    const std::string_view field = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return field;
}

}  // namespace

std::optional<nlohmann::json> parse_form(std::string_view body) {
    auto form = nlohmann::json::object();
    while (!body.empty()) {
        const std::string_view field = next_field(body);
        if (field.empty()) continue;
        const std::size_t sign = std::min(field.find('='), field.size());
        auto name = net::form_decode(field.substr(0, sign));
        auto value = net::form_decode(field.substr(std::min(sign + 1, field.size())));
        if (!name || !value || form.size() == kMostFields) return std::nullopt;
        form.emplace(std::move(*name), std::move(*value));
    }
    return form;
}

bool asks_for_ssl_check(std::string_view form) {
    while (!form.empty()) {
        if (next_field(form) == "ssl_check=1") return true;
    }
    return false;
}

}  // namespace nunchi::slack::events
