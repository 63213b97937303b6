#include "adapters/net/url.hpp"

#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <charconv>
#include <optional>

#include "adapters/net/ascii.hpp"
#include "adapters/net/base64.hpp"
#include "adapters/net/percent.hpp"

namespace nunchi::net {

namespace ip = boost::asio::ip;

namespace {

constexpr std::size_t kLongestUrl = 8 * 1024;
constexpr std::size_t kLongestHost = 253;

std::string lower(std::string_view text) {
    std::string lowered(text);
    std::transform(lowered.begin(), lowered.end(), lowered.begin(), ascii_lower);
    return lowered;
}

std::optional<ip::address> parse_address(std::string_view host) {
    boost::system::error_code error;
    const ip::address address = ip::make_address(std::string(host), error);
    return error ? std::nullopt : std::optional(address);
}

/// Names of digits, dots and "0x" at the end are addresses to some resolvers, in forms that others read
/// otherwise.
bool looks_like_a_number(std::string_view host) {
    const std::string_view last = host.substr(host.rfind('.') + 1);
    return last.empty() || std::all_of(last.begin(), last.end(), is_digit) || last.starts_with("0x");
}

bool is_host_name(std::string_view host) {
    const auto may_stand = [](char c) { return is_alphanumeric(c) || c == '-' || c == '_' || c == '.'; };
    if (host.empty() || host.size() > kLongestHost || host.front() == '.') return false;
    if (host.find("..") != std::string_view::npos) return false;
    return std::all_of(host.begin(), host.end(), may_stand) && !looks_like_a_number(host);
}

std::optional<std::uint16_t> parse_port(std::string_view text) {
    std::uint16_t port = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    if (error != std::errc() || end != text.data() + text.size() || port == 0) return std::nullopt;
    return port;
}

struct HostAndPort {
    std::string host;
    std::optional<std::uint16_t> port;
};

/// A name, an IPv4 address or an IPv6 address in brackets, and perhaps a port.
std::optional<HostAndPort> parse_authority(std::string_view text) {
    const bool is_bracketed = text.starts_with('[');
    const std::size_t end = is_bracketed ? text.find(']') : text.find(':');
    if (is_bracketed && end == std::string_view::npos) return std::nullopt;
    HostAndPort parsed{.host = lower(is_bracketed ? text.substr(1, end - 1) : text.substr(0, end)),
                       .port = {}};
    std::string_view rest =
        end == std::string_view::npos ? std::string_view() : text.substr(end + (is_bracketed ? 1 : 0));
    if (!rest.empty()) {
        if (!rest.starts_with(':')) return std::nullopt;
        parsed.port = parse_port(rest.substr(1));
        if (!parsed.port) return std::nullopt;
    }
    const auto address = parse_address(parsed.host);
    if (is_bracketed) {
        // A zone ("%eth0") means something on one machine only.
        if (!address || !address->is_v6() || parsed.host.find('%') != std::string::npos) return std::nullopt;
        return parsed;
    }
    if (!(address && address->is_v4()) && !is_host_name(parsed.host)) return std::nullopt;
    return parsed;
}

struct Scheme {
    std::string_view prefix;
    bool is_secure;
    bool is_websocket;
};

constexpr Scheme kSchemes[] = {
    {"https://", true, false}, {"http://", false, false}, {"wss://", true, true}, {"ws://", false, true}};

std::uint16_t default_port(bool is_secure) {
    return is_secure ? 443 : 80;
}

const Scheme* find_scheme(std::string_view text) {
    for (const Scheme& scheme : kSchemes) {
        if (equal_ignoring_case(text.substr(0, scheme.prefix.size()), scheme.prefix)) return &scheme;
    }
    return nullptr;
}

bool is_printable(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

/// "user:password", both percent-encoded, as the value of a header.
std::optional<std::string> basic_authorization(std::string_view user_info) {
    const auto decoded = percent_decode(user_info);
    if (!decoded || decoded->find(':') == std::string::npos) return std::nullopt;
    return "Basic " + base64(*decoded);
}

}  // namespace

std::string host_and_port(std::string_view host, std::uint16_t port) {
    const bool needs_brackets = host.find(':') != std::string_view::npos;
    return (needs_brackets ? "[" + std::string(host) + "]" : std::string(host)) + ":" + std::to_string(port);
}

std::string Url::authority() const {
    std::string text = host_and_port(host, port);
    if (port == default_port(is_secure)) text.resize(text.rfind(':'));
    return text;
}

result<Url> parse_url(std::string_view text) {
    if (text.size() > kLongestUrl || !is_printable(text)) return errc::bad_url;
    const Scheme* scheme = find_scheme(text);
    if (scheme == nullptr || text.find_first_of("#\\") != std::string_view::npos) return errc::bad_url;
    text.remove_prefix(scheme->prefix.size());
    const std::size_t end = std::min(text.find_first_of("/?"), text.size());
    const auto authority = parse_authority(text.substr(0, end));
    if (!authority) return errc::bad_url;
    std::string target(text.substr(end));
    if (!target.starts_with('/')) target.insert(target.begin(), '/');
    return Url{.is_secure = scheme->is_secure,
               .is_websocket = scheme->is_websocket,
               .host = authority->host,
               .port = authority->port.value_or(default_port(scheme->is_secure)),
               .target = std::move(target)};
}

result<Proxy> parse_proxy(std::string_view text) {
    constexpr std::string_view kScheme = "http://";
    if (text.size() > kLongestUrl || !equal_ignoring_case(text.substr(0, kScheme.size()), kScheme)) {
        return errc::bad_url;
    }
    text.remove_prefix(kScheme.size());
    if (text.ends_with('/')) text.remove_suffix(1);
    Proxy proxy;
    if (const std::size_t at = text.rfind('@'); at != std::string_view::npos) {
        const auto authorization = basic_authorization(text.substr(0, at));
        if (!authorization) return errc::bad_url;
        proxy.authorization = *authorization;
        text.remove_prefix(at + 1);
    }
    const auto authority = parse_authority(text);
    if (!authority) return errc::bad_url;
    proxy.host = authority->host;
    proxy.port = authority->port.value_or(default_port(false));
    return proxy;
}

bool is_loopback(std::string_view host) {
    if (equal_ignoring_case(host, "localhost")) return true;
    const auto address = parse_address(host);
    return address && address->is_loopback();
}

bool covers_host(const std::vector<std::string>& entries, std::string_view host) {
    return std::any_of(entries.begin(), entries.end(), [host](std::string_view entry) {
        if (entry == "*") return true;
        if (entry.starts_with('.')) entry.remove_prefix(1);
        if (entry.empty() || entry.size() > host.size()) return false;
        const std::string_view before = host.substr(0, host.size() - entry.size());
        return equal_ignoring_case(host.substr(before.size()), entry) &&
               (before.empty() || before.ends_with('.'));
    });
}

}  // namespace nunchi::net
