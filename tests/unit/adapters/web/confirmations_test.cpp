#include "adapters/web/confirmations.hpp"

#include <gtest/gtest.h>

#include <memory>

namespace nunchi::web {
namespace {

using Outcome = Confirmations::Outcome;

TEST(WebConfirmations, WakesOnlyThoseThatWaitForTheId) {
    const auto confirmations = std::make_shared<Confirmations>();
    int woken_a = 0;
    int woken_b = 0;
    const Confirmations::Wait a(confirmations, "a", [&] { ++woken_a; });
    const Confirmations::Wait b(confirmations, "b", [&] { ++woken_b; });
    confirmations->confirm("a");
    EXPECT_EQ(a.outcome(), Outcome::confirmed);
    EXPECT_EQ(b.outcome(), Outcome::pending);
    EXPECT_EQ(woken_a, 1);
    EXPECT_EQ(woken_b, 0);
}

TEST(WebConfirmations, WakesAllThatWaitForTheSameId) {
    const auto confirmations = std::make_shared<Confirmations>();
    const Confirmations::Wait first(confirmations, "a", [] {});
    const Confirmations::Wait second(confirmations, "a", [] {});
    confirmations->confirm("a");
    EXPECT_EQ(first.outcome(), Outcome::confirmed);
    EXPECT_EQ(second.outcome(), Outcome::confirmed);
}

TEST(WebConfirmations, KeepsAConfirmationWhenTheReaderGoesAfterwards) {
    const auto confirmations = std::make_shared<Confirmations>();
    int woken = 0;
    const Confirmations::Wait wait(confirmations, "a", [&] { ++woken; });
    confirmations->confirm("a");
    confirmations->reader_gone();
    EXPECT_EQ(wait.outcome(), Outcome::confirmed);
    EXPECT_EQ(woken, 1);
}

TEST(WebConfirmations, ForgetsAWaitThatEnded) {
    const auto confirmations = std::make_shared<Confirmations>();
    int woken = 0;
    {
        const Confirmations::Wait wait(confirmations, "a", [&] { ++woken; });
    }
    confirmations->confirm("a");
    confirmations->reader_gone();
    EXPECT_EQ(woken, 0);
}

}  // namespace
}  // namespace nunchi::web
