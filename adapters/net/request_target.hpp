// The target of a request line, taken apart.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace nunchi::net {

struct RequestTarget {
    std::string path;   // decoded; begins with a slash
    std::string query;  // as it came
};

/// Takes "/path?query" and "http://host/path?query". Nothing for anything else, for broken escapes, and for
/// paths that mean something else to whoever reads them next: an escaped slash or backslash, a control
/// character, "." or ".." between slashes.
std::optional<RequestTarget> parse_request_target(std::string_view target);

}  // namespace nunchi::net
