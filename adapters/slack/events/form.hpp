// Bodies of the type application/x-www-form-urlencoded.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string_view>

namespace nunchi::slack::events {

/// The fields as an object of text; of a name that stands twice the first counts. Nothing when an escape is
/// broken or there are more than a hundred fields.
std::optional<nlohmann::json> parse_form(std::string_view body);

/// Whether one of the fields is ssl_check with exactly the value 1 (H5). Decodes nothing.
bool asks_for_ssl_check(std::string_view form);

}  // namespace nunchi::slack::events
