#include "adapters/slack/command_text.hpp"

#include <gtest/gtest.h>

namespace nunchi::slack {
namespace {

using Part = NotUnderstood::Part;

template <typename Expected>
bool is(std::string_view text) {
    const auto command = command_of(text);
    const auto* understood = std::get_if<chat::Command>(&command);
    return understood != nullptr && std::holds_alternative<Expected>(*understood);
}

chat::ChangeSettings change(std::string_view text) {
    return std::get<chat::ChangeSettings>(std::get<chat::Command>(command_of(text)));
}

Part part(std::string_view text) {
    return std::get<NotUnderstood>(command_of(text)).part;
}

TEST(CommandText, NothingAsksForHelp) {
    for (const char* text : {"", "  ", "도움말", "help", "HELP", "?"}) {
        EXPECT_TRUE(is<chat::ShowHelp>(text)) << text;
    }
}

TEST(CommandText, ReadsTheRestOfTheLine) {
    const auto command = std::get<chat::Command>(command_of("  감정   오늘 너무   좋아요! "));
    EXPECT_EQ(std::get<chat::ReadText>(command).text, "오늘 너무   좋아요!");
    EXPECT_TRUE(is<chat::ReadText>("emotion 좋아"));
}

TEST(CommandText, ShowsSettingsAndDiagnosis) {
    for (const char* text : {"설정", "설정 보기", "settings", "settings show", "설정 전체"}) {
        EXPECT_TRUE(is<chat::ShowSettings>(text)) << text;
    }
    EXPECT_TRUE(is<chat::Diagnose>("진단"));
    EXPECT_TRUE(is<chat::Diagnose>("Diagnose"));
}

TEST(CommandText, ChangesOneThingAtATime) {
    EXPECT_EQ(change("설정 모드 반응").mode, "reaction");
    EXPECT_EQ(change("settings mode on-demand").mode, "on-demand");
    EXPECT_EQ(change("설정 모드 부를 때만").mode, "on-demand");
    EXPECT_EQ(change("설정 모드 기본값").mode, "inherit");
    EXPECT_EQ(change("설정 기준 50%").min_confidence, "50%");
    EXPECT_EQ(change("settings threshold inherit").min_confidence, "inherit");
    EXPECT_EQ(change("설정 말투 친근하게").tone, "friendly");
    EXPECT_EQ(change("설정 채널 켜기").is_enabled, true);
    EXPECT_EQ(change("settings channel OFF").is_enabled, false);
    EXPECT_FALSE(change("설정 모드 답장").is_for_community);
    EXPECT_TRUE(change("설정 전체 모드 답장").is_for_community);
}

TEST(CommandText, SaysWhatItDoesNotUnderstand) {
    EXPECT_EQ(part("뭐야"), Part::command);
    EXPECT_EQ(part("설정 색깔 파랑"), Part::setting);
    EXPECT_EQ(part("설정 모드 파랑"), Part::mode);
    EXPECT_EQ(part("설정 모드"), Part::mode);
    EXPECT_EQ(part("설정 기준"), Part::confidence);
    EXPECT_EQ(part("설정 말투 사투리"), Part::tone);
    EXPECT_EQ(part("설정 채널"), Part::channel);
    EXPECT_EQ(part("설정 전체 채널 켜기"), Part::channel);
}

}  // namespace
}  // namespace nunchi::slack
