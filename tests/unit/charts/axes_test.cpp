#include "charts/axes.hpp"

#include <gtest/gtest.h>

namespace nunchi::charts {
namespace {

TEST(Axes, PutTheLowestValueAtTheBottomLeft) {
    const Axes axes({100, 50, 200, 400}, {1, 3}, {0, 10});

    EXPECT_DOUBLE_EQ(axes.at(1, 0).x, 100);
    EXPECT_DOUBLE_EQ(axes.at(1, 0).y, 450);
    EXPECT_DOUBLE_EQ(axes.at(2, 2.5).x, 200);
    EXPECT_DOUBLE_EQ(axes.at(2, 2.5).y, 350);
}

TEST(Axes, NumbersAreReadable) {
    EXPECT_EQ(percent(0.256), "26 %");
    EXPECT_EQ(grouped(7), "7");
    EXPECT_EQ(grouped(999), "999");
    EXPECT_EQ(grouped(1000), "1,000");
    EXPECT_EQ(grouped(1234567), "1,234,567");
    EXPECT_EQ(grouped(-1234), "-1,234");
    EXPECT_EQ(fixed(2.345, 1), "2.3");
}

}  // namespace
}  // namespace nunchi::charts
