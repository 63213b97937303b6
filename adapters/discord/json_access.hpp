// Reads Discord's JSON, whatever it holds.
#pragma once

#include "adapters/json/access.hpp"

namespace nunchi::discord {

using json_access::flag_of;
using json_access::member;
using json_access::number_of;
using json_access::text_of;

/// A snowflake: digits, of a string or a whole number (G10). Empty when it is none.
inline std::string id_of(const nlohmann::json& object, std::string_view name) {
    const auto& value = member(object, name);
    if (value.is_number_integer() && value.get<std::int64_t>() >= 0)
        return std::to_string(value.get<std::uint64_t>());
    if (!value.is_string()) return {};
    const auto& text = value.get_ref<const std::string&>();
    const bool is_id = text.size() <= 20 && text.find_first_not_of("0123456789") == std::string::npos;
    return is_id ? text : std::string();
}

}  // namespace nunchi::discord
