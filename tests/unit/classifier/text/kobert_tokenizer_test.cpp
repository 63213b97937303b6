#include "classifier/text/kobert_tokenizer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "tests/unit/classifier/text/kobert.hpp"

namespace nunchi::text {
namespace {

using ::testing::AllOf;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Ge;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Le;
using ::testing::Not;

TEST(KobertTokenizer, KeepsTheFirst62PiecesOf64Tokens) {
    const Ids all = literal_ids(repeated("하", 100));
    const Ids cut = kobert().encode(repeated("하", 100), 64, SpecialText::literal);
    ASSERT_EQ(cut.size(), 64U);
    EXPECT_EQ(cut.front(), kClsId);
    EXPECT_EQ(cut.back(), kSepId);
    EXPECT_TRUE(std::equal(cut.begin() + 1, cut.end() - 1, all.begin()));
    EXPECT_THAT(kobert().encode("", 64, SpecialText::literal), ElementsAre(2, 3));
    EXPECT_THAT(kobert().encode("오", 2, SpecialText::literal), ElementsAre(2, 3));
}

TEST(KobertTokenizer, TakesAnyBytes) {
    // SentencePiece's nmt_nfkc turns U+FFFD into a space.
    EXPECT_EQ(literal_ids("\xFF오\xE1\x84"), literal_ids("오"));
    EXPECT_EQ(literal_ids("안녕\xED\xA0\x80하세요"), literal_ids("안녕 하세요"));
    const std::string with_nul("오\0오", 7);
    EXPECT_THAT(literal_ids(with_nul), Not(IsEmpty()));
    EXPECT_THAT(guarded_ids(with_nul), Not(IsEmpty()));
}

TEST(KobertTokenizer, GivesTheSameIdsFromSeveralThreads) {
    const std::string text = "어제 본 영화가 자꾸 생각나요 ㅋㅋㅋ";
    const Ids expected = guarded_ids(text);
    std::array<Ids, 4> answers;
    std::vector<std::thread> threads;
    threads.reserve(answers.size());
    for (Ids& answer : answers) {
        threads.emplace_back([&] {
            for (int i = 0; i < 200; ++i) answer = guarded_ids(text);
        });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_THAT(answers, Each(expected));
}

TEST(KobertTokenizer, SplitsOnAddedTokensAndPrefixesEachSegment) {
    const auto tokenizer =
        KobertTokenizer::load(kKobertData / "spiece.model", {{"<cry>", 8002}, {"<cry>>", 8003}}).value();
    EXPECT_EQ(tokenizer.vocabulary_size(), 8004U);
    const auto ids = [&](std::string_view text) { return tokenizer.tokenize(text, SpecialText::guarded); };
    EXPECT_THAT(ids("오<cry>오"), ElementsAre(3417, 8002, 3417));
    EXPECT_THAT(ids("오 <cry> 오"), ElementsAre(3417, 8002, 3417));
    EXPECT_THAT(ids("<cry>><cry>"), ElementsAre(8003, 8002));
    EXPECT_THAT(ids("<cr"), Each(AllOf(Ge(5), Le(8001))));
    EXPECT_THAT(ids("<cry>[SEP]"), ElementsAre(8002, 702, 687, 282, 333, 363));
    EXPECT_THAT(tokenizer.tokenize("<cry>[SEP]", SpecialText::literal), ElementsAre(8002, 3));
    EXPECT_THAT(tokenizer.pieces("오<cry>", SpecialText::guarded), ElementsAre("\u2581오", "<cry>"));
}

TEST(KobertTokenizer, TakesAPieceOfTheModelAsAddedToken) {
    const auto tokenizer = KobertTokenizer::load(kKobertData / "spiece.model", {{"오", 6907}});
    // 6907 is not its id, so this is the mistake that the message explains.
    ASSERT_FALSE(tokenizer);
    EXPECT_THAT(tokenizer.error().message, HasSubstr("of the tokenizer"));
    const auto id = literal_ids("셔").back();
    const auto right = KobertTokenizer::load(kKobertData / "spiece.model", {{"셔", id}}).value();
    EXPECT_EQ(right.vocabulary_size(), 8002U);
    EXPECT_THAT(right.tokenize("오셔", SpecialText::guarded), ElementsAre(3417, id));
}

TEST(KobertTokenizer, RefusesAddedTokensThatCannotBe) {
    const std::vector<std::pair<std::vector<AddedToken>, std::string>> cases{
        {{{"", 8002}}, "has no text"},
        {{{"\xFF", 8002}}, "UTF-8"},
        {{{"<cry>", 4}}, "first free id is 8002"},
        {{{"<cry>", -1}}, "first free id is 8002"},
        {{{"[SEP]", 3}}, "special token"},
        {{{"<a>", 8002}, {"<a>", 8003}}, "twice"},
        {{{"<a>", 8002}, {"<b>", 8002}}, "shares its id"},
    };
    for (const auto& [added, expected] : cases) {
        const auto tokenizer = KobertTokenizer::load(kKobertData / "spiece.model", added);
        ASSERT_FALSE(tokenizer);
        EXPECT_THAT(tokenizer.error().message, HasSubstr(expected));
    }
}

TEST(KobertTokenizer, SaysWhyAFileDoesNotLoad) {
    const auto missing = KobertTokenizer::load(kKobertData / "no_such_file");
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code, api::errc::io_error);
    const auto text = KobertTokenizer::load(kKobertData / "NOTICE");
    ASSERT_FALSE(text);
    EXPECT_EQ(text.error().code, api::errc::bad_format);
    EXPECT_THAT(text.error().message, HasSubstr("NOTICE"));
    EXPECT_FALSE(KobertTokenizer::load(kKobertData));
}

}  // namespace
}  // namespace nunchi::text
