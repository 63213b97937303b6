#include "bot/access/entry_route.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <set>
#include <string>
#include <utility>

#include "adapters/net/http_client.hpp"
#include "bot/access/access_guard.hpp"

namespace nunchi::access {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

const config::Secret kToken("0123456789abcdef");

/// Claims in memory, without expiry.
class Claims : public chat::StateStore {
public:
    asio::awaitable<boost::system::result<bool>> claim(std::string key, std::chrono::seconds) override {
        co_return claimed_.insert(std::move(key)).second;
    }
    asio::awaitable<boost::system::result<std::optional<std::string>>> get(std::string) override {
        co_return std::nullopt;
    }
    asio::awaitable<boost::system::result<void>> put(std::string, std::string) override {
        co_return boost::system::result<void>();
    }
    asio::awaitable<boost::system::result<void>> erase(std::string) override {
        co_return boost::system::result<void>();
    }

private:
    std::set<std::string> claimed_;
};

class EntryRoute : public ::testing::Test {
protected:
    EntryRoute() {
        net::Router router;
        add_entry_route(router, kToken, claims_);
        auto server = net::create_http_server(context_.get_executor(), std::move(router), {});
        auto client = net::create_http_client(context_.get_executor(), {});
        server_ = std::move(server).value();
        client_ = std::move(client).value();
    }

    net::Response get(const std::string& url) {
        net::Response response;
        const auto ask = [](net::HttpClient& client, std::string target,
                            net::Response& answer) -> asio::awaitable<void> {
            net::ClientRequest request;
            request.url = std::move(target);
            answer = (co_await client.send(std::move(request))).value();
        };
        bool is_done = false;
        asio::co_spawn(context_, ask(*client_, url, response), [&](std::exception_ptr) { is_done = true; });
        context_.restart();
        while (!is_done) context_.run_one();
        return response;
    }

    std::string base() const { return "http://127.0.0.1:" + std::to_string(server_->port()); }

    asio::io_context context_{1};
    Claims claims_;
    std::unique_ptr<net::HttpServer> server_;
    std::unique_ptr<net::HttpClient> client_;
};

TEST_F(EntryRoute, TurnsALinkIntoASessionOnce) {
    const auto link = entry_link(base(), kToken, Clock::now());
    const auto first = get(link);
    const auto second = get(link);

    EXPECT_EQ(first.status, 303);
    EXPECT_EQ(first.headers.get("Location"), "/");
    EXPECT_EQ(second.status, 403);

    net::Request page;
    page.method = "GET";
    page.path = "/";
    page.headers.set("Host", "localhost");
    const std::string cookie(first.headers.get("Set-Cookie"));
    EXPECT_NE(cookie.find("HttpOnly"), std::string::npos);
    page.headers.set("Cookie", cookie.substr(0, cookie.find(';')));
    EXPECT_FALSE(AccessGuard({kToken, {}}).refusal(page));
}

TEST_F(EntryRoute, RefusesLinksThatAreOldOrForged) {
    EXPECT_EQ(get(entry_link(base(), kToken, Clock::now() - 1h)).status, 403);
    EXPECT_EQ(get(entry_link(base(), config::Secret("another"), Clock::now())).status, 403);
    EXPECT_EQ(get(base() + "/enter").status, 403);
}

}  // namespace
}  // namespace nunchi::access
