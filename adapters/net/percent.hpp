// Percent-encoding (RFC 3986, section 2.1) of what comes from outside.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace nunchi::net {

/// Nothing when a "%" is not followed by two hexadecimal digits. The bytes may be anything, NUL included.
std::optional<std::string> percent_decode(std::string_view text);

/// The same for the names and values of a query, where "+" stands for a space.
std::optional<std::string> form_decode(std::string_view text);

}  // namespace nunchi::net
