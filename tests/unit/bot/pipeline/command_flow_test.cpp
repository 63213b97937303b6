// The way of commands, and the tone of answers.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/bot/pipeline/workbench.hpp"

namespace nunchi::pipeline {
namespace {

class EchoCommands final : public CommandHandler {
public:
    boost::asio::awaitable<chat::CommandAnswer> answer(chat::CommandInvoked command) override {
        ++asked;
        co_return chat::CommandAnswer{
            .to = command.ref, .text = "from " + command.invoker.id, .reading = std::nullopt};
    }
    int asked = 0;
};

chat::CommandInvoked help() {
    return {.ref = {{"test", "guild", "general", ""}, "i1"},
            .invoker = {"minji", false},
            .locale = chat::Locale::korean,
            .command = chat::ShowHelp{}};
}

TEST(CommandFlow, SendsTheHandlersAnswer) {
    Workbench bench;
    EchoCommands commands;
    bench.pipeline->set_command_handler(commands);
    const auto fate = std::make_shared<ReceiptFate>();
    bench.pipeline->deliver({help(), receipt_of(fate)});
    bench.run();

    const auto answers = bench.adapter.sent_of<chat::CommandAnswer>();
    ASSERT_EQ(answers.size(), 1U);
    EXPECT_EQ(answers[0].to.message, "i1");
    EXPECT_EQ(answers[0].text, "from minji");
    EXPECT_EQ(fate->fired, 1);
}

TEST(CommandFlow, WithoutAHandlerItIsPassedOver) {
    Workbench bench;
    bench.pipeline->deliver({help(), {}});
    bench.run();
    EXPECT_TRUE(bench.adapter.sent.empty());
}

TEST(CommandFlow, IsAnsweredWhileMessagesFillThePipeline) {
    Options options;
    options.max_in_flight = 1;
    Workbench bench(options);
    EchoCommands commands;
    bench.pipeline->set_command_handler(commands);
    bench.classifier->script = nullptr;  // the message waits
    bench.pipeline->deliver({chat::MessageCreated{message("1")}, {}});
    bench.pipeline->deliver({help(), {}});
    bench.run();
    EXPECT_EQ(commands.asked, 1);
}

TEST(Tone, OfTheChannelIsThatOfTheAnswerAndStaysWithIt) {
    Workbench bench;
    bench.adapter.can.repeats_replies = true;
    bench.store.channels[{"test", "guild", ""}].tone = "friendly";
    bench.pipeline->deliver({chat::MessageCreated{message("1")}, {}});
    bench.run();

    EXPECT_EQ(bench.adapter.sent_of<chat::Reply>().at(0).text, "행복해 보이세요!");
    EXPECT_EQ(bench.store.record_of("1")->effect->tone, "friendly");
}

TEST(Sending, WhatIsRefusedForGoodIsForgotten) {
    Workbench bench;
    bench.adapter.can.repeats_replies = true;
    bench.adapter.fates = {Fate::never};
    bench.pipeline->deliver({chat::MessageCreated{message("1")}, {}});
    bench.run();

    EXPECT_TRUE(bench.store.effects.empty());
    EXPECT_EQ(bench.observer.send_failed, 1);
    EXPECT_EQ(bench.observer.answered, 0);
}

}  // namespace
}  // namespace nunchi::pipeline
