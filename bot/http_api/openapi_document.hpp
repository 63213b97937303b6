// The description of this API for programs: openapi.json of this folder, compiled in.
#pragma once

#include <string_view>

namespace nunchi::http_api {

/// OpenAPI 3.1, as JSON.
std::string_view openapi_document();

}  // namespace nunchi::http_api
