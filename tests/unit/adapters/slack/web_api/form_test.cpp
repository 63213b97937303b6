#include "adapters/slack/web_api/form.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace nunchi::slack::web_api {
namespace {

using nlohmann::json;

TEST(Form, EncodesWhatHasAMeaningInForms) {
    EXPECT_EQ(form_of({{"text", "a&b=c d+e/%"}}), "text=a%26b%3Dc%20d%2Be%2F%25");
}

TEST(Form, EncodesHangulByteByByte) {
    EXPECT_EQ(form_of({{"name", "눈"}}), "name=%EB%88%88");
}

TEST(Form, LeavesTimestampsAsTheyAre) {
    EXPECT_EQ(form_of({{"ts", "1595926230.009600"}}), "ts=1595926230.009600");
}

TEST(Form, WritesEverythingElseAsJson) {
    EXPECT_EQ(form_of({{"length", 12}, {"full", true}}), "full=true&length=12");
    EXPECT_EQ(form_of({{"files", json::array({1})}}), "files=%5B1%5D");
}

TEST(Form, LeavesNullsOut) {
    EXPECT_EQ(form_of({{"a", nullptr}, {"b", "1"}}), "b=1");
    EXPECT_EQ(form_of(json::object()), "");
}

TEST(Form, TakesTextThatIsNoUtf8) {
    EXPECT_EQ(form_of({{"a", "\xFF"}}), "a=%FF");
}

}  // namespace
}  // namespace nunchi::slack::web_api
