// Base64 for the Authorization header.
#pragma once

#include <string>
#include <string_view>

namespace nunchi::net {

std::string base64(std::string_view bytes);

}  // namespace nunchi::net
