#include "adapters/slack/events/signature.hpp"

#include <gtest/gtest.h>

#include <string>

namespace nunchi::slack::events {
namespace {

using std::chrono::seconds;
using std::chrono::system_clock;

// Slack's documentation (docs.slack.dev, "Verifying requests from Slack").
const config::Secret kSecret{"8f742231b10e8888abcd99yyyzzz85a5"};
const std::string kTimestamp = "1531420618";
const std::string kBody =
    "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name="
    "foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2F"
    "hooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015."
    "47445629121.803a0bc887a14d10d2c447fce8b6703c";
const std::string kSignature = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";

class SlackSignature : public testing::Test {
protected:
    Verifier verifier_ = Verifier::create(kSecret).value();
};

TEST_F(SlackSignature, EqualsTheOneInSlacksDocumentation) {
    EXPECT_TRUE(verifier_.verify(kTimestamp, kBody, kSignature));
}

TEST_F(SlackSignature, IsVerifiedAgainAndAgain) {
    for (int i = 0; i < 3; ++i) {
        EXPECT_TRUE(verifier_.verify(kTimestamp, kBody, kSignature));
        EXPECT_FALSE(verifier_.verify(kTimestamp, kBody + " ", kSignature));
    }
}

TEST_F(SlackSignature, CoversTimestampBodyAndSecret) {
    EXPECT_FALSE(verifier_.verify("1531420619", kBody, kSignature));
    EXPECT_FALSE(verifier_.verify(kTimestamp, "", kSignature));
    EXPECT_FALSE(verifier_.verify("", "", ""));
    auto other = Verifier::create(config::Secret("8f742231b10e8888abcd99yyyzzz85a6")).value();
    EXPECT_FALSE(other.verify(kTimestamp, kBody, kSignature));
}

TEST_F(SlackSignature, IsTakenInItsOneFormOnly) {
    const std::string digits = kSignature.substr(3);
    std::string upper = kSignature;
    for (char& c : upper) c = c >= 'a' && c <= 'f' ? static_cast<char>(c - 32) : c;
    for (const std::string& wrong :
         {std::string(), digits, "v1=" + digits, "V0=" + digits, upper, kSignature + "0", kSignature + ",",
          " " + kSignature, kSignature.substr(0, 66), std::string("v0="), std::string(67, '0')}) {
        EXPECT_FALSE(verifier_.verify(kTimestamp, kBody, wrong)) << wrong;
    }
}

TEST_F(SlackSignature, NeedsASecret) {
    EXPECT_FALSE(Verifier::create(config::Secret()));
}

TEST(SlackTimestamp, MayLieFiveMinutesOnEitherSide) {
    const system_clock::time_point now{seconds(1'531'420'618)};
    EXPECT_TRUE(is_fresh("1531420618", now));
    EXPECT_TRUE(is_fresh("1531420318", now));
    EXPECT_FALSE(is_fresh("1531420317", now));
    EXPECT_TRUE(is_fresh("1531420918", now));
    EXPECT_FALSE(is_fresh("1531420919", now));
    EXPECT_FALSE(is_fresh("1531424218", now)) << "an hour ahead";
}

TEST(SlackTimestamp, IsDigitsOnly) {
    const system_clock::time_point now{seconds(0)};
    EXPECT_TRUE(is_fresh("0", now));
    for (const char* wrong :
         {"", "x", "-1", "+1", " 1", "1 ", "1.0", "0x1", "1e1", "99999999999999999999999999"}) {
        EXPECT_FALSE(is_fresh(wrong, now)) << wrong;
    }
}

}  // namespace
}  // namespace nunchi::slack::events
