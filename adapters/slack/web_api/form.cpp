#include "adapters/slack/web_api/form.hpp"

#include <nlohmann/json.hpp>
#include <string_view>

#include "adapters/net/ascii.hpp"

namespace nunchi::slack::web_api {
namespace {

using nlohmann::json;

void append_encoded(std::string& form, std::string_view text) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    for (const char c : text) {
        const bool is_plain =
            net::is_alphanumeric(c) || std::string_view("-._~").find(c) != std::string_view::npos;
        if (is_plain) {
            form += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        form += '%';
        form += kHex[byte / 16U];
        form += kHex[byte % 16U];
    }
}

}  // namespace

std::string form_of(const json& arguments) {
    std::string form;
    for (const auto& [name, value] : arguments.items()) {
        if (value.is_null()) continue;
        if (!form.empty()) form += '&';
        append_encoded(form, name);
        form += '=';
        append_encoded(form, value.is_string() ? value.get_ref<const std::string&>()
                                               : value.dump(-1, ' ', false, json::error_handler_t::replace));
    }
    return form;
}

}  // namespace nunchi::slack::web_api
