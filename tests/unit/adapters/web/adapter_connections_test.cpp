#include "adapters/web/adapter.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "adapters/web/protocol.hpp"
#include "tests/unit/adapters/web/adapter_scene.hpp"

namespace nunchi::web {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

net::Request upgrade(const std::string& host, const std::string& origin) {
    net::Request request{
        .method = "GET", .path = "/chat", .query = {}, .headers = {}, .body = {}, .remote_address = {}};
    request.headers.set("Host", host);
    if (!origin.empty()) request.headers.set("Origin", origin);
    return request;
}

TEST_F(WebAdapterTest, ClosesTheOlderPageOfAConversation) {
    start();
    const Page& older = enter();
    const Page& newer = enter();
    EXPECT_EQ(older.wire->closed_with, close_code::kReplaced);
    EXPECT_FALSE(newer.wire->closed_with);
    newer.say_message("m");
    poll();
    inbox.delivered.back().receipt.handled();
    poll();
    EXPECT_THAT(newer.types(), ElementsAre("welcome", "ack"));
}

TEST_F(WebAdapterTest, ClosesAPageThatSaysNoHello) {
    start({.session = {.hello_within = 0s}});
    const Page& page = connect();
    poll();
    EXPECT_EQ(page.wire->closed_with, close_code::kNoHello);
}

TEST_F(WebAdapterTest, TellsABrokenPageWhyItIsClosed) {
    start();
    const Page& page = enter();
    page.wire->page_says("?");
    poll();
    EXPECT_THAT(page.types(), ElementsAre("welcome", "refused"));
    EXPECT_EQ(page.wire->closed_with, close_code::kRefused);
}

TEST_F(WebAdapterTest, NotifiesOfMessagesBeyondWhatMayBeUnderWay) {
    start({.max_in_flight = 1});
    const Page& page = enter();
    page.say_message("1");
    page.say_message("1");
    page.say_message("2");
    poll();
    EXPECT_THAT(inbox.all<chat::MessageCreated>(), SizeIs(1));
    EXPECT_THAT(page.types(), ElementsAre("welcome", "notice"));
    EXPECT_EQ(page.heard[1]["id"], "2");
    EXPECT_EQ(page.heard[1]["kind"], "too_fast");
}

TEST_F(WebAdapterTest, AdmitsItsOwnPageOnly) {
    start();
    EXPECT_FALSE(adapter->refusal(upgrade("127.0.0.1:8080", "http://127.0.0.1:8080")));
    EXPECT_EQ(adapter->refusal(upgrade("127.0.0.1:8080", "http://evil.example"))->status, 403);
    EXPECT_EQ(adapter->refusal(upgrade("evil.example", "http://evil.example"))->status, 403);
}

TEST_F(WebAdapterTest, AdmitsNobodyBeforeItRuns) {
    adapter = create_web_adapter(io.get_executor(), {});
    EXPECT_EQ(adapter->refusal(upgrade("localhost", ""))->status, 503);
}

TEST_F(WebAdapterTest, LimitsItsConnectionsAndForgetsThoseThatEnded) {
    start({.max_connections = 1});
    const Page& page = enter();
    EXPECT_EQ(adapter->refusal(upgrade("localhost", ""))->status, 503);
    page.wire->cut();
    poll();
    EXPECT_FALSE(adapter->refusal(upgrade("localhost", "")));
}

TEST_F(WebAdapterTest, ClosesAPageThatDoesNotKeepUpAndTakesNoMoreOfIt) {
    start();
    const Page& page = enter();
    const chat::Notice notice{.to = reply_to("m").to, .kind = chat::Notice::Kind::failed, .text = {}};
    // One poll for all of them: the writer has no turn in between.
    for (int i = 0; i < 1100; ++i) asio::co_spawn(io, adapter->send(notice), asio::detached);
    page.say_message("m");
    poll();
    EXPECT_EQ(page.wire->closed_with, close_code::kTooSlow);
    EXPECT_THAT(inbox.all<chat::MessageCreated>(), IsEmpty());
}

}  // namespace
}  // namespace nunchi::web
