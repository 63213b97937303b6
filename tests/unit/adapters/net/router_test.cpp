#include <gtest/gtest.h>

#include "adapters/net/routes.hpp"
#include "tests/unit/adapters/net/test_routes.hpp"

namespace nunchi::net {
namespace {

/// The status of the refusal, or 0 for a handler and 1 for a WebSocket.
int outcome(const Router& router, std::string_view method, std::string_view path,
            bool wants_websocket = false) {
    const Route route = find_route(router.routes(), method, path, wants_websocket);
    if (const auto* response = std::get_if<Response>(&route)) return response->status;
    return std::holds_alternative<const WebSocketRoute*>(route) ? 1 : 0;
}

TEST(Router, MatchesPathsAsAWhole) {
    const Router router = test_routes();

    EXPECT_EQ(outcome(router, "GET", "/hello"), 0);
    for (const char* path : {"/hello/", "/hell", "/Hello", "/", "", "/hello/x"})
        EXPECT_EQ(outcome(router, "GET", path), 404);
}

TEST(Router, AnswersHeadWithTheHandlerOfGet) {
    const Router router = test_routes();

    EXPECT_EQ(outcome(router, "HEAD", "/hello"), 0);
    EXPECT_EQ(outcome(router, "HEAD", "/echo"), 405);
}

TEST(Router, NamesTheMethodsThatThereAre) {
    Router router = test_routes();
    router.add("POST", "/hello", echo_body);

    const Route route = find_route(router.routes(), "DELETE", "/hello", false);

    ASSERT_TRUE(std::holds_alternative<Response>(route));
    EXPECT_EQ(std::get<Response>(route).status, 405);
    EXPECT_EQ(std::get<Response>(route).headers.get("Allow"), "GET, HEAD, POST");
}

TEST(Router, GivesWebSocketsToThoseWhoAskForThem) {
    const Router router = test_routes();

    EXPECT_EQ(outcome(router, "GET", "/ws", true), 1);
    EXPECT_EQ(outcome(router, "GET", "/ws", false), 426);
    EXPECT_EQ(outcome(router, "POST", "/ws", true), 426);
    EXPECT_EQ(outcome(router, "GET", "/hello", true), 0);
}

TEST(Router, LetsAPageAndAWebSocketShareAPath) {
    Router router = test_routes();
    router.add("GET", "/ws", say_hello);

    EXPECT_EQ(outcome(router, "GET", "/ws", true), 1);
    EXPECT_EQ(outcome(router, "GET", "/ws", false), 0);
}

}  // namespace
}  // namespace nunchi::net
