// Who may use the private listener.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "adapters/net/http_message.hpp"
#include "bot/access/entry_key.hpp"
#include "config/secret.hpp"

namespace nunchi::access {

struct GuardOptions {
    /// Empty: whoever reaches the listener may use it, which is for loopback only.
    config::Secret token;
    /// Host names that browsers may use beside localhost, 127.0.0.1 and [::1]: what stops DNS rebinding.
    std::vector<std::string> allowed_hosts;
    std::function<Clock::time_point()> now = &Clock::now;
};

inline constexpr std::string_view kSessionCookie = "nunchi_session";
inline constexpr std::string_view kEntryPath = "/enter";

/// Pure: decides on one request.
///
/// - A right bearer token enters everywhere, a wrong one nowhere (401).
/// - Without one, the Host must be a known name (421), and a request that a page of another origin makes is
///   refused (403).
/// - With a token set, all but /livez, /readyz and the entry path then need the session cookie (401).
class AccessGuard {
public:
    explicit AccessGuard(GuardOptions options) : options_(std::move(options)) {}

    /// Nothing: let it pass.
    std::optional<net::Response> refusal(const net::Request& request) const;

private:
    bool is_known_host(std::string_view host) const;
    bool has_session(const net::Request& request) const;

    GuardOptions options_;
};

/// Whether an address to listen on can be reached from this machine only.
bool is_loopback(std::string_view address);

/// "example.com:8080" -> "example.com", "[::1]:80" -> "[::1]".
std::string_view host_name(std::string_view host);

}  // namespace nunchi::access
