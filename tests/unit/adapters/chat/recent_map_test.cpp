#include "adapters/chat/recent_map.hpp"

#include <gtest/gtest.h>

namespace nunchi::chat {
namespace {

TEST(RecentMap, PushesOutWhatWasNotTouchedForLongest) {
    RecentMap<int> map(2);
    map.get("a") = 1;
    map.get("b") = 2;
    ASSERT_NE(map.find("a"), nullptr);
    map.get("c") = 3;

    EXPECT_EQ(*map.find("a"), 1);
    EXPECT_EQ(map.find("b"), nullptr);
    EXPECT_EQ(*map.find("c"), 3);
    EXPECT_EQ(map.size(), 2U);
}

TEST(RecentMap, GivesTheSameValueAgain) {
    RecentMap<int> map(2);
    map.get("a") = 1;
    EXPECT_EQ(map.get("a"), 1);
    EXPECT_EQ(map.size(), 1U);
    map.clear();
    EXPECT_EQ(map.find("a"), nullptr);
    EXPECT_EQ(map.get("a"), 0);
}

TEST(RecentMap, KeysOfDifferentIdsDiffer) {
    EXPECT_NE(key_of({"a", "bc"}), key_of({"ab", "c"}));
    EXPECT_NE(key_of({"a", ""}), key_of({"", "a"}));
    EXPECT_NE(key_of({"1:a"}), key_of({"1", "a"}));
    EXPECT_NE(key_of({""}), key_of({}));
    EXPECT_EQ(key_of({"a", "b"}), key_of({"a", "b"}));
}

}  // namespace
}  // namespace nunchi::chat
