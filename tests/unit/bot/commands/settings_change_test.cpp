#include "bot/commands/settings_change.hpp"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

#include "bot/commands/settings_view.hpp"

namespace nunchi::commands {
namespace {

using pipeline::Mode;
using store::ChannelSettings;

std::variant<ChannelSettings, Refusal> after(const chat::ChangeSettings& change,
                                             ChannelSettings before = {}) {
    return changed(std::move(before), change, Mode::reply);
}

TEST(Changed, LeavesWhatIsNotGiven) {
    const ChannelSettings before{.mode = "silent", .min_confidence = 0.4, .tone = "short"};
    const auto outcome = after({.mode = "reaction"}, before);
    EXPECT_EQ(std::get<ChannelSettings>(outcome),
              (ChannelSettings{.mode = "reaction", .min_confidence = 0.4, .tone = "short"}));
}

TEST(Changed, InheritTakesTheChoiceBack) {
    const ChannelSettings before{.mode = "silent", .min_confidence = 0.4, .tone = "short"};
    const auto outcome = after({.mode = "inherit", .min_confidence = "inherit", .tone = "inherit"}, before);
    EXPECT_EQ(std::get<ChannelSettings>(outcome), ChannelSettings{});
}

TEST(Changed, ReadsTheThresholdAsPeopleWriteIt) {
    for (const char* text : {"0.5", "50", "50%", "50 %"}) {
        const auto outcome = after({.min_confidence = text});
        ASSERT_TRUE(std::holds_alternative<ChannelSettings>(outcome)) << text;
        EXPECT_DOUBLE_EQ(*std::get<ChannelSettings>(outcome).min_confidence, 0.5) << text;
    }
    for (const auto& [text, value] : std::vector<std::pair<const char*, double>>{
             {"1", 0.01}, {"1%", 0.01}, {"1.0", 1}, {"100", 1}, {"0", 0}, {"2.5", 0.025}}) {
        EXPECT_DOUBLE_EQ(*std::get<ChannelSettings>(after({.min_confidence = text})).min_confidence, value)
            << text;
    }
    for (const char* text : {"", "half", "-1", "101", "nan", "inf", "0.5x", "%"}) {
        EXPECT_EQ(std::get<Refusal>(after({.min_confidence = text})), Refusal::bad_confidence) << text;
    }
}

TEST(Changed, RefusesUnknownNamesAndNothing) {
    EXPECT_EQ(std::get<Refusal>(after({.mode = "loud"})), Refusal::bad_mode);
    EXPECT_EQ(std::get<Refusal>(after({.tone = "rude"})), Refusal::bad_tone);
    EXPECT_EQ(std::get<Refusal>(after({})), Refusal::nothing_given);
}

TEST(Changed, SwitchesAChannelOnAndOff) {
    EXPECT_EQ(std::get<ChannelSettings>(after({.is_enabled = true})).mode, "reply");
    EXPECT_EQ(std::get<ChannelSettings>(after({.is_enabled = false})).mode, "on-demand");
}

TEST(WhyNotChanged, FailsClosed) {
    const chat::Place channel{"discord", "guild", "10", ""};
    EXPECT_EQ(why_not_changed(channel, {"minji", false}), Refusal::not_admin);
    EXPECT_EQ(why_not_changed({"discord", "", "10", ""}, {"minji", true}), Refusal::not_in_community);
    EXPECT_EQ(why_not_changed(channel, {"minji", true}), std::nullopt);
}

TEST(ViewOf, TellsWhereAChoiceWasMade) {
    pipeline::PlatformOptions standard;
    standard.mode = Mode::on_demand;
    const auto view = view_of({.mode = "reaction"}, {.mode = "silent", .min_confidence = 0.3}, standard);

    EXPECT_EQ(view.mode.value, Mode::reaction);
    EXPECT_EQ(view.mode.origin, Origin::channel);
    EXPECT_EQ(view.min_confidence.value, 0.3);
    EXPECT_EQ(view.min_confidence.origin, Origin::community);
    EXPECT_EQ(view.tone.origin, Origin::standard);
}

TEST(ViewOf, PassesOverNamesThatItDoesNotKnow) {
    const auto view = view_of({.mode = "of the future"}, {.mode = "silent"}, {});
    EXPECT_EQ(view.mode.value, Mode::silent);
    EXPECT_EQ(view.mode.origin, Origin::community);
}

}  // namespace
}  // namespace nunchi::commands
