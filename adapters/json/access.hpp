// Reads JSON of any content: what is missing or of another type counts as empty.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace nunchi::json_access {

/// The member of an object; null when there is none.
inline const nlohmann::json& member(const nlohmann::json& object, std::string_view name) {
    static const nlohmann::json kNull;
    if (!object.is_object()) return kNull;
    const auto found = object.find(name);
    return found == object.end() ? kNull : *found;
}

inline std::string text_of(const nlohmann::json& object, std::string_view name) {
    const auto& value = member(object, name);
    return value.is_string() ? value.get<std::string>() : std::string();
}

inline bool flag_of(const nlohmann::json& object, std::string_view name) {
    const auto& value = member(object, name);
    return value.is_boolean() && value.get<bool>();
}

/// -1 when it is none.
inline std::int64_t number_of(const nlohmann::json& object, std::string_view name) {
    const auto& value = member(object, name);
    return value.is_number_integer() ? value.get<std::int64_t>() : -1;
}

}  // namespace nunchi::json_access
