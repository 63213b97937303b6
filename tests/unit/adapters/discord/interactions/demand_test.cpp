#include "adapters/discord/interactions/demand.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/unit/adapters/discord/interactions/payloads.hpp"

namespace nunchi::discord::interactions {
namespace {

using nlohmann::json;

Demand demand(const json& data) {
    return demand_of(parse_interaction(data).value(), chat::Locale::korean);
}

template <typename T>
T command(const json& data) {
    return std::get<T>(std::get<chat::Command>(demand(data)));
}

json value(const char* name, json given) {
    return {{"type", 3}, {"name", name}, {"value", std::move(given)}};
}

void expect_objection(const json& data, Objection objection) {
    const Demand given = demand(data);
    ASSERT_TRUE(std::holds_alternative<Objection>(given)) << data["data"].dump();
    EXPECT_EQ(std::get<Objection>(given), objection) << data["data"].dump();
}

TEST(Demand, OfEmotionIsToReadTheGivenText) {
    const auto read = command<chat::ReadText>(payloads::emotion("정말 좋아요"));
    EXPECT_EQ(read.text, "정말 좋아요");
    EXPECT_EQ(read.author, "");
}

TEST(Demand, OfTheMenuIsToReadTheMessageOfItsAuthor) {
    const auto read = command<chat::ReadText>(
        payloads::message_menu({{"content", "정말 좋아요"}, {"author", {{"id", "301"}}}}));
    EXPECT_EQ(read.text, "정말 좋아요");
    EXPECT_EQ(read.author, "301");
}

TEST(Demand, OfTheMenuOnABotIsAnObjection) {
    expect_objection(payloads::message_menu({{"content", "x"}, {"author", {{"id", "1"}, {"bot", true}}}}),
                     Objection::bot_message);
}

TEST(Demand, OfTheMenuWithoutTextIsAnObjection) {
    expect_objection(payloads::message_menu({{"content", ""}, {"author", {{"id", "1"}}}}),
                     Objection::no_text);
    json data = payloads::message_menu({{"content", "x"}});
    data["data"].erase("resolved");
    expect_objection(data, Objection::no_text);
    expect_objection(payloads::command("emotion"), Objection::no_text);
}

TEST(Demand, OfHelpAndDiagnoseIsThat) {
    command<chat::ShowHelp>(payloads::command("help"));
    EXPECT_EQ(command<chat::Diagnose>(payloads::command("diagnose")).findings.size(), 1U);
}

TEST(Demand, OfSettingsViewIsToShowThem) {
    command<chat::ShowSettings>(payloads::settings("view"));
}

TEST(Demand, OfSettingsModeChangesTheChannelUnlessTheServerIsMeant) {
    const auto here = command<chat::ChangeSettings>(payloads::settings("mode", {value("mode", "reaction")}));
    EXPECT_FALSE(here.is_for_community);
    EXPECT_EQ(here.mode, "reaction");
    EXPECT_FALSE(here.tone || here.min_confidence || here.is_enabled);
    const auto there = command<chat::ChangeSettings>(
        payloads::settings("mode", {value("mode", "inherit"), value("scope", "server")}));
    EXPECT_TRUE(there.is_for_community);
    EXPECT_EQ(there.mode, "inherit");
    EXPECT_FALSE(command<chat::ChangeSettings>(
                     payloads::settings("mode", {value("mode", "reply"), value("scope", "channel")}))
                     .is_for_community);
}

TEST(Demand, OfSettingsToneChangesTheTone) {
    const auto change = command<chat::ChangeSettings>(
        payloads::settings("tone", {value("tone", "friendly"), value("scope", "server")}));
    EXPECT_EQ(change.tone, "friendly");
    EXPECT_TRUE(change.is_for_community);
    EXPECT_FALSE(change.mode || change.min_confidence || change.is_enabled);
}

TEST(Demand, OfSettingsChannelSwitchesReadingOfThisChannel) {
    EXPECT_EQ(
        command<chat::ChangeSettings>(payloads::settings("channel", {value("reading", "on")})).is_enabled,
        true);
    EXPECT_EQ(
        command<chat::ChangeSettings>(payloads::settings("channel", {value("reading", "off")})).is_enabled,
        false);
    const auto back =
        command<chat::ChangeSettings>(payloads::settings("channel", {value("reading", "inherit")}));
    EXPECT_EQ(back.mode, "inherit");
    EXPECT_FALSE(back.is_enabled);
}

TEST(Demand, OfSettingsChannelNeverSwitchesTheWholeServer) {
    const auto forged = command<chat::ChangeSettings>(
        payloads::settings("channel", {value("reading", "on"), value("scope", "server")}));
    EXPECT_FALSE(forged.is_for_community);
}

TEST(Demand, OfSettingsThresholdHandsPerCentOnAsAFraction) {
    // A bare 1 would be read as 100 %.
    const std::vector<std::pair<json, std::string>> cases{{0, "0.00"},  {1, "0.01"},  {9, "0.09"},
                                                          {50, "0.50"}, {99, "0.99"}, {100, "1.00"}};
    for (const auto& [percent, fraction] : cases) {
        const auto change =
            command<chat::ChangeSettings>(payloads::settings("threshold", {value("percent", percent)}));
        EXPECT_EQ(change.min_confidence, fraction);
    }
}

TEST(Demand, OfSettingsThresholdLeavesOddValuesToTheCore) {
    for (const json& odd : {json("많이"), json(101), json(-1), json("50%"), json(0.5)}) {
        const auto change =
            command<chat::ChangeSettings>(payloads::settings("threshold", {value("percent", odd)}));
        EXPECT_EQ(change.min_confidence, odd.is_string() ? odd.get<std::string>() : odd.dump());
    }
}

TEST(Demand, OfSettingsThresholdCanTakeTheChoiceBack) {
    const auto change = command<chat::ChangeSettings>(
        payloads::settings("threshold", {value("inherit", true), value("percent", 50)}));
    EXPECT_EQ(change.min_confidence, "inherit");
}

TEST(Demand, OfSettingsThresholdWithoutAnythingChangesNothing) {
    EXPECT_FALSE(command<chat::ChangeSettings>(payloads::settings("threshold")).min_confidence);
    EXPECT_FALSE(command<chat::ChangeSettings>(payloads::settings("threshold", {value("inherit", false)}))
                     .min_confidence);
}

TEST(Demand, OfWhatIsNoCommandIsUnknown) {
    expect_objection(payloads::command("감정"), Objection::unknown);
    expect_objection(payloads::command(""), Objection::unknown);
    expect_objection(payloads::command("settings"), Objection::unknown);
    expect_objection(payloads::settings("retrain"), Objection::unknown);
    expect_objection(payloads::command("help", {{{"type", 1}, {"name", "view"}}}), Objection::unknown);
    expect_objection(
        payloads::command("settings",
                          {{{"type", 2}, {"name", "view"}, {"options", {{{"type", 1}, {"name", "view"}}}}}}),
        Objection::unknown);
    json other_menu = payloads::message_menu({{"content", "x"}});
    other_menu["data"]["name"] = "help";
    expect_objection(other_menu, Objection::unknown);
    json as_slash = payloads::message_menu({{"content", "x"}});
    as_slash["data"]["type"] = 1;
    expect_objection(as_slash, Objection::unknown);
    expect_objection(payloads::interaction(5, {{"custom_id", "why:400"}}), Objection::unknown);
    expect_objection(payloads::interaction(77, {{"name", "help"}}), Objection::unknown);
}

TEST(Demand, OfTheButtonIsToExplainItsMessage) {
    EXPECT_EQ(std::get<Why>(demand(payloads::button("why:400"))).message, "400");
}

TEST(Demand, OfTheButtonHoldsWhereTheServerLeavesItsMessageOut) {
    json data = payloads::button("why:401");
    data.erase("message");
    EXPECT_EQ(std::get<Why>(demand(data)).message, "401");
}

TEST(Demand, OfAForgedButtonIsUnknown) {
    expect_objection(payloads::button("why:401"), Objection::unknown);  // under a reply to another message
    for (const std::string& forged :
         {std::string("why:"), std::string("why"), std::string(), std::string("fb:400:joy"),
          std::string("why:400/../401"), std::string("why: 400"), std::string("why:400x"),
          std::string("WHY:400"), "why:" + std::string(21, '4'), "why:" + std::string(5000, '4')}) {
        json data = payloads::button(forged);
        expect_objection(data, Objection::unknown);
        data.erase("message");
        expect_objection(data, Objection::unknown);
    }
}

TEST(Invoker, IsAnAdminWhenDiscordSaysSo) {
    json data = payloads::settings("view");
    data["member"]["permissions"] = "32";
    const auto admin = invoker_of(*parse_interaction(data));
    EXPECT_EQ(admin.id, "300");
    EXPECT_TRUE(admin.is_admin);
}

TEST(Invoker, IsNoAdminWithoutPermissionsInThePayload) {
    json data = payloads::settings("view");
    data["member"].erase("permissions");
    EXPECT_FALSE(invoker_of(*parse_interaction(data)).is_admin);
    data["member"]["permissions"] = "all of them";
    EXPECT_FALSE(invoker_of(*parse_interaction(data)).is_admin);
}

TEST(LocaleOf, KnowsKoreanAndEnglish) {
    EXPECT_EQ(locale_of("ko", chat::Locale::english), chat::Locale::korean);
    EXPECT_EQ(locale_of("en-US", chat::Locale::korean), chat::Locale::english);
    EXPECT_EQ(locale_of("en-GB", chat::Locale::korean), chat::Locale::english);
}

TEST(LocaleOf, TakesTheOtherForAnyOtherLanguage) {
    for (const char* locale : {"", "ja", "fr", "eng", "kok"}) {
        EXPECT_EQ(locale_of(locale, chat::Locale::korean), chat::Locale::korean) << locale;
        EXPECT_EQ(locale_of(locale, chat::Locale::english), chat::Locale::english) << locale;
    }
}

}  // namespace
}  // namespace nunchi::discord::interactions
