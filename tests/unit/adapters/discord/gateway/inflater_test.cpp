#include "adapters/discord/gateway/inflater.hpp"

#include <gtest/gtest.h>

#include "tests/unit/adapters/discord/gateway/deflater.hpp"

namespace nunchi::discord::gateway {
namespace {

constexpr std::size_t kLimit = 1024 * 1024;

/// Text that does not compress to nothing.
std::string long_text(std::size_t size) {
    std::string text;
    unsigned value = 1;
    while (text.size() < size) {
        value = value * 1664525U + 1013904223U;
        text += static_cast<char>('!' + value / 65536U % 90U);
    }
    return text;
}

TEST(GatewayInflater, LeavesPlainTextAsItIs) {
    const auto inflater = create_inflater(Compression::none, 5);
    EXPECT_EQ(*inflater->inflate("hello"), "hello");
    EXPECT_EQ(inflater->inflate("hello!").error(), errc::too_large);
}

TEST(GatewayInflater, KeepsOneZlibStreamOverAllMessages) {
    ZlibDeflater deflater;
    const auto inflater = create_inflater(Compression::zlib_stream, kLimit);
    for (int i = 0; i < 50; ++i) {
        const std::string text = "{\"op\":11}" + std::to_string(i);
        const std::string message = deflater.deflate(text);
        if (i > 0) {
            EXPECT_LT(message.size(), text.size() + 16);
        }
        EXPECT_EQ(*inflater->inflate(message), text);
    }
}

TEST(GatewayInflater, WaitsForTheRestOfAZlibMessage) {
    ZlibDeflater deflater;
    const auto inflater = create_inflater(Compression::zlib_stream, kLimit);
    const std::string message = deflater.deflate("a message in many pieces");
    for (std::size_t i = 0; i + 1 < message.size(); ++i) {
        ASSERT_EQ(*inflater->inflate(message.substr(i, 1)), "") << i;
    }
    EXPECT_EQ(*inflater->inflate(message.substr(message.size() - 1)), "a message in many pieces");
}

TEST(GatewayInflater, ReadsSeveralZlibMessagesAtOnce) {
    ZlibDeflater deflater;
    const auto inflater = create_inflater(Compression::zlib_stream, kLimit);
    const std::string first = deflater.deflate("{1}");
    const std::string second = deflater.deflate("{2}");
    EXPECT_EQ(*inflater->inflate(first + second), "{1}{2}");
}

TEST(GatewayInflater, ReadsMessagesOfManyChunks) {
    const std::string text = long_text(700'000);
    ZlibDeflater zlib;
    EXPECT_EQ(*create_inflater(Compression::zlib_stream, kLimit)->inflate(zlib.deflate(text)), text);
    ZstdDeflater zstd;
    EXPECT_EQ(*create_inflater(Compression::zstd_stream, kLimit)->inflate(zstd.deflate(text)), text);
}

// Exactly as long as the room for one step: nothing may be left behind in the stream.
TEST(GatewayInflater, LeavesNothingBehindAtTheEdgeOfAChunk) {
    for (const std::size_t size : {65'535U, 65'536U, 65'537U, 131'072U}) {
        const std::string text(size, 'x');
        ZlibDeflater zlib;
        const auto zlib_inflater = create_inflater(Compression::zlib_stream, kLimit);
        EXPECT_EQ(*zlib_inflater->inflate(zlib.deflate(text)), text) << size;
        EXPECT_EQ(*zlib_inflater->inflate(zlib.deflate("next")), "next") << size;
        ZstdDeflater zstd;
        const auto zstd_inflater = create_inflater(Compression::zstd_stream, kLimit);
        EXPECT_EQ(*zstd_inflater->inflate(zstd.deflate(text)), text) << size;
        EXPECT_EQ(*zstd_inflater->inflate(zstd.deflate("next")), "next") << size;
    }
}

TEST(GatewayInflater, KeepsOneZstdStreamOverAllMessages) {
    ZstdDeflater deflater;
    const auto inflater = create_inflater(Compression::zstd_stream, kLimit);
    for (int i = 0; i < 50; ++i) {
        const std::string text = "{\"op\":11}" + std::to_string(i);
        EXPECT_EQ(*inflater->inflate(deflater.deflate(text)), text);
    }
}

TEST(GatewayInflater, ReadsAZstdFrameForEachMessage) {
    ZstdDeflater deflater;
    const auto inflater = create_inflater(Compression::zstd_stream, kLimit);
    for (int i = 0; i < 5; ++i) {
        const std::string message = deflater.deflate("{\"op\":11}", ZSTD_e_end);
        ASSERT_EQ(message.substr(0, 4), "\x28\xb5\x2f\xfd");
        EXPECT_EQ(*inflater->inflate(message), "{\"op\":11}");
    }
    const std::string two = deflater.deflate("{1}", ZSTD_e_end) + deflater.deflate("{2}", ZSTD_e_end);
    EXPECT_EQ(*inflater->inflate(two), "{1}{2}");
}

TEST(GatewayInflater, ReadsASplitZstdMessage) {
    ZstdDeflater deflater;
    const auto inflater = create_inflater(Compression::zstd_stream, kLimit);
    const std::string message = deflater.deflate("a message in many pieces");
    std::string text;
    for (const char byte : message) text += *inflater->inflate(std::string(1, byte));
    EXPECT_EQ(text, "a message in many pieces");
}

TEST(GatewayInflater, TellsOfDamage) {
    for (const auto compression : {Compression::zlib_stream, Compression::zstd_stream}) {
        const auto inflater = create_inflater(compression, kLimit);
        const std::string noise = long_text(500) + std::string("\0\0\xff\xff", 4);
        EXPECT_EQ(inflater->inflate(noise).error(), errc::damaged);
        EXPECT_FALSE(inflater->inflate(noise));
    }
}

TEST(GatewayInflater, StopsABomb) {
    const std::string bomb(200 * kLimit, '0');
    ZlibDeflater zlib;
    EXPECT_EQ(create_inflater(Compression::zlib_stream, kLimit)->inflate(zlib.deflate(bomb)).error(),
              errc::too_large);
    ZstdDeflater zstd;
    EXPECT_EQ(create_inflater(Compression::zstd_stream, kLimit)->inflate(zstd.deflate(bomb)).error(),
              errc::too_large);
}

TEST(GatewayInflater, TakesATextAsLongAsTheLimit) {
    const std::string text(kLimit, '0');
    ZstdDeflater zstd;
    EXPECT_EQ(create_inflater(Compression::zstd_stream, kLimit)->inflate(zstd.deflate(text))->size(), kLimit);
    ZlibDeflater zlib;
    EXPECT_EQ(create_inflater(Compression::zlib_stream, kLimit)->inflate(zlib.deflate(text))->size(), kLimit);
}

TEST(GatewayInflater, DoesNotCollectWithoutEndWhatIsNeverFinished) {
    const auto inflater = create_inflater(Compression::zlib_stream, 1000);
    const std::string part(600, 'x');
    EXPECT_TRUE(inflater->inflate(part));
    EXPECT_EQ(inflater->inflate(part).error(), errc::too_large);
}

}  // namespace
}  // namespace nunchi::discord::gateway
