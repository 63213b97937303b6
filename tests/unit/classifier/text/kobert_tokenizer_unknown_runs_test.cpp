#include "classifier/text/kobert_tokenizer_unknown_runs.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <span>
#include <string>

#include "classifier/text/spiece_proto.hpp"
#include "tests/unit/classifier/text/kobert.hpp"

namespace nunchi::text {
namespace {

using ::testing::ElementsAre;

UnknownRuns kobert_unknown_runs() {
    const auto bytes = read_spiece_file(kKobertData / "spiece.model").value();
    return UnknownRuns(parse_spiece(std::as_bytes(std::span(bytes))).value());
}

TEST(UnknownRuns, LeavesShortTextsAndKnownCharactersAlone) {
    const UnknownRuns runs = kobert_unknown_runs();
    const std::string chat = repeated("😀", 500);
    EXPECT_EQ(runs.shortened(chat), chat);
    const std::string known = repeated("하! ", 2000);
    EXPECT_EQ(runs.shortened(known), known);
}

TEST(UnknownRuns, CutsLongRunsOfUnknownCharacters) {
    const UnknownRuns runs = kobert_unknown_runs();
    EXPECT_LT(runs.shortened(repeated("😀", 5000)).size(), 300U);
    EXPECT_LT(runs.shortened(repeated("\u1107\u1170\u11B0", 5000)).size(), 700U)
        << "a syllable that no piece holds";
}

TEST(KobertTokenizer, GivesOneUnknownForARunOfAnyLength) {
    EXPECT_THAT(literal_ids(repeated("😀", 100000) + "다"), ElementsAre(517, 0, 5782));
    // The last of the initial jamo composes with the vowel behind it and is no part of the run.
    EXPECT_THAT(literal_ids(repeated("\u1103", 100000) + "\u1161"), ElementsAre(517, 0, 5782));
}

}  // namespace
}  // namespace nunchi::text
