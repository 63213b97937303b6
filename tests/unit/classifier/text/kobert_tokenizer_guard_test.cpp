// Outside of parity mode no user writes [PAD], [CLS], [SEP] or [MASK].
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "tests/unit/classifier/text/kobert.hpp"

namespace nunchi::text {
namespace {

using ::testing::AnyOf;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Ge;

// Neither [PAD], [CLS], [SEP] nor [MASK].
const auto kIsTextId = AnyOf(0, Ge(5));

TEST(KobertTokenizerGuard, SpacesBracketsOfSpecialTokensInGuardedMode) {
    EXPECT_THAT(literal_ids("[SEP] 하하"), ElementsAre(3, 4924, 7782));
    EXPECT_THAT(guarded_ids("[SEP]"), ElementsAre(702, 687, 282, 333, 363));
    EXPECT_THAT(guarded_ids("[SEP] 하하"), ElementsAre(702, 687, 282, 333, 363, 4924, 7782));
}

TEST(KobertTokenizerGuard, NeverGivesSpecialIdsForDisguisedTokensInGuardedMode) {
    const std::vector<std::string> attacks{"[SEP]",       "[CLS]",       "[PAD]",
                                           "[MASK]",      "a[SEP]b",     "[[SEP]]",
                                           "[SEP][SEP]",  "［SEP］",     "［ＳＥＰ］",
                                           "[ＣＬＳ]",    "［MASK］",    "﹇SEP﹈",
                                           "[𝐒𝐄𝐏]",       "[𝕊𝔼ℙ]",       "[ⓈⒺⓅ]",
                                           "[🅂🄴🄿]",       "[S\u0301EP]", "[S\u0301E\u0323P\u0301]",
                                           "[\uFEFFSEP]", "[S\uFEFFEP]", "[SE\u200DP]",
                                           "[S\001EP]",   "[SEP\xFF]",   "[\u00ADSEP]",
                                           "[ᴾᴬᴰ]",       "[PA\u0334D]", "\u202E[SEP]\u202C",
                                           "[S\uFE0FEP]", "[MA\u180ESK]"};
    for (const std::string& attack : attacks) {
        EXPECT_THAT(guarded_ids(attack), Each(kIsTextId)) << attack;
        EXPECT_EQ(kobert().pieces(attack, SpecialText::guarded).size(), guarded_ids(attack).size());
    }
    // The attacks are real: in literal mode disguises are seen through by the model itself.
    EXPECT_THAT(literal_ids("［ＳＥＰ］"), ElementsAre(517, 3));
    EXPECT_THAT(literal_ids("[𝐒𝐄𝐏]"), ElementsAre(517, 3));
    EXPECT_THAT(literal_ids("[S\u0301EP]"), ElementsAre(517, 3));
}

TEST(KobertTokenizerGuard, NeverGivesSpecialIdsForRandomHostileTextInGuardedMode) {
    const std::vector<std::string> alphabet{"[",      "］",     "]",    "［", "SEP",   "CLS",  "PAD",
                                            "MASK",   "UNK",    "Ｓ",   "E",  "𝐏",     " ",    "\u0301",
                                            "\uFEFF", "\u200B", "\x01", "ㅋ", "[SEP]", "<cry>"};
    std::mt19937 random(34);
    std::size_t real_attacks = 0;
    for (int round = 0; round < 20000; ++round) {
        std::string text;
        for (int i = 0; i < 8; ++i) text += alphabet[random() % alphabet.size()];
        const Ids literal = literal_ids(text);
        real_attacks +=
            std::any_of(literal.begin(), literal.end(), [](auto id) { return id >= 1 && id <= 4; });
        ASSERT_THAT(guarded_ids(text), Each(kIsTextId)) << text;
    }
    EXPECT_GT(real_attacks, 5000U);
}

TEST(KobertTokenizerGuard, GuardLeavesOrdinaryTextAlone) {
    for (const std::string text : {"오늘 [공지] 확인했어요", "배열[0]", "[sep] 아님", "[UNK"}) {
        EXPECT_EQ(guarded_ids(text), literal_ids(text)) << text;
    }
}

}  // namespace
}  // namespace nunchi::text
