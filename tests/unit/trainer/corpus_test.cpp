#include "trainer/corpus.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace nunchi::trainer {
namespace {

class CorpusTest : public ::testing::Test {
protected:
    std::filesystem::path write(const std::string& name, const std::string& content) {
        auto path = std::filesystem::path(::testing::TempDir()) / name;
        std::ofstream(path, std::ios::binary) << content;
        return path;
    }

    text::TextEncoder encoder_ = *text::TextEncoder::create(
        *text::KobertTokenizer::load(std::string(NUNCHI_SOURCE_DIR) + "/tests/data/kobert/spiece.model"), {});
    Corpus corpus_;
};

TEST_F(CorpusTest, TakesTextAndRatingOfATable) {
    const auto file = write("reviews.tsv",
                            "id\trating\ttext\n"
                            "1\t10\t아주 재미있는 \"영화\" 였어요\n"
                            "2\t1\t시간이 정말 아까운 영화였다\n"
                            "3\t?\t별점을 주지 않은 감상이에요\n"
                            "4\t5\t음\n");

    ASSERT_TRUE(add_to_corpus(corpus_, file, encoder_, 100));

    ASSERT_EQ(corpus_.size(), 3U);  // the last row is too short to teach anything
    EXPECT_EQ(corpus_.ratings, (std::vector<std::int64_t>{9, 0, Corpus::kNoRating}));
    EXPECT_EQ(corpus_.ids[0].front(), text::kClsId);
}

TEST_F(CorpusTest, LeavesOutSentencesUnderThreePieces) {
    ASSERT_TRUE(add_to_corpus(corpus_, write("short.txt", "너무 좋다\n재밌다\n"), encoder_, 100));

    EXPECT_EQ(corpus_.ids, (std::vector<std::vector<std::int32_t>>{{2, 3969, 6269, 5782, 3}}));
}

TEST_F(CorpusTest, TakesQuotationMarksOfATableAsText) {
    const auto file = write("quotes.tsv",
                            "text\trating\n"
                            "\"명작이라는 말이 아깝지 않은 영화\t9\n"
                            "내일은 비가 온다고 합니다\t3\n");

    ASSERT_TRUE(add_to_corpus(corpus_, file, encoder_, 100));

    EXPECT_EQ(corpus_.ratings, (std::vector<std::int64_t>{8, 2}));
}

TEST_F(CorpusTest, TakesOnlyWholeNumbersFromOneToTenAsRatings) {
    std::string table = "rating\ttext\n";
    for (const char* rating : {"1", "10", "11", "0", "-3", "7점", "7.5", ""}) {
        table += std::string(rating) + "\t내일은 비가 온다고 합니다\n";
    }

    ASSERT_TRUE(add_to_corpus(corpus_, write("ratings.tsv", table), encoder_, 100));

    constexpr auto kNone = Corpus::kNoRating;
    EXPECT_EQ(corpus_.ratings, (std::vector<std::int64_t>{0, 9, kNone, kNone, kNone, kNone, kNone, kNone}));
}

TEST_F(CorpusTest, TakesATableWithoutRatingsUpToTheLimitAndSkipsRowsWithoutText) {
    const auto file = write("plain.tsv",
                            "id\ttext\n"
                            "1\n"
                            "2\t내일은 비가 온다고 합니다\n"
                            "3\t모레는 다시 맑아집니다\n"
                            "4\t글피에는 눈이 온다고 합니다\n");

    ASSERT_TRUE(add_to_corpus(corpus_, file, encoder_, 2));

    EXPECT_EQ(corpus_.ratings, (std::vector<std::int64_t>{Corpus::kNoRating, Corpus::kNoRating}));
}

TEST_F(CorpusTest, NamesTheFileWithABrokenRow) {
    const auto file = write("broken.tsv", "text\n" + std::string((1 << 20) + 1, 'a') + "\n");

    const auto added = add_to_corpus(corpus_, file, encoder_, 10);

    ASSERT_FALSE(added);
    EXPECT_NE(added.error().message.find("broken.tsv: line 2"), std::string::npos) << added.error().message;
}

TEST_F(CorpusTest, TakesEveryLineOfPlainTextUpToTheLimit) {
    const auto file =
        write("lines.txt", "오늘은 날씨가 참 좋네요\n내일은 비가 온다고 합니다\n모레는 다시 맑아집니다\n");

    ASSERT_TRUE(add_to_corpus(corpus_, file, encoder_, 2));

    EXPECT_EQ(corpus_.size(), 2U);
    EXPECT_EQ(corpus_.ratings[0], Corpus::kNoRating);
}

TEST_F(CorpusTest, NamesTheColumnThatIsMissing) {
    const auto added = add_to_corpus(corpus_, write("bad.tsv", "id\tbody\n1\t가나다\n"), encoder_, 10);

    ASSERT_FALSE(added);
    EXPECT_NE(added.error().message.find("must name a column text"), std::string::npos);
}

TEST_F(CorpusTest, NamesAFileThatIsNotThere) {
    EXPECT_FALSE(add_to_corpus(corpus_, "no-such-file.txt", encoder_, 10));
}

}  // namespace
}  // namespace nunchi::trainer
