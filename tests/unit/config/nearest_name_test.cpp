#include "config/nearest_name.hpp"

#include <gtest/gtest.h>

namespace nunchi::config {
namespace {

const std::vector<std::string> kNames{"threads", "model", "max_tokens", "max_batch_tokens"};

TEST(NearestName, FindsTheNameBehindAMistake) {
    EXPECT_EQ(nearest_name("treads", kNames), "threads");
    EXPECT_EQ(nearest_name("max-tokens", kNames), "max_tokens");
    EXPECT_EQ(nearest_name("modle", kNames), "model");
}

TEST(NearestName, FindsNothingFarAway) {
    EXPECT_EQ(nearest_name("colour", kNames), std::nullopt);
    EXPECT_EQ(nearest_name("", kNames), std::nullopt);
    EXPECT_EQ(nearest_name("to", kNames), std::nullopt);
    EXPECT_EQ(nearest_name("anything", {}), std::nullopt);
}

TEST(NearestName, DoesNotCompareVeryLongNames) {
    const std::string name(100, 'a');
    EXPECT_EQ(nearest_name(name, {name}), std::nullopt);
}

}  // namespace
}  // namespace nunchi::config
