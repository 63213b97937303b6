#include "adapters/discord/interactions/permissions.hpp"

#include <gtest/gtest.h>

namespace nunchi::discord::interactions {
namespace {

TEST(Permissions, AreAWholeNumberInDigits) {
    EXPECT_EQ(parse_permissions("0"), Permissions{0});
    EXPECT_EQ(parse_permissions("2251799813685247"), Permissions{2251799813685247});
    EXPECT_EQ(parse_permissions("18446744073709551615"), ~Permissions{0});
}

TEST(Permissions, AreNothingWhenTheTextIsNoNumber) {
    for (const char* text : {"", "abc", "-1", "8 ", "0x8", "18446744073709551616"}) {
        EXPECT_FALSE(parse_permissions(text)) << text;
    }
}

TEST(Permissions, OfAdministratorsAndServerManagersAreAdmins) {
    EXPECT_TRUE(is_admin(Permissions{8}));
    EXPECT_TRUE(is_admin(Permissions{32}));
    EXPECT_TRUE(is_admin(Permissions{8 + 1024}));
}

TEST(Permissions, OfOthersAreNot) {
    EXPECT_FALSE(is_admin(Permissions{0}));
    EXPECT_FALSE(is_admin(~Permissions{8 + 32}));
}

TEST(Permissions, ThatWereNotToldAreNone) {
    EXPECT_FALSE(is_admin(std::nullopt));
}

TEST(Permissions, OfAnAdministratorAreAll) {
    EXPECT_TRUE(may(permission::kAdministrator, permission::kSendMessages));
    EXPECT_FALSE(may(permission::kSendMessages, permission::kSendMessages | permission::kViewChannel));
}

}  // namespace
}  // namespace nunchi::discord::interactions
