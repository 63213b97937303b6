#include "adapters/net/dialer.hpp"

#include <algorithm>
#include <boost/asio/error.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <utility>

#include "adapters/net/resolve.hpp"
#include "adapters/net/watchdog.hpp"

namespace nunchi::net {

namespace asio = boost::asio;
namespace http = boost::beast::http;

using boost::system::error_code;

namespace {

constexpr std::size_t kMostProxyHeader = 16 * 1024;

std::string connect_request(const Url& url, const Proxy& proxy) {
    const std::string authority = host_and_port(url.host, url.port);
    std::string head = "CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n";
    if (!proxy.authorization.empty()) head += "Proxy-Authorization: " + proxy.authorization + "\r\n";
    return head + "\r\n";
}

/// The proxy's answer to CONNECT; after it the bytes are the server's.
asio::awaitable<error_code> read_tunnel_answer(ClientStream& stream) {
    http::response_parser<http::empty_body> parser;
    parser.header_limit(kMostProxyHeader);
    parser.skip(true);
    boost::beast::flat_buffer buffer(kMostProxyHeader + 1);
    while (!parser.is_done()) {
        error_code error;
        buffer.consume(parser.put(buffer.data(), error));
        if (error && error != http::error::need_more) co_return errc::proxy_refused;
        if (!error) continue;
        const auto read = co_await stream.read_some(
            buffer.prepare(std::min<std::size_t>(512, buffer.max_size() - buffer.size())));
        if (read.error)
            co_return read.error == asio::error::eof ? make_error_code(errc::proxy_refused) : read.error;
        buffer.commit(read.size);
    }
    const bool is_open = parser.get().result_int() / 100 == 2 && buffer.size() == 0;
    co_return is_open ? error_code() : make_error_code(errc::proxy_refused);
}

asio::awaitable<error_code> open_tunnel(ClientStream& stream, std::string request) {
    const auto written = co_await stream.write(request, {});
    if (written.error) co_return written.error;
    co_return co_await read_tunnel_answer(stream);
}

}  // namespace

Dialer::Dialer(asio::any_io_executor executor, std::shared_ptr<asio::ssl::context> tls,
               std::optional<Proxy> proxy, std::vector<std::string> no_proxy)
    : executor_(std::move(executor)),
      tls_(std::move(tls)),
      proxy_(std::move(proxy)),
      no_proxy_(std::move(no_proxy)) {}

const Proxy* Dialer::proxy_for(const Url& url) const {
    const bool is_direct = !proxy_ || is_loopback(url.host) || covers_host(no_proxy_, url.host);
    return is_direct ? nullptr : &*proxy_;
}

bool Dialer::is_forwarded(const Url& url) const {
    return !url.is_secure && !url.is_websocket && proxy_for(url) != nullptr;
}

asio::awaitable<result<std::unique_ptr<ClientStream>>> Dialer::dial(Url url, Clock::time_point deadline) {
    auto stream = std::make_unique<ClientStream>(executor_);
    const Proxy* proxy = proxy_for(url);
    error_code error =
        co_await connect(*stream, proxy ? proxy->host : url.host, proxy ? proxy->port : url.port, deadline);
    if (error) co_return error;
    Watchdog watchdog(executor_, deadline, [&stream] { stream->close(); });
    if (proxy != nullptr && !is_forwarded(url))
        error = co_await open_tunnel(*stream, connect_request(url, *proxy));
    if (!error && url.is_secure) error = co_await stream->start_tls(tls_, url.host);
    if (watchdog.has_bitten()) co_return make_error_code(errc::timed_out);
    if (error) co_return error;
    co_return stream;
}

/// One address after the other; each gets its share of the time that is left, so that one that swallows our
/// packets does not keep us from the next.
asio::awaitable<error_code> Dialer::connect(ClientStream& stream, std::string host, std::uint16_t port,
                                            Clock::time_point deadline) {
    const auto endpoints = co_await resolve(executor_, std::move(host), port, deadline);
    if (!endpoints) co_return endpoints.error();
    error_code first_error;
    for (std::size_t i = 0; i < endpoints->size(); ++i) {
        const auto now = Clock::now();
        const auto share = (deadline - now) / static_cast<int>(endpoints->size() - i);
        Watchdog watchdog(executor_, now + share, [&stream] { stream.close(); });
        error_code error = co_await stream.connect((*endpoints)[i]);
        if (!error || (error == asio::error::operation_aborted && !watchdog.has_bitten())) co_return error;
        if (watchdog.has_bitten()) error = errc::timed_out;
        if (!first_error) first_error = error;
    }
    co_return first_error;
}

}  // namespace nunchi::net
