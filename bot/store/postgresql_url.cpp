#include "bot/store/postgresql_url.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>

#include "bot/store/error.hpp"

namespace nunchi::store {
namespace {

constexpr std::string_view kDigits = "0123456789";
constexpr std::string_view kHexDigits = "0123456789abcdefABCDEF";
constexpr std::string_view kPlain = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-._~%";

bool consists_of(std::string_view text, std::string_view letters) {
    return text.find_first_not_of(letters) == std::string_view::npos;
}

/// The text up to the mark, which is taken away with it; all of it when there is no mark.
std::string_view take_until(std::string_view& text, char mark) {
    const std::size_t at = text.find(mark);
    const std::string_view taken = text.substr(0, at);
    text.remove_prefix(at == std::string_view::npos ? text.size() : at + 1);
    return taken;
}

/// "db", "db:5432", "10.0.0.1:5432", "[::1]:5432" or nothing at all.
bool is_host(std::string_view host) {
    if (host.starts_with('[')) {
        host.remove_prefix(1);
        if (!consists_of(take_until(host, ']'), "0123456789abcdefABCDEF:.")) return false;
        return host.empty() || (host.starts_with(':') && consists_of(host.substr(1), kDigits));
    }
    return consists_of(take_until(host, ':'), kPlain) && consists_of(host, kDigits);
}

bool are_hosts(std::string_view hosts) {
    while (!hosts.empty()) {
        if (!is_host(take_until(hosts, ','))) return false;
    }
    return true;
}

/// Whether every % begins two hexadecimal digits, and none of them makes a zero byte.
bool is_well_escaped(std::string_view text) {
    while (true) {
        const std::size_t at = text.find('%');
        if (at == std::string_view::npos) return true;
        const std::string_view digits = text.substr(at + 1, 2);
        if (digits.size() < 2 || digits == "00" || !consists_of(digits, kHexDigits)) return false;
        text.remove_prefix(at + 3);
    }
}

/// "name=value&name=value"
bool are_settings(std::string_view query) {
    while (!query.empty()) {
        const std::string_view setting = take_until(query, '&');
        if (setting.find('=') == std::string_view::npos || setting.find('=') != setting.rfind('='))
            return false;
    }
    return true;
}

struct Parts {
    std::string_view hosts;
    std::string_view database;
};

/// Of what stands behind the scheme; nothing when libpq could see other parts than we do.
std::optional<Parts> split(std::string_view rest) {
    if (!is_well_escaped(rest)) return {};
    if (const std::size_t at = rest.find('@'); at != std::string_view::npos) {
        if (at != rest.rfind('@') || rest.find_first_of("/?#") < at) return {};
        rest.remove_prefix(at + 1);
    }
    std::string_view place = take_until(rest, '?');
    if (!are_settings(rest)) return {};
    const std::string_view hosts = take_until(place, '/');
    if (!are_hosts(hosts) || !consists_of(place, kPlain)) return {};
    return Parts{.hosts = hosts, .database = place};
}

/// So that no call hangs on a dead server for longer than some seconds.
std::string with_defaults(const std::string& url) {
    constexpr std::array<std::string_view, 4> kDefaults{"application_name=nunchi", "connect_timeout=5",
                                                        "tcp_user_timeout=10000", "keepalives_idle=30"};
    std::string result = url;
    for (const std::string_view setting : kDefaults) {
        const std::string name(setting.substr(0, setting.find('=') + 1));
        if (url.find("?" + name) != std::string::npos || url.find("&" + name) != std::string::npos) continue;
        result.append(result.find('?') == std::string::npos ? "?" : "&").append(setting);
    }
    return result;
}

}  // namespace

api::outcome<PostgresqlUrl> parse_postgresql_url(const config::Secret& url) {
    const auto refused = [](const char* reason) {
        return api::Failure{make_error_code(errc::bad_url), std::string("store.url: ") + reason};
    };
    std::string_view rest = url.reveal();
    if (!std::all_of(rest.begin(), rest.end(), [](char c) { return c > ' ' && c < '\x7f' && c != '"'; })) {
        return refused(
            "holds a space, a quotation mark or a character beyond ASCII: write it as %20 and the like");
    }
    const bool is_known = rest.starts_with("postgresql://") || rest.starts_with("postgres://");
    if (!is_known) {
        return refused("expected postgresql://user:password@host/database, or \"\" for a SQLite file");
    }
    rest.remove_prefix(rest.find("//") + 2);
    const auto parts = split(rest);
    if (!parts) {
        return refused(
            "expected postgresql://user:password@host:port/database; write @ : / ? # % in the user's name and the "
            "password as %40 %3A %2F %3F %23 %25");
    }
    return PostgresqlUrl{.connection = config::Secret(with_defaults(url.reveal())),
                         .shown = std::string(parts->hosts.empty() ? "this machine" : parts->hosts) + "/" +
                                  std::string(parts->database)};
}

}  // namespace nunchi::store
