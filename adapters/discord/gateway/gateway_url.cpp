#include "adapters/discord/gateway/gateway_url.hpp"

#include "adapters/net/url.hpp"

namespace nunchi::discord::gateway {
namespace {

std::string_view compression_query(Compression compression) {
    switch (compression) {
        case Compression::none: return "";
        case Compression::zlib_stream: return "&compress=zlib-stream";
        case Compression::zstd_stream: return "&compress=zstd-stream";
    }
    return "";
}

}  // namespace

result<std::string> connect_url(std::string_view base, Compression compression) {
    const auto url = net::parse_url(base);
    if (!url || !url->is_websocket) return errc::bad_url;
    std::string text(base.substr(0, base.find('?')));
    // parse_url() gives an empty path its slash, and so tells it from one that is there.
    const std::size_t authority = text.find("://") + 3;
    if (text.find('/', authority) == std::string::npos) text += '/';
    text += "?v=10&encoding=json";
    text += compression_query(compression);
    return text;
}

bool is_same_host(std::string_view left, std::string_view right) {
    const auto one = net::parse_url(left);
    const auto other = net::parse_url(right);
    return one && other && one->host == other->host && one->port == other->port;
}

}  // namespace nunchi::discord::gateway
