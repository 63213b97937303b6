// Where a request goes: URLs as the client takes them, and which hosts are reached in which way.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/net/error.hpp"

namespace nunchi::net {

struct Url {
    bool is_secure = false;     // https, wss
    bool is_websocket = false;  // ws, wss
    std::string host;           // in lower case, without brackets: "example.com", "192.0.2.1", "::1"
    std::uint16_t port = 0;
    std::string target;  // "/path?query", as it came; never empty

    /// What stands in the Host header: the port only where it is not the scheme's own.
    std::string authority() const;
};

/// errc::bad_url for anything but scheme://host[:port][/path][?query] in printable ASCII of at most 8 KiB:
/// user names, fragments, other schemes, and numbers that only some programs take for an address ("0x7f.1").
result<Url> parse_url(std::string_view text);

struct Proxy {
    std::string host;
    std::uint16_t port = 0;
    std::string authorization;  // the value of Proxy-Authorization; empty: none. A secret.
};

/// http://[user:password@]host[:port], user and password percent-encoded. errc::bad_url for anything else.
result<Proxy> parse_proxy(std::string_view text);

/// "host:port", with brackets around an IPv6 address.
std::string host_and_port(std::string_view host, std::uint16_t port);

/// 127.0.0.0/8, ::1 and localhost. By the name alone: what others resolve to does not matter.
bool is_loopback(std::string_view host);

/// Whether one of the entries is the host or, with a dot before it, ends it ("example.com" is for
/// "api.example.com" too); "*" is for all. Without regard to case.
bool covers_host(const std::vector<std::string>& entries, std::string_view host);

}  // namespace nunchi::net
