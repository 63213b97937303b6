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
