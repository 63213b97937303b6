#include "adapters/chat/answer_book.hpp"

#include <gtest/gtest.h>

namespace nunchi::chat {
namespace {

TEST(AnswerBook, OnlyAnAnsweredMessageWithAnotherTextHasChanged) {
    AnswerBook book;
    book.saw("1", "행복해");
    EXPECT_FALSE(book.has_changed("1", "슬퍼"));  // not answered yet
    book.put("1", {"10", "500", ""});

    EXPECT_TRUE(book.has_changed("1", "화나"));
    EXPECT_FALSE(book.has_changed("1", "화나"));
    EXPECT_FALSE(book.has_changed("2", "화나"));
}

TEST(AnswerBook, TellsThatAMessageWasEditedBeforeItsAnswerStood) {
    AnswerBook book;
    book.saw("1", "행복해");
    EXPECT_FALSE(book.put("1", {"10", "500", ""}));
    book.saw("2", "행복해");
    EXPECT_FALSE(book.has_changed("2", "슬퍼"));
    EXPECT_TRUE(book.put("2", {"10", "501", ""}));
    EXPECT_FALSE(book.put("2", {"10", "501", ""}));
}

TEST(AnswerBook, GivesTheAnswerOfADeletedMessageOnce) {
    AnswerBook book;
    book.put("1", {"10", "500", ""});

    const auto answered = book.on_deleted("1");
    ASSERT_TRUE(answered);
    EXPECT_EQ(answered->reply, "500");
    EXPECT_FALSE(book.on_deleted("1"));
    EXPECT_TRUE(book.is_deleted("1"));
    EXPECT_FALSE(book.is_deleted("2"));
}

}  // namespace
}  // namespace nunchi::chat
