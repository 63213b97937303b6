#include "bot/access/access_guard.hpp"

#include <algorithm>
#include <cctype>
#include <string_view>

namespace nunchi::access {
namespace {

bool equals_ignoring_case(std::string_view left, std::string_view right) {
    return std::ranges::equal(left, right, [](char a, char b) {
        return std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b));
    });
}

net::Response refuse(int status, std::string_view sentence) {
    return net::make_response(status, "text/plain; charset=utf-8", std::string(sentence) + "\n");
}

net::Response ask_for_entry() {
    auto response =
        refuse(401,
               "이 페이지는 일회용 링크로 들어올 수 있습니다. 서버에서 `nunchi link`를 실행하세요.\n"
               "This page is entered by a one-time link: run `nunchi link` on the server. "
               "Programs send the header Authorization: Bearer <token>.");
    response.headers.set("WWW-Authenticate", "Bearer");
    return response;
}

/// The origin's host and port; empty when it is "null" or no URL.
std::string_view authority(std::string_view origin) {
    const auto slashes = origin.find("://");
    return slashes == std::string_view::npos ? std::string_view() : origin.substr(slashes + 3);
}

bool is_probe(std::string_view path) {
    return path == "/livez" || path == "/readyz";
}

}  // namespace

std::string_view host_name(std::string_view host) {
    if (host.starts_with('[')) return host.substr(0, std::min(host.find(']'), host.size() - 1) + 1);
    return host.substr(0, host.find(':'));
}

bool is_loopback(std::string_view address) {
    const bool is_ipv4 = address.find_first_not_of("0123456789.") == std::string_view::npos;
    return (is_ipv4 && address.starts_with("127.")) || address == "::1" || address == "localhost";
}

bool AccessGuard::is_known_host(std::string_view host) const {
    const auto name = host_name(host);
    if (is_loopback(name) || name == "[::1]") return true;
    return std::ranges::any_of(options_.allowed_hosts, [&](const std::string& allowed) {
        return equals_ignoring_case(allowed, name);
    });
}

bool AccessGuard::has_session(const net::Request& request) const {
    const auto cookie = request.cookie(kSessionCookie);
    return check_entry_key(options_.token, Purpose::session, cookie, options_.now()).has_value();
}

std::optional<net::Response> AccessGuard::refusal(const net::Request& request) const {
    constexpr std::string_view bearer = "Bearer ";
    const auto authorization = request.headers.get("Authorization");
    if (!options_.token.empty() && !authorization.empty()) {
        if (authorization.starts_with(bearer) &&
            is_same_secret(options_.token, authorization.substr(bearer.size()))) {
            return std::nullopt;
        }
        return refuse(401, "The token is wrong: it is the one in http.token_file.");
    }
    const auto host = request.headers.get("Host");
    if (is_probe(request.path)) return std::nullopt;
    if (!is_known_host(host)) {
        return refuse(421, "This host name is not known here: add it to http.allowed_hosts.");
    }
    const auto origin = request.headers.get("Origin");
    if (!origin.empty() && !equals_ignoring_case(authority(origin), host)) {
        return refuse(403, "Pages of other origins may not use this server.");
    }
    if (options_.token.empty() || request.path == kEntryPath || has_session(request)) return std::nullopt;
    return ask_for_entry();
}

}  // namespace nunchi::access
