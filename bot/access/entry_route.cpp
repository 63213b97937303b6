#include "bot/access/entry_route.hpp"

#include <utility>

#include "bot/access/access_guard.hpp"

namespace nunchi::access {
namespace {

constexpr std::chrono::minutes kLinkLifetime{15};
constexpr std::chrono::hours kSessionLifetime{24 * 30};

net::Response spent_link() {
    return net::make_response(403, "text/plain; charset=utf-8",
                              "이미 사용했거나 만료된 링크입니다. 서버에서 `nunchi link`를 다시 실행하세요.\n"
                              "This link was used or has expired: run `nunchi link` on the server again.\n");
}

net::Response open_session(const config::Secret& token) {
    const auto expiry = Clock::now() + kSessionLifetime;
    auto response = net::make_response(303, "text/plain; charset=utf-8", "");
    response.headers.set("Location", "/");
    response.headers.set("Cache-Control", "no-store");
    response.headers.set("Set-Cookie", std::string(kSessionCookie) + "=" +
                                           make_entry_key(token, Purpose::session, expiry) +
                                           "; Path=/; HttpOnly; SameSite=Lax; Max-Age=" +
                                           std::to_string(std::chrono::seconds(kSessionLifetime).count()));
    return response;
}

boost::asio::awaitable<net::Response> enter(net::Request request, config::Secret token,
                                            chat::StateStore& state) {
    const auto key = check_entry_key(token, Purpose::link, request.query_value("key"), Clock::now());
    if (!key) co_return spent_link();
    const auto is_first = co_await state.claim("access/link/" + key->nonce, kLinkLifetime);
    if (!is_first) {
        co_return net::make_response(503, "text/plain; charset=utf-8",
                                     "The store does not answer: try again.\n");
    }
    co_return *is_first ? open_session(token) : spent_link();
}

}  // namespace

void add_entry_route(net::Router& router, config::Secret token, chat::StateStore& state) {
    router.add("GET", std::string(kEntryPath), [token = std::move(token), &state](net::Request request) {
        return enter(std::move(request), token, state);
    });
}

std::string entry_link(const std::string& base_url, const config::Secret& token, Clock::time_point now) {
    return base_url + std::string(kEntryPath) +
           "?key=" + make_entry_key(token, Purpose::link, now + kLinkLifetime);
}

}  // namespace nunchi::access
