#include "adapters/net/request_target.hpp"

#include <algorithm>

#include "adapters/net/ascii.hpp"
#include "adapters/net/percent.hpp"

namespace nunchi::net {
namespace {

bool is_control(char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

/// The absolute form (RFC 9112, section 3.2.2) without its scheme and host.
std::string_view without_authority(std::string_view target) {
    constexpr std::string_view kScheme = "http://";
    if (!equal_ignoring_case(target.substr(0, kScheme.size()), kScheme)) return target;
    target.remove_prefix(kScheme.size());
    const std::size_t end = std::min(target.find_first_of("/?"), target.size());
    return end == 0 ? std::string_view() : target.substr(end);
}

bool has_dot_segment(std::string_view path) {
    while (!path.empty()) {
        path.remove_prefix(1);  // the slash
        const std::string_view segment = path.substr(0, path.find('/'));
        if (segment == "." || segment == "..") return true;
        path.remove_prefix(segment.size());
    }
    return false;
}

}  // namespace

std::optional<RequestTarget> parse_request_target(std::string_view target) {
    target = without_authority(target);
    if (!target.starts_with('/') || target.find('#') != std::string_view::npos) return std::nullopt;
    const std::size_t question = target.find('?');
    const std::string_view encoded = target.substr(0, question);
    const std::optional<std::string> path = percent_decode(encoded);
    if (!path || std::any_of(path->begin(), path->end(), is_control)) return std::nullopt;
    if (path->find('\\') != std::string::npos || has_dot_segment(*path)) return std::nullopt;
    if (std::count(path->begin(), path->end(), '/') != std::count(encoded.begin(), encoded.end(), '/')) {
        return std::nullopt;  // a slash was escaped
    }
    const bool has_query = question != std::string_view::npos;
    return RequestTarget{.path = *path, .query = std::string(has_query ? target.substr(question + 1) : "")};
}

}  // namespace nunchi::net
