#include "bot/pipeline/filter.hpp"

#include <gtest/gtest.h>

namespace nunchi::pipeline {
namespace {

chat::Message korean() {
    chat::Message message;
    message.author.id = "minji";
    message.text = "행복해";
    return message;
}

TEST(Filter, LetsAPersonsKoreanThrough) {
    EXPECT_EQ(why_not_read(korean()), std::nullopt);
}

TEST(Filter, PassesOverWhatNoPersonWrote) {
    chat::Message own = korean();
    own.author.is_self = true;
    chat::Message bot = korean();
    bot.author.is_bot = true;
    chat::Message webhook = korean();
    webhook.kind = chat::MessageKind::webhook;
    chat::Message system = korean();
    system.kind = chat::MessageKind::system;

    EXPECT_EQ(why_not_read(own), PassedOver::own_message);
    EXPECT_EQ(why_not_read(bot), PassedOver::bot);
    EXPECT_EQ(why_not_read(webhook), PassedOver::webhook);
    EXPECT_EQ(why_not_read(system), PassedOver::system_message);
}

TEST(Filter, TellsItsOwnMessagesFromOtherBots) {
    chat::Message own = korean();
    own.author.is_self = true;
    own.author.is_bot = true;
    own.kind = chat::MessageKind::webhook;

    EXPECT_EQ(why_not_read(own), PassedOver::own_message);
}

TEST(Filter, PassesOverWhatHoldsNothingToRead) {
    chat::Message empty = korean();
    empty.text = " \r\n\t";
    chat::Message english = korean();
    english.text = "hello";
    english.is_addressed = true;

    EXPECT_EQ(why_not_read(empty), PassedOver::empty);
    EXPECT_EQ(why_not_read(english), PassedOver::no_hangul);
}

TEST(Filter, EveryReasonHasANameOfItsOwn) {
    EXPECT_EQ(name_of(PassedOver::no_hangul), "no_hangul");
    EXPECT_EQ(name_of(PassedOver::own_message), "own_message");
    EXPECT_EQ(name_of(PassedOver::failed), "failed");
}

}  // namespace
}  // namespace nunchi::pipeline
