// Arguments as an HTML form or a query writes them.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace nunchi::slack::web_api {

/// "channel=C1&limit=20" of an object, percent-encoded. Text stands as it is, everything else as JSON; null
/// values are left out.
std::string form_of(const nlohmann::json& arguments);

}  // namespace nunchi::slack::web_api
