// The expected numbers come from Python's hashlib:
//   digest = hashlib.sha256(b"".join(b"%d:%s," % (len(p), p) for p in parts)).digest()
//   int.from_bytes(digest[:8], "big", signed=True), int.from_bytes(digest[8:16], "big", signed=True)
#include "bot/store/once_key.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace nunchi::store {
namespace {

TEST(OnceKey, IsTheBeginningOfASha256) {
    const chat::MessageRef ref{{.platform = "discord", .community = "1", .channel = "2", .thread = ""}, "3"};
    EXPECT_EQ(handled_key(ref, "created"), (OnceKey{7311467896155083552, -7181080650923463217}));
    EXPECT_EQ(place_id(ref.place), 4836536520223645771);
    EXPECT_EQ(claim_key("slack/event/1"), (OnceKey{-1002051009500018620, 3026917914495063441}));
}

TEST(OnceKey, CountsBytesNotLetters) {
    const chat::MessageRef ref{{.platform = "web", .community = "", .channel = "채널", .thread = ""}, "3"};
    EXPECT_EQ(handled_key(ref, "created"), (OnceKey{5907978786008865285, -680613841715264062}));
}

TEST(OnceKey, EffectIdsArePositive) {
    constexpr auto kLowest = std::numeric_limits<std::int64_t>::min();
    EXPECT_EQ(effect_id({.high = 7, .low = 0}), 7);
    EXPECT_EQ(effect_id({.high = -1, .low = 0}), std::numeric_limits<std::int64_t>::max());
    EXPECT_EQ(effect_id({.high = 0, .low = 0}), 1);
    EXPECT_EQ(effect_id({.high = kLowest, .low = 0}), 1);
}

}  // namespace
}  // namespace nunchi::store
