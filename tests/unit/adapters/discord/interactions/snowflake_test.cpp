#include "adapters/discord/interactions/snowflake.hpp"

#include <gtest/gtest.h>

namespace nunchi::discord::interactions {
namespace {

using std::chrono::milliseconds;
using std::chrono::system_clock;

TEST(Snowflake, TellsTheTimeThatTheDocumentationTells) {
    // Discord docs: reference, "Snowflakes": 175928847299117063 is 1462015105796.
    EXPECT_EQ(created_at("175928847299117063"), system_clock::time_point(milliseconds(1'462'015'105'796)));
}

TEST(Snowflake, OfAnythingElseTellsNothing) {
    for (const char* text : {"", "abc", "12x", " 12", "-1", "+1", "99999999999999999999", "1.5"}) {
        EXPECT_FALSE(created_at(text)) << text;
    }
}

TEST(Snowflake, IsTheSmallestOfItsMillisecond) {
    EXPECT_EQ(id_at(system_clock::time_point(milliseconds(1'462'015'105'796))), "175928847298985984");
    EXPECT_EQ(created_at("175928847298985983"), system_clock::time_point(milliseconds(1'462'015'105'795)));
}

TEST(Snowflake, BeforeTheFirstOneIsZero) {
    EXPECT_EQ(id_at(system_clock::time_point(milliseconds(0))), "0");
}

}  // namespace
}  // namespace nunchi::discord::interactions
