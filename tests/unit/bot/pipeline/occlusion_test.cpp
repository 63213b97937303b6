#include "bot/pipeline/occlusion.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

namespace nunchi::pipeline {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Occlusion, WordsAreWhatStandsBetweenSpaces) {
    EXPECT_THAT(words_of("나 정말\n행복해"), ElementsAre(Span{0, 3}, Span{4, 10}, Span{11, 20}));
    EXPECT_THAT(words_of("  가\u3000나  "), ElementsAre(Span{2, 5}, Span{8, 11}));
    EXPECT_THAT(words_of(" \n\t"), IsEmpty());
    EXPECT_THAT(words_of(""), IsEmpty());
}

TEST(Occlusion, BrokenBytesAreLetters) {
    EXPECT_THAT(words_of("\xEA\xB0 \xFF"), ElementsAre(Span{0, 2}, Span{3, 4}));
}

TEST(Occlusion, NeighboursGoTogetherWhenThereAreTooMany) {
    EXPECT_THAT(words_of("a b c d e", 2), ElementsAre(Span{0, 3}, Span{4, 9}));
    EXPECT_THAT(words_of("a b c d e", 5).size(), 5U);
    EXPECT_THAT(words_of("a b c d e", 4), ElementsAre(Span{0, 1}, Span{2, 3}, Span{4, 5}, Span{6, 9}));
}

TEST(Occlusion, AMebibyteOfWordsBecomesFortySpans) {
    std::string text;
    while (text.size() < 1 << 20) text += "행복 ";

    const auto words = words_of(text);

    ASSERT_EQ(words.size(), 40U);
    EXPECT_EQ(words.front().begin, 0U);
    EXPECT_EQ(words.back().end, text.size() - 1);
    for (std::size_t i = 1; i < words.size(); ++i) EXPECT_EQ(words[i].begin, words[i - 1].end + 1);
}

TEST(Occlusion, LeavesOutTheSpanAndNothingElse) {
    EXPECT_EQ(without("나 정말 행복해", {4, 10}), "나  행복해");
    EXPECT_EQ(without("나 정말", {0, 3}), " 정말");
    EXPECT_EQ(without("나", {0, 3}), "");
}

}  // namespace
}  // namespace nunchi::pipeline
