#include "adapters/net/http_client.hpp"

#include <algorithm>
#include <boost/asio/error.hpp>
#include <optional>
#include <utility>

#include "adapters/net/connection_pool.hpp"
#include "adapters/net/dialer.hpp"
#include "adapters/net/http_exchange.hpp"
#include "adapters/net/request_head.hpp"
#include "adapters/net/tls.hpp"
#include "adapters/net/url.hpp"
#include "adapters/net/watchdog.hpp"
#include "adapters/net/websocket_connect.hpp"

namespace nunchi::net {

namespace asio = boost::asio;

namespace {

using Clock = std::chrono::steady_clock;

bool may_be_sent_twice(const std::string& method) {
    return method == "GET" || method == "HEAD" || method == "PUT" || method == "DELETE";
}

/// Whether the connection was closed while it lay unused, so that the server has not seen this request.
bool was_stale(const Exchange& outcome, const std::string& method) {
    if (outcome.response || outcome.has_answered) return false;
    const auto error = outcome.response.error();
    if (error == asio::error::operation_aborted || error == errc::timed_out) return false;
    return outcome.sent == 0 || may_be_sent_twice(method);
}

PoolKey key_of(const Url& url) {
    return {.is_secure = url.is_secure, .host = url.host, .port = url.port};
}

class Client final : public HttpClient {
public:
    Client(asio::any_io_executor executor, ClientOptions options, std::shared_ptr<asio::ssl::context> tls,
           std::optional<Proxy> proxy)
        : executor_(executor),
          options_(std::move(options)),
          dialer_(executor, std::move(tls), std::move(proxy), options_.no_proxy),
          pool_(std::make_shared<ConnectionPool>(
              executor,
              PoolLimits{.max_per_host = std::max<std::size_t>(options_.max_connections_per_host, 1),
                         .keep_idle = options_.keep_idle})) {}

    asio::awaitable<result<Response>> send(ClientRequest request) override {
        const Clock::time_point deadline = Clock::now() + request.timeout;
        const result<Url> url = checked_url(request.url, false);
        if (!url) co_return url.error();
        if (const auto error = check_sendable(request.method, request.headers)) co_return error;
        auto lease = co_await ConnectionPool::acquire(pool_, key_of(*url), deadline);
        if (!lease) co_return lease.error();
        if (lease->stream) {
            Exchange outcome = co_await exchange_within(*lease->stream, request, *url, deadline);
            if (outcome.can_be_reused) lease->keep();
            if (!was_stale(outcome, request.method)) co_return std::move(outcome.response);
        }
        auto fresh = co_await dialer_.dial(*url, deadline);
        if (!fresh) co_return fresh.error();
        lease->stream = std::move(*fresh);
        Exchange outcome = co_await exchange_within(*lease->stream, request, *url, deadline);
        if (outcome.can_be_reused) lease->keep();
        co_return std::move(outcome.response);
    }

    asio::awaitable<result<std::unique_ptr<WebSocket>>> connect(WebSocketRequest request) override {
        const Clock::time_point deadline = Clock::now() + request.timeout;
        const result<Url> url = checked_url(request.url, true);
        if (!url) co_return url.error();
        if (const auto error = check_sendable("GET", request.headers)) co_return error;
        if (!request.headers.contains("User-Agent") && !options_.user_agent.empty()) {
            request.headers.set("User-Agent", options_.user_agent);
        }
        auto stream = co_await dialer_.dial(*url, deadline);
        if (!stream) co_return stream.error();
        co_return co_await upgrade_connection(std::move(*stream), *url, std::move(request), deadline);
    }

private:
    result<Url> checked_url(const std::string& text, bool for_websocket) const {
        result<Url> url = parse_url(text);
        if (!url) return url;
        if (url->is_websocket != for_websocket) return errc::bad_url;
        if (url->is_secure || is_loopback(url->host)) return url;
        const auto& allowed = options_.allow_plain;
        const bool is_allowed = std::find(allowed.begin(), allowed.end(), url->host) != allowed.end();
        return is_allowed ? url : result<Url>(errc::plain_not_allowed);
    }

    asio::awaitable<Exchange> exchange_within(ClientStream& stream, const ClientRequest& request,
                                              const Url& url, Clock::time_point deadline) {
        const bool is_forwarded = dialer_.is_forwarded(url);
        const std::string head = request_head(
            request, url,
            HeadOptions{
                .user_agent = options_.user_agent,
                .names_whole_url = is_forwarded,
                .proxy_authorization = is_forwarded ? dialer_.proxy_for(url)->authorization : std::string()});
        const ResponseLimits limits{.has_body = request.method != "HEAD",
                                    .max_bytes = options_.max_response_bytes};
        Watchdog watchdog(executor_, deadline, [&stream] { stream.close(); });
        Exchange outcome = co_await exchange(stream, head, request.body, limits);
        if (watchdog.has_bitten() && !outcome.response) outcome.response = make_error_code(errc::timed_out);
        co_return outcome;
    }

    asio::any_io_executor executor_;
    ClientOptions options_;
    Dialer dialer_;
    std::shared_ptr<ConnectionPool> pool_;
};

}  // namespace

result<std::unique_ptr<HttpClient>> create_http_client(asio::any_io_executor executor,
                                                       ClientOptions options) {
    std::optional<Proxy> proxy;
    if (!options.proxy.empty()) {
        auto parsed = parse_proxy(options.proxy);
        if (!parsed) return parsed.error();
        proxy = std::move(*parsed);
    }
    auto tls = create_tls_context(options.ca_file);
    if (!tls) return tls.error();
    return std::make_unique<Client>(std::move(executor), std::move(options), std::move(*tls),
                                    std::move(proxy));
}

}  // namespace nunchi::net
