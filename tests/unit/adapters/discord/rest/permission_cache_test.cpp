#include "adapters/discord/rest/permission_cache.hpp"

#include <gtest/gtest.h>

#include "adapters/discord/rest/ended_webhooks.hpp"

namespace nunchi::discord::rest {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using Pass = PermissionCache::Pass;

constexpr PermissionCache::TimePoint kStart{std::chrono::hours(100)};
constexpr auto kMuteTime = minutes(10);

class PermissionCacheTest : public testing::Test {
protected:
    void mute(const char* key, Mute what = Mute::kind) {
        cache_.settle(key, Pass::open, Outcome::refused, what, kStart);
    }

    PermissionCache cache_{kMuteTime};
    PermissionCache::TimePoint over_ = kStart + kMuteTime;
};

TEST_F(PermissionCacheTest, IsOpenAtFirst) {
    EXPECT_EQ(cache_.admit("1/reply", kStart), Pass::open);
    EXPECT_EQ(cache_.admit("", kStart), Pass::open);
}

TEST_F(PermissionCacheTest, MutesOneKindOfCallInOneChannel) {
    mute("1/reply");

    EXPECT_EQ(cache_.admit("1/reply", kStart), Pass::muted);
    EXPECT_TRUE(cache_.is_muted("1/reply", over_ - seconds(1)));
    EXPECT_EQ(cache_.admit("1/reaction", kStart), Pass::open);
    EXPECT_EQ(cache_.admit("2/reply", kStart), Pass::open);
    EXPECT_EQ(cache_.admit("12/reply", kStart), Pass::open);
}

TEST_F(PermissionCacheTest, MutesAWholeChannel) {
    mute("1/reply", Mute::channel);

    EXPECT_EQ(cache_.admit("1/reaction", kStart), Pass::muted);
    EXPECT_EQ(cache_.admit("1/reply", kStart), Pass::muted);
    EXPECT_EQ(cache_.admit("2/reaction", kStart), Pass::open);
}

TEST_F(PermissionCacheTest, LetsExactlyOneProbeThrough) {
    mute("1/reply");

    EXPECT_EQ(cache_.admit("1/reply", over_), Pass::probe);
    EXPECT_EQ(cache_.admit("1/reply", over_), Pass::muted);
    EXPECT_EQ(cache_.admit("1/reply", over_ + kMuteTime), Pass::muted);
}

TEST_F(PermissionCacheTest, OpensWhenTheProbeSucceeds) {
    mute("1/reply");
    ASSERT_EQ(cache_.admit("1/reply", over_), Pass::probe);

    EXPECT_FALSE(cache_.settle("1/reply", Pass::probe, Outcome::success, Mute::nothing, over_));

    EXPECT_EQ(cache_.admit("1/reply", over_), Pass::open);
    EXPECT_EQ(cache_.size(), 0U);
}

TEST_F(PermissionCacheTest, MutesAgainWhenTheProbeIsRefused) {
    mute("1/reply");
    ASSERT_EQ(cache_.admit("1/reply", over_), Pass::probe);

    EXPECT_TRUE(cache_.settle("1/reply", Pass::probe, Outcome::refused, Mute::kind, over_));

    EXPECT_EQ(cache_.admit("1/reply", over_ + kMuteTime - seconds(1)), Pass::muted);
    EXPECT_EQ(cache_.admit("1/reply", over_ + kMuteTime), Pass::probe);
}

TEST_F(PermissionCacheTest, ProbesAgainWhenTheProbeFoundNothingOut) {
    mute("1/reply");
    ASSERT_EQ(cache_.admit("1/reply", over_), Pass::probe);
    cache_.give_back("1/reply");
    ASSERT_EQ(cache_.admit("1/reply", over_), Pass::probe);

    cache_.settle("1/reply", Pass::probe, Outcome::refused, Mute::nothing, over_);

    EXPECT_EQ(cache_.admit("1/reply", over_), Pass::probe);
}

TEST_F(PermissionCacheTest, OneProbeFindsOutForChannelAndKind) {
    mute("1/reply", Mute::channel);
    mute("1/reply", Mute::kind);
    ASSERT_EQ(cache_.admit("1/reply", over_), Pass::probe);
    EXPECT_EQ(cache_.admit("1/reaction", over_), Pass::muted);

    cache_.settle("1/reply", Pass::probe, Outcome::success, Mute::nothing, over_);

    EXPECT_EQ(cache_.admit("1/reaction", over_), Pass::open);
    EXPECT_EQ(cache_.admit("1/reply", over_), Pass::open);
}

TEST_F(PermissionCacheTest, IsNotOpenedByASuccessThatIsOlderThanTheMute) {
    mute("1/reply");

    cache_.settle("1/reply", Pass::open, Outcome::success, Mute::nothing, kStart);

    EXPECT_EQ(cache_.admit("1/reply", kStart), Pass::muted);
}

TEST_F(PermissionCacheTest, TellsANewMuteFromAKnownOne) {
    EXPECT_TRUE(cache_.settle("1/reply", Pass::open, Outcome::refused, Mute::kind, kStart));
    EXPECT_FALSE(cache_.settle("1/reply", Pass::open, Outcome::refused, Mute::kind, kStart));
    EXPECT_FALSE(cache_.settle("", Pass::open, Outcome::refused, Mute::kind, kStart));
    EXPECT_EQ(cache_.admit("", kStart), Pass::open);
}

TEST(PermissionCache, IsBounded) {
    PermissionCache cache(kMuteTime, 3);
    for (int i = 0; i < 100; ++i) {
        cache.settle(std::to_string(i) + "/reply", Pass::open, Outcome::refused, Mute::kind,
                     kStart + seconds(i));
    }

    EXPECT_EQ(cache.size(), 3U);
    EXPECT_TRUE(cache.is_muted("99/reply", kStart + seconds(99)));
    EXPECT_TRUE(cache.is_muted("97/reply", kStart + seconds(99)));
}

TEST(EndedWebhooks, RememberATokenForItsLife) {
    EndedWebhooks ended;
    ended.add("1/token", kStart);

    EXPECT_TRUE(ended.contains("1/token", kStart + minutes(15) - seconds(1)));
    EXPECT_TRUE(ended.contains("2/token", kStart));  // the callback's id and the webhook's differ
    EXPECT_FALSE(ended.contains("1/other", kStart));
    EXPECT_FALSE(ended.contains("1/token", kStart + minutes(15)));
}

TEST(EndedWebhooks, AreBounded) {
    EndedWebhooks ended(2);
    for (const char* major : {"1/a", "1/b", "1/c", "1/d"}) ended.add(major, kStart);

    int known = 0;
    for (const char* major : {"1/a", "1/b", "1/c", "1/d"}) known += ended.contains(major, kStart) ? 1 : 0;
    EXPECT_EQ(known, 2);
    EXPECT_TRUE(ended.contains("1/d", kStart));
}

}  // namespace
}  // namespace nunchi::discord::rest
