#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/adapters/discord/gateway/gateway_scene.hpp"

namespace nunchi::discord::gateway {
namespace {

using namespace std::chrono_literals;

TEST(GatewayStop, WaitsForTheReceiptsThatAreOut) {
    GatewayScene scene;
    scene.sink.fires_at_once = false;
    scene.options.drain_timeout = 10s;
    scene.server.expect_visit(login() + Script{message(2), message(3), stay()});
    scene.start();
    ASSERT_TRUE(scene.run_until_dispatched(3));
    scene.gateway->stop_intake();
    EXPECT_FALSE(scene.run_until([&] { return scene.has_ended; }, 100ms));
    EXPECT_FALSE(scene.server.visits[0]->has_ended);
    scene.sink.dispatches[0].receipt.handled();
    scene.sink.dispatches[1].receipt.handled();
    scene.sink.dispatches[2].receipt = {};
    ASSERT_TRUE(scene.run_until([&] { return scene.has_ended; }));
    // What was dropped comes again after the restart.
    EXPECT_EQ(scene.stored()["seq"], 2);
    EXPECT_EQ(scene.gateway->status().health, chat::Health::stopped);
    ASSERT_TRUE(scene.run_until([&] { return scene.server.visits[0]->has_ended; }));
    EXPECT_GE(scene.server.visits[0]->close_code, 4000);
}

TEST(GatewayStop, WaitsNotForEver) {
    GatewayScene scene;
    scene.sink.fires_at_once = false;
    scene.options.drain_timeout = 50ms;
    scene.server.expect_visit(login() + Script{message(2), stay()});
    scene.start();
    ASSERT_TRUE(scene.run_until_dispatched(2));
    scene.gateway->stop_intake();
    ASSERT_TRUE(scene.run_until([&] { return scene.has_ended; }));
    EXPECT_EQ(scene.stored()["seq"], 1);
}

TEST(GatewayStop, TakesNothingInAfterwards) {
    GatewayScene scene;
    scene.options.drain_timeout = 10s;
    scene.sink.fires_at_once = false;
    scene.server.expect_visit(
        login() + Script{say({{"op", 1}}), expect(1), message(2), say({{"op", 1}}), expect(1), stay()});
    scene.start();
    ASSERT_TRUE(scene.run_until_dispatched(1));
    scene.gateway->stop_intake();
    ASSERT_TRUE(scene.run_until([&] { return scene.server.visits[0]->heard.size() == 3; }));
    EXPECT_EQ(scene.sink.dispatches.size(), 1U);
    scene.sink.dispatches.clear();
    ASSERT_TRUE(scene.run_until([&] { return scene.has_ended; }));
    EXPECT_EQ(scene.stored()["seq"], 1);
}

TEST(GatewayStop, ClosesWhenItIsCancelled) {
    GatewayScene scene;
    scene.sink.fires_at_once = false;
    scene.server.expect_visit(login() + Script{message(2), stay()});
    scene.start();
    ASSERT_TRUE(scene.run_until_dispatched(2));
    scene.cancellation.emit(boost::asio::cancellation_type::terminal);
    ASSERT_TRUE(scene.run_until([&] { return scene.has_ended; }, 5s));
    EXPECT_FALSE(scene.failure);
    EXPECT_EQ(scene.stored()["seq"], 1);
    ASSERT_TRUE(scene.run_until([&] { return scene.server.visits[0]->has_ended; }));
    EXPECT_GE(scene.server.visits[0]->close_code, 4000);
}

TEST(GatewayStop, NeedsNoConnection) {
    GatewayScene scene;
    scene.options.backoff_max = 1h;
    scene.rest.answer["url"] = "ws://127.0.0.1:1";
    scene.start();
    ASSERT_TRUE(scene.run_until([&] { return scene.gateway->counters().connect_failures == 1; }));
    scene.gateway->stop_intake();
    ASSERT_TRUE(scene.run_until([&] { return scene.has_ended; }, 5s));
}

TEST(GatewayStop, NeedsNoAnswerOfDiscord) {
    GatewayScene scene;
    scene.options.backoff_max = 1h;
    scene.rest.failures = 1000;
    scene.start();
    ASSERT_TRUE(scene.run_until([&] { return !scene.rest.paths.empty(); }));
    scene.gateway->stop_intake();
    ASSERT_TRUE(scene.run_until([&] { return scene.has_ended; }, 5s));
}

TEST(GatewayStop, WorksBeforeTheStart) {
    GatewayScene scene;
    scene.gateway =
        create_gateway(scene.io.get_executor(), scene.options,
                       {.rest = scene.rest, .http = *scene.http, .store = scene.store, .log = scene.log});
    scene.gateway->stop_intake();
    boost::asio::co_spawn(scene.io, scene.gateway->run(scene.sink),
                          [&](std::exception_ptr) { scene.has_ended = true; });
    ASSERT_TRUE(scene.run_until([&] { return scene.has_ended; }, 5s));
    EXPECT_TRUE(scene.server.visits.empty());
}

TEST(GatewayStop, LetsReceiptsOutliveTheGateway) {
    GatewayScene scene;
    scene.sink.fires_at_once = false;
    scene.options.drain_timeout = 10ms;
    scene.server.expect_visit(login() + Script{message(2), stay()});
    scene.start();
    ASSERT_TRUE(scene.run_until_dispatched(2));
    scene.gateway->stop_intake();
    ASSERT_TRUE(scene.run_until([&] { return scene.has_ended; }));
    scene.gateway.reset();
    scene.sink.dispatches[1].receipt.handled();
    EXPECT_EQ(scene.stored()["seq"], 1);
}

}  // namespace
}  // namespace nunchi::discord::gateway
