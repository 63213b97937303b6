#include <gtest/gtest.h>

#include "tests/unit/adapters/discord/gateway/gateway_scene.hpp"

namespace nunchi::discord::gateway {
namespace {

class GatewayCompressionMode : public testing::TestWithParam<Compression> {};

TEST_P(GatewayCompressionMode, BeginsAnewWithEachConnection) {
    GatewayScene scene(GetParam());
    scene.server.expect_visit(login() + Script{message(2), drop()});
    scene.server.expect_visit({hello(), expect(6), dispatch("RESUMED", 3), message(4), stay()});
    scene.start();
    ASSERT_TRUE(scene.run_until_dispatched(4));
    EXPECT_EQ(scene.sink.types(), "READY MESSAGE_CREATE RESUMED MESSAGE_CREATE ");
}

// G47, T40.
TEST_P(GatewayCompressionMode, ResumesAfterDamage) {
    GatewayScene scene(GetParam());
    scene.server.expect_visit(login() +
                              Script{say_raw(std::string("this is no stream\0\0\xff\xff", 21)), stay()});
    scene.server.expect_visit({hello(), expect(6), dispatch("RESUMED", 2), stay()});
    scene.start();
    ASSERT_TRUE(scene.run_until_dispatched(2));
    EXPECT_EQ(scene.gateway->counters().decode_errors, 1U);
    EXPECT_EQ(scene.gateway->counters().identifies, 1U);
    EXPECT_GE(scene.server.visits[0]->close_code, 4000);
}

TEST_P(GatewayCompressionMode, StopsABomb) {
    GatewayScene scene(GetParam());
    scene.options.max_message_bytes = 100'000;
    scene.server.expect_visit(login() +
                              Script{dispatch("A", 2, {{"x", std::string(1'000'000, 'x')}}), stay()});
    scene.server.expect_visit({hello(), expect(6), dispatch("RESUMED", 3), stay()});
    scene.start();
    ASSERT_TRUE(scene.run_until_dispatched(2));
    EXPECT_EQ(scene.gateway->counters().oversized, 1U);
}

INSTANTIATE_TEST_SUITE_P(Both, GatewayCompressionMode,
                         testing::Values(Compression::zlib_stream, Compression::zstd_stream));

TEST(GatewayCompression, TakesAServerThatDoesNotCompress) {
    GatewayScene scene;
    scene.options.compression = Compression::zstd_stream;
    scene.server.expect_visit(login() + Script{message(2), stay()});
    scene.start();
    ASSERT_TRUE(scene.run_until_dispatched(2));
}

// Several payloads in one flush, one payload in several frames (T39).
TEST(GatewayCompression, FollowsTheFlushesAndNotTheFrames) {
    GatewayScene scene;
    scene.options.compression = Compression::zlib_stream;
    ZlibDeflater deflater;
    const std::string hello_bytes = deflater.deflate(hello().payload.dump());
    const std::string two = deflater.deflate(ready().payload.dump() + message(2).payload.dump());
    const std::string third = deflater.deflate(message(3).payload.dump());
    scene.server.expect_visit({say_raw(hello_bytes.substr(0, 5)), say_raw(hello_bytes.substr(5)), expect(2),
                               say_raw(two), say_raw(third), stay()});
    scene.start();
    ASSERT_TRUE(scene.run_until_dispatched(3));
    EXPECT_EQ(scene.sink.types(), "READY MESSAGE_CREATE MESSAGE_CREATE ");
}

}  // namespace
}  // namespace nunchi::discord::gateway
