#include "adapters/discord/rest/error_body.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace nunchi::discord::rest {
namespace {

using nlohmann::json;

ErrorBody parse(const char* text) {
    return parse_error(json::parse(text));
}

TEST(ErrorBody, TellsTheCodeAndWhereTheErrorsAre) {
    // Discord docs: reference, "Error Messages".
    const auto error = parse(R"({"code": 50035, "message": "Invalid Form Body", "errors": {
        "activities": {"0": {"platform": {"_errors": [{"code": "BASE_TYPE_CHOICES", "message": "Value must be one of"}]},
                             "type": {"_errors": [{"code": "BASE_TYPE_REQUIRED", "message": "required"}]}}}}})");

    EXPECT_EQ(error.code, 50035);
    EXPECT_EQ(error.details,
              "activities.0.platform: BASE_TYPE_CHOICES; activities.0.type: BASE_TYPE_REQUIRED");
}

TEST(ErrorBody, NeverHoldsAMessage) {
    const auto error = parse(
        R"({"code": 1, "message": "secret", "errors": {"secret text": {"_errors": [{"code": "a b", "message": "secret"}]}}})");

    EXPECT_EQ(error.details, "?: ?");
}

TEST(ErrorBody, IsEmptyForWhatIsNone) {
    for (const char* text : {"null", "[]", "{}", "7", "\"text\"", R"({"code": "50035"})", R"({"code": -5})",
                             R"({"code": 99999999999})", R"({"code": 1.5, "errors": []})",
                             R"({"errors": {"_errors": []}})", R"({"errors": {"a": {"_errors": {}}}})"}) {
        EXPECT_EQ(parse(text).code, 0) << text;
        EXPECT_EQ(parse(text).details, "") << text;
    }
    EXPECT_EQ(parse(R"({"errors": {"a": {"_errors": [7]}}})").details, "a: ?");
    EXPECT_EQ(parse(R"({"errors": {"a": {"_errors": [{"code": 7}]}}})").details, "a: ?");
}

TEST(ErrorBody, IsBounded) {
    json deep = json::parse(R"({"_errors": [{"code": "X"}]})");
    json wide;
    for (int i = 0; i < 50; ++i) {
        json outer;
        outer["a"] = std::move(deep);
        deep = std::move(outer);
    }
    for (int i = 0; i < 10'000; ++i) wide[std::to_string(i)]["_errors"][0]["code"] = "X";

    EXPECT_EQ(parse_error({{"errors", deep}}).details, "");
    EXPECT_LT(parse_error({{"errors", wide}}).details.size(), 400U);
}

}  // namespace
}  // namespace nunchi::discord::rest
