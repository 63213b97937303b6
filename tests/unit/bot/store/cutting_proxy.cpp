#include "tests/unit/bot/store/cutting_proxy.hpp"

#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <memory>
#include <string_view>
#include <utility>

namespace nunchi::store::testing {

namespace asio = boost::asio;
using asio::ip::tcp;
constexpr auto kAwait = asio::as_tuple(asio::use_awaitable);

/// One connection, on both sides.
struct CuttingProxy::Link {
    Socket client;
    Socket server;
    bool drops_answers = false;

    void close() {
        client.close();
        server.close();
    }
};

CuttingProxy::CuttingProxy(const std::string& host, const std::string& port)
    : acceptor_(context_, tcp::endpoint(asio::ip::address_v4::loopback(), 0)) {
    tcp::resolver resolver(context_);
    const tcp::endpoint server = *resolver.resolve(host, port).begin();
    asio::co_spawn(context_, accept(server), asio::detached);
    thread_ = std::thread([this] { context_.run(); });
}

CuttingProxy::~CuttingProxy() {
    context_.stop();
    thread_.join();
}

asio::awaitable<void> CuttingProxy::accept(tcp::endpoint server) {
    while (true) {
        auto [error, client] = co_await acceptor_.async_accept(kAwait);
        if (error) co_return;
        auto link = std::make_shared<Link>(std::move(client), Socket(context_));
        auto [unreachable] = co_await link->server.async_connect(server, kAwait);
        if (unreachable) continue;
        asio::co_spawn(context_, to_server(link), asio::detached);
        asio::co_spawn(context_, to_client(link), asio::detached);
    }
}

asio::awaitable<void> CuttingProxy::to_server(std::shared_ptr<Link> link) {
    std::array<char, 65536> bytes{};
    while (true) {
        auto [error, size] = co_await link->client.async_read_some(asio::buffer(bytes), kAwait);
        if (error) break;
        auto cut = Cut::never;
        if (std::string_view(bytes.data(), size).find("COMMIT") != std::string_view::npos)
            cut = cut_.exchange(cut);
        if (cut == Cut::before_commit) break;
        link->drops_answers = cut == Cut::after_commit;
        auto [lost, written] = co_await asio::async_write(link->server, asio::buffer(bytes, size), kAwait);
        if (lost) break;
    }
    link->close();
}

asio::awaitable<void> CuttingProxy::to_client(std::shared_ptr<Link> link) {
    std::array<char, 65536> bytes{};
    while (true) {
        auto [error, size] = co_await link->server.async_read_some(asio::buffer(bytes), kAwait);
        if (error || link->drops_answers) break;
        auto [lost, written] = co_await asio::async_write(link->client, asio::buffer(bytes, size), kAwait);
        if (lost) break;
    }
    link->close();
}

}  // namespace nunchi::store::testing
