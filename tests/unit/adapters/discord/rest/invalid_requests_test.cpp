#include "adapters/discord/rest/invalid_requests.hpp"

#include <gtest/gtest.h>

namespace nunchi::discord::rest {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr InvalidRequests::TimePoint kStart{std::chrono::hours(100)};

TEST(InvalidRequests, OpenAtTheLimit) {
    InvalidRequests invalid(3);
    invalid.add(kStart);
    invalid.add(kStart + minutes(5));
    EXPECT_FALSE(invalid.is_open(kStart + minutes(9)));

    invalid.add(kStart + minutes(9));

    EXPECT_TRUE(invalid.is_open(kStart + minutes(9)));
}

TEST(InvalidRequests, AreForgottenAfterTenMinutesAndNotBefore) {
    InvalidRequests invalid(1);
    const auto at = kStart + seconds(9);
    invalid.add(at);

    EXPECT_EQ(invalid.count(at + minutes(10)), 1U);
    EXPECT_EQ(invalid.count(at + minutes(10) + InvalidRequests::kStep), 0U);
}

TEST(InvalidRequests, CountARollingWindowOverHours) {
    InvalidRequests invalid(1'000'000);
    for (int second = 0; second < 3 * 3600; ++second) invalid.add(kStart + seconds(second));

    const auto count = invalid.count(kStart + seconds(3 * 3600 - 1));

    EXPECT_GE(count, 600U);
    EXPECT_LE(count, 610U);
}

TEST(InvalidRequests, AreNoneAfterALongSilence) {
    InvalidRequests invalid(1);
    invalid.add(kStart);
    EXPECT_EQ(invalid.count(kStart + std::chrono::hours(1000)), 0U);
}

}  // namespace
}  // namespace nunchi::discord::rest
