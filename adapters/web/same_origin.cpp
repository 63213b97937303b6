#include "adapters/web/same_origin.hpp"

#include <algorithm>

namespace nunchi::web {
namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool equals(std::string_view left, std::string_view right) {
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [](char a, char b) { return lower(a) == lower(b); });
}

/// "[::1]:8080" -> "[::1]", "localhost:8080" -> "localhost"
std::string_view without_port(std::string_view host) {
    const auto colon = host.rfind(':');
    const auto bracket = host.rfind(']');
    if (colon == std::string_view::npos) return host;
    if (bracket != std::string_view::npos && colon < bracket) return host;
    return host.substr(0, colon);
}

}  // namespace

bool is_allowed_host(std::string_view host, const std::vector<std::string>& allowed) {
    const auto name = without_port(host);
    return std::any_of(allowed.begin(), allowed.end(), [name](const auto& one) { return equals(one, name); });
}

bool is_same_origin(std::string_view origin, std::string_view host) {
    if (origin.empty()) return true;
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (origin.starts_with(scheme)) return !host.empty() && equals(origin.substr(scheme.size()), host);
    }
    return false;
}

}  // namespace nunchi::web
