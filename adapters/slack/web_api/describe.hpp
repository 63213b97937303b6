// How a call that went wrong is told: by codes, never by what it carried.
#pragma once

#include <string>

#include "adapters/slack/web_api/reading.hpp"
#include "adapters/slack/web_api/web_client.hpp"

namespace nunchi::slack::web_api {

/// "reactions.add: missing_scope (needs reactions:write, has chat:write)", "users.info: HTTP 503".
std::string describe(Method method, const Reading& reading);
std::string describe(Method method, boost::system::error_code error);

Failure failure_of(Method method, const Reading& reading, boost::system::error_code code);
Failure failure_of(Method method, boost::system::error_code code);

}  // namespace nunchi::slack::web_api
