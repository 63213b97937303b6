#include "bot/cli/chat.hpp"

#include <gtest/gtest.h>
#include <sysexits.h>

#include <sstream>

#include "tests/unit/bot/cli/keyword_classifier.hpp"

namespace nunchi::cli {
namespace {

struct Session {
    int exit_code;
    std::string out;
    std::string errors;
};

Session converse(const std::string& input, const ChatOptions& options = {}) {
    KeywordClassifier keyword;
    BlockingClassifier classifier(keyword);
    std::istringstream in(input);
    std::ostringstream out;
    std::ostringstream errors;
    const int exit_code = chat(in, out, errors, classifier, options);
    return {exit_code, out.str(), errors.str()};
}

TEST(Chat, PromptsAndRepliesAsTheOriginalNotebook) {
    const auto session = converse("행복\n놀람\n0\n");

    EXPECT_EQ(session.exit_code, EX_OK);
    EXPECT_EQ(session.out,
              "하고싶은 말을 입력해주세요 : >> 입력하신 내용에서 행복이 느껴집니다.\n\n\n"
              "하고싶은 말을 입력해주세요 : >> 입력하신 내용에서 놀람이 느껴집니다.\n\n\n"
              "하고싶은 말을 입력해주세요 : ");
}

TEST(Chat, OnlyAnExactZeroQuits) {
    const auto session = converse(" 0\n00\n0\n행복\n");

    EXPECT_EQ(session.out.find("행복이"), std::string::npos);
    EXPECT_EQ(session.out.find("하고싶은"), 0U);
    EXPECT_NE(session.out.find("정하기 어렵습니다", session.out.find("정하기 어렵습니다") + 1),
              std::string::npos);
}

TEST(Chat, EndsQuietlyAtTheEndOfInput) {
    const auto session = converse("슬픔");

    EXPECT_EQ(session.exit_code, EX_OK);
    EXPECT_EQ(session.errors, "");
    EXPECT_TRUE(session.out.ends_with("입력해주세요 : \n"));
}

TEST(Chat, ShowsTheMostProbableEmotionsOnRequest) {
    const auto session = converse("분노\n0\n", {.top = 2});

    EXPECT_NE(session.out.find(">> 입력하신 내용에서 분노가 느껴집니다.\n   분노 70.0 % · 공포 5.0 %\n"),
              std::string::npos);
}

TEST(Chat, ShowsAllSevenEmotionsWhenMoreAreAsked) {
    const auto session = converse("분노\n0\n", {.top = 9});

    EXPECT_NE(session.out.find("분노 70.0 % · 공포 5.0 % · 놀람 5.0 % · 슬픔 5.0 % · 중립 5.0 % · "
                               "행복 5.0 % · 혐오 5.0 %\n"),
              std::string::npos);
}

TEST(Chat, ReportsAFailedClassification) {
    const auto session = converse("overload\n");

    EXPECT_EQ(session.exit_code, EX_SOFTWARE);
    EXPECT_EQ(session.errors, "nunchi chat: the classifier is overloaded\n");
}

}  // namespace
}  // namespace nunchi::cli
