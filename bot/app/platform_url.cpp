#include "bot/app/platform_url.hpp"

#include "adapters/net/url.hpp"

namespace nunchi::bot {

api::outcome<void> check_platform_url(const std::string& key, const std::string& url,
                                      std::string_view example, const config::NetSettings& net_settings) {
    const bool is_websocket = example.starts_with("ws");
    const auto wrong = [&](const std::string& what) {
        return api::failure(api::errc::bad_format, key + ": " + what);
    };
    const auto parsed = net::parse_url(url);
    const bool is_plain = parsed && !parsed->is_secure && !net::is_loopback(parsed->host) &&
                          !net::covers_host(config::list_items(net_settings.allow_plain), parsed->host);
    if (is_plain) {
        return wrong("\"" + url + "\" would send the token in plain text; use " +
                     (is_websocket ? "wss" : "https") + ", or name the host in net.allow_plain");
    }
    if (parsed && parsed->is_websocket == is_websocket) return {};
    return wrong("expected an address as in " + std::string(example));
}

}  // namespace nunchi::bot
