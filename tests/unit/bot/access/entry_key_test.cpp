#include "bot/access/entry_key.hpp"

#include <gtest/gtest.h>

#include <string>

namespace nunchi::access {
namespace {

using namespace std::chrono_literals;

const config::Secret kToken("correct horse battery staple");
const Clock::time_point kNow{1'800'000'000s};

TEST(EntryKey, OpensUntilItExpires) {
    const auto key = make_entry_key(kToken, Purpose::link, kNow + 15min);

    ASSERT_TRUE(check_entry_key(kToken, Purpose::link, key, kNow + 14min));
    EXPECT_EQ(check_entry_key(kToken, Purpose::link, key, kNow)->expiry, kNow + 15min);
    EXPECT_FALSE(check_entry_key(kToken, Purpose::link, key, kNow + 15min));
}

TEST(EntryKey, HoldsForItsTokenAndPurposeOnly) {
    const auto key = make_entry_key(kToken, Purpose::link, kNow + 1h);

    EXPECT_FALSE(check_entry_key(config::Secret("another"), Purpose::link, key, kNow));
    EXPECT_FALSE(check_entry_key(kToken, Purpose::session, key, kNow));
    EXPECT_FALSE(check_entry_key(config::Secret(), Purpose::link, key, kNow));
}

TEST(EntryKey, IsVoidWithAnyCharacterChanged) {
    const auto key = make_entry_key(kToken, Purpose::session, kNow + 1h);
    for (std::size_t i = 0; i < key.size(); ++i) {
        auto changed = key;
        changed[i] = changed[i] == '0' ? '1' : '0';
        EXPECT_FALSE(check_entry_key(kToken, Purpose::session, changed, kNow)) << i;
        EXPECT_FALSE(check_entry_key(kToken, Purpose::session, key.substr(0, i), kNow)) << i;
    }
}

TEST(EntryKey, HasANonceOfItsOwn) {
    const auto first = make_entry_key(kToken, Purpose::link, kNow + 1h);
    const auto second = make_entry_key(kToken, Purpose::link, kNow + 1h);

    EXPECT_NE(check_entry_key(kToken, Purpose::link, first, kNow)->nonce,
              check_entry_key(kToken, Purpose::link, second, kNow)->nonce);
    EXPECT_EQ(check_entry_key(kToken, Purpose::link, first, kNow)->nonce.size(), 32U);
}

TEST(EntryKey, IsSignedWithHmacSha256OfItsClaim) {
    // python3 -c "import hmac; print(hmac.new(b'correct horse battery staple',
    //   b'link.1800000900.000102030405060708090a0b0c0d0e0f', 'sha256').hexdigest())"
    const std::string key =
        "link.1800000900.000102030405060708090a0b0c0d0e0f."
        "d2b9d3c0be851db4899af05f42019bdcf48bebe79b6d91d55cbdf67e74240480";
    EXPECT_TRUE(check_entry_key(kToken, Purpose::link, key, kNow));
}

TEST(Token, Is64HexadecimalDigitsAndNeverTheSame) {
    EXPECT_EQ(make_token().reveal().size(), 64U);
    EXPECT_NE(make_token().reveal(), make_token().reveal());
}

}  // namespace
}  // namespace nunchi::access
