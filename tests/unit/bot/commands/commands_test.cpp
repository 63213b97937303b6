#include "bot/commands/commands.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <spdlog/sinks/null_sink.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <optional>

#include "tests/unit/bot/pipeline/memory_store.hpp"
#include "tests/unit/bot/pipeline/scripted_classifier.hpp"

namespace nunchi::commands {
namespace {

using pipeline::Mode;
using pipeline::StoreCall;
using pipeline::StoreFault;
using ::testing::HasSubstr;

class CommandsTest : public ::testing::Test {
protected:
    chat::CommandAnswer answer_to(chat::Command command) {
        chat::CommandInvoked invoked{.ref = {place, "i1"},
                                     .invoker = {"minji", is_admin},
                                     .locale = locale,
                                     .command = std::move(command)};
        std::optional<chat::CommandAnswer> answer;
        boost::asio::co_spawn(context, commands->answer(std::move(invoked)),
                              [&](std::exception_ptr thrown, chat::CommandAnswer given) {
                                  EXPECT_FALSE(thrown);
                                  answer = std::move(given);
                              });
        context.restart();
        context.run();
        EXPECT_TRUE(answer);
        return answer.value_or(chat::CommandAnswer{});
    }

    boost::asio::io_context context;
    chat::Place place{"test", "guild", "general", "thread"};
    bool is_admin = true;
    chat::Locale locale = chat::Locale::korean;
    int changes = 0;
    pipeline::MemoryStore store;
    std::shared_ptr<pipeline::ScriptedClassifier> classifier =
        std::make_shared<pipeline::ScriptedClassifier>();
    std::unique_ptr<pipeline::CommandHandler> commands = create_commands(
        {.classifier = [this] { return classifier; },
         .store = store,
         .standard =
             [](std::string_view) {
                 pipeline::PlatformOptions options;
                 options.mode = Mode::on_demand;
                 return options;
             },
         .answer_mode = [](std::string_view) { return Mode::reply; },
         .words = [](std::string_view) { return Words{}; },
         .on_changed = [this] { ++changes; },
         .log = std::make_shared<spdlog::logger>("test", std::make_shared<spdlog::sinks::null_sink_st>())});
};

TEST_F(CommandsTest, ReadsATextAndShowsItsProbabilities) {
    const auto answer = answer_to(chat::ReadText{"오늘 정말 행복해", ""});
    EXPECT_EQ(answer.to.message, "i1");
    EXPECT_EQ(answer.text, "입력하신 내용에서 행복이 느껴집니다.");
    ASSERT_TRUE(answer.reading);
    EXPECT_EQ(answer.reading->scores.front().name, "행복");
    EXPECT_TRUE(store.records.empty());  // a question, not a message of the channel
}

TEST_F(CommandsTest, DoesNotReadWhatIsNotKoreanNorWhoOptedOut) {
    EXPECT_THAT(answer_to(chat::ReadText{"hello", ""}).text, HasSubstr("한국어가 없어요"));
    store.opted_out.insert({"test", "jun"});
    EXPECT_THAT(answer_to(chat::ReadText{"행복해", "jun"}).text, HasSubstr("읽지 말아 달라고"));
    EXPECT_TRUE(classifier->calls.empty());
}

TEST_F(CommandsTest, SaysThatReadingFailed) {
    classifier->script = [](const std::string&) { return make_error_code(api::errc::overloaded); };
    EXPECT_THAT(answer_to(chat::ReadText{"행복해", ""}).text, HasSubstr("너무 많아요"));
    classifier->script = [](const std::string&) { return make_error_code(api::errc::inference_failed); };
    EXPECT_THAT(answer_to(chat::ReadText{"행복해", ""}).text, HasSubstr("문제가 생겼어요"));
    store.faults[StoreCall::opt_out] = {StoreFault::before};
    EXPECT_THAT(answer_to(chat::ReadText{"행복해", ""}).text, HasSubstr("저장소에 문제"));
}

TEST_F(CommandsTest, ChangesTheChannelOfAThreadAndShowsWhatHoldsNow) {
    const auto answer = answer_to(chat::ChangeSettings{.min_confidence = "60", .is_enabled = true});

    EXPECT_THAT(answer.text, HasSubstr("• 모드: **답장** (이 채널에서 정함)"));
    EXPECT_THAT(answer.text, HasSubstr("• 기준: **60%** (이 채널에서 정함)"));
    EXPECT_THAT(answer.text, HasSubstr("• 말투: **기본 말투** (기본값)"));
    const auto stored = store.channels.at({"test", "guild", "general"});
    EXPECT_EQ(stored.mode, "reply");
    EXPECT_EQ(stored.min_confidence, 0.6);
    EXPECT_EQ(changes, 1);
}

TEST_F(CommandsTest, ChangesTheWholeServer) {
    answer_to(chat::ChangeSettings{.is_for_community = true, .tone = "friendly"});
    EXPECT_EQ(store.channels.at({"test", "guild", ""}).tone, "friendly");
    EXPECT_THAT(answer_to(chat::ShowSettings{}).text, HasSubstr("말투: **친근하게** (서버 전체에서 정함)"));
}

TEST_F(CommandsTest, OnlyAdminsChangeSettings) {
    is_admin = false;
    EXPECT_THAT(answer_to(chat::ChangeSettings{.mode = "silent"}).text, HasSubstr("서버 관리 권한"));
    is_admin = true;
    place.community.clear();
    EXPECT_THAT(answer_to(chat::ChangeSettings{.mode = "silent"}).text, HasSubstr("서버의 채널에서만"));
    EXPECT_TRUE(store.channels.empty());
    EXPECT_EQ(changes, 0);
}

TEST_F(CommandsTest, SaysThatAChangeWasNotStored) {
    store.faults[StoreCall::put_settings] = {StoreFault::before};
    EXPECT_THAT(answer_to(chat::ChangeSettings{.mode = "silent"}).text, HasSubstr("저장소에 문제"));
    EXPECT_EQ(changes, 0);
}

TEST_F(CommandsTest, DiagnosisTellsModelModeAndFindings) {
    const auto answer = answer_to(chat::Diagnose{{"❌ 권한이 없습니다."}});
    EXPECT_THAT(answer.text, HasSubstr("✅ 감정을 읽는 모델이 작동합니다 (test-1)."));
    EXPECT_THAT(answer.text, HasSubstr("저를 부를 때만"));
    EXPECT_THAT(answer.text, HasSubstr("❌ 권한이 없습니다."));

    classifier->script = [](const std::string&) { return make_error_code(api::errc::inference_failed); };
    EXPECT_THAT(answer_to(chat::Diagnose{}).text, HasSubstr("❌ 지금은 모델이 답하지 않습니다."));
}

TEST_F(CommandsTest, SpeaksEnglishToo) {
    locale = chat::Locale::english;
    for (const chat::Command& command :
         {chat::Command(chat::ShowHelp{}), chat::Command(chat::ShowSettings{}),
          chat::Command(chat::Diagnose{}), chat::Command(chat::ChangeSettings{}),
          chat::Command(chat::ReadText{"행복해", ""})}) {
        const auto text = answer_to(command).text;
        EXPECT_FALSE(text.empty());
        // The lead bytes of Hangul; those of emoji are others.
        EXPECT_TRUE(std::ranges::none_of(text, [](char c) { return c >= '\xEA' && c <= '\xED'; })) << text;
    }
}

}  // namespace
}  // namespace nunchi::commands
