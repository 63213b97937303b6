#include "classifier/model/packed_batch.hpp"

#include <ATen/ops/allclose.h>
#include <c10/core/InferenceMode.h>
#include <gtest/gtest.h>

#include <set>
#include <vector>

#include "classifier/model/bert.hpp"
#include "tests/unit/classifier/model/small_model.hpp"

namespace nunchi::model {
namespace {

TEST(RoundedUp, AddsAQuarterAtMostAndLeavesFewNumbers) {
    EXPECT_EQ(rounded_up(1), 4);
    EXPECT_EQ(rounded_up(12), 12);
    EXPECT_EQ(rounded_up(13), 16);
    EXPECT_EQ(rounded_up(33), 40);
    EXPECT_EQ(rounded_up(1024), 1024);
    EXPECT_EQ(rounded_up(1025), 1280);
    std::set<std::int64_t> numbers;
    for (std::int64_t rows = 1; rows <= 1024; ++rows) {
        EXPECT_GE(rounded_up(rows), rows);
        EXPECT_LE(rounded_up(rows), std::max<std::int64_t>(rows + 3, rows + rows / 4));
        numbers.insert(rounded_up(rows));
    }
    EXPECT_LE(numbers.size(), 28U);
}

/// 5 messages of 3 lengths: 27 tokens, which are rounded up to 28, and 5 [CLS] rows, to 8.
std::vector<std::vector<std::int32_t>> some_ids() {
    return {
        {2, 10, 3}, {2, 4000, 3}, {2, 11, 12, 13, 14, 3}, {2, 5, 6, 7, 8, 3}, {2, 9, 9, 9, 9, 9, 9, 9, 3}};
}

TEST(Pack, GivesTheSameResultsWithRoundedRows) {
    const c10::InferenceMode inference;
    const auto config = testing::small_config();
    const auto weights = testing::random_weights(config, 0.2, 7);
    const auto ids = some_ids();
    std::vector<Message> messages;
    for (const auto& message : ids) messages.push_back({.ids = message});

    const auto exact = pack(messages, at::kCPU);
    const auto rounded = pack(messages, at::kCPU, RowCount::rounded);
    ASSERT_EQ(exact.ids.size(0), 27);
    ASSERT_EQ(rounded.ids.size(0), 28);
    ASSERT_EQ(rounded.cls_rows.size(0), 8);

    for (const bool all_tokens : {false, true}) {
        const auto expected = forward(weights, config, exact, {.dropout = {}, .all_tokens = all_tokens});
        const auto result = forward(weights, config, rounded, {.dropout = {}, .all_tokens = all_tokens});
        EXPECT_EQ(result.hidden.sizes(), expected.hidden.sizes());
        EXPECT_EQ(result.logits.sizes(), expected.logits.sizes());
        EXPECT_TRUE(at::allclose(result.hidden, expected.hidden, 1e-5, 1e-6));
        EXPECT_TRUE(at::allclose(result.pooled, expected.pooled, 1e-5, 1e-6));
        EXPECT_TRUE(at::allclose(result.logits, expected.logits, 1e-5, 1e-6));
    }
}

}  // namespace
}  // namespace nunchi::model
