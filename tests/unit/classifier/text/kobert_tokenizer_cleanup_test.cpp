#include "classifier/text/kobert_tokenizer_cleanup.hpp"

#include <gtest/gtest.h>

namespace nunchi::text {
namespace {

TEST(CleanLikeKobert, CollapsesSpacesReplacesQuotesAndDropsMarks) {
    EXPECT_EQ(clean_like_kobert(" \u3000가\u00A0\t나\x1F "), "가 나");
    EXPECT_EQ(clean_like_kobert("``가'' ''' `"), "\"가\" \"' `");
    EXPECT_EQ(clean_like_kobert("caf\u00E9 e\u0323\u0301"), "cafe e");
    EXPECT_EQ(clean_like_kobert("\u304C"), "\u304B");
    EXPECT_EQ(clean_like_kobert("ㅋ\uFF21"), "\u110FA");
    EXPECT_EQ(clean_like_kobert("가\u200B나"), "가\u200B나");
}

}  // namespace
}  // namespace nunchi::text
