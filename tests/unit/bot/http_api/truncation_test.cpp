#include "bot/http_api/truncation.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nunchi::http_api {
namespace {

using testing::ElementsAre;

api::Encoded encoded(std::vector<std::int32_t> ids) {
    api::Encoded message;
    message.ids = std::move(ids);
    message.model_hash = "hash";
    return message;
}

TEST(Truncation, KeepsTheEndBetweenTheBorderTokens) {
    const auto cut = with_beginning_cut(encoded({2, 10, 11, 12, 13, 3}), 4);
    EXPECT_THAT(cut.ids, ElementsAre(2, 12, 13, 3));
    EXPECT_EQ(cut.model_hash, "hash");
    EXPECT_THAT(with_beginning_cut(encoded({2, 10, 11, 3}), 3).ids, ElementsAre(2, 11, 3));
    EXPECT_THAT(with_beginning_cut(encoded({2, 10, 11, 3}), 2).ids, ElementsAre(2, 3));
}

TEST(Truncation, LeavesWhatFits) {
    EXPECT_THAT(with_beginning_cut(encoded({2, 10, 11, 3}), 4).ids, ElementsAre(2, 10, 11, 3));
}

}  // namespace
}  // namespace nunchi::http_api
