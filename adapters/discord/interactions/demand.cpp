#include "adapters/discord/interactions/demand.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <optional>

#include "adapters/discord/interactions/command_names.hpp"
#include "adapters/discord/interactions/findings.hpp"

namespace nunchi::discord::interactions {
namespace {

constexpr std::size_t kMaxId = 20;

std::optional<std::string> given(const Interaction& interaction, std::string_view name) {
    const std::string* const value = interaction.option(name);
    return value == nullptr ? std::nullopt : std::optional(*value);
}

/// 5 becomes "0.05": the core would take a bare 1 for 100 %. What is no whole per cent stays as it is.
std::string fraction_of(const std::string& percent) {
    int number = 0;
    const char* const end = percent.data() + percent.size();
    const auto [stop, error] = std::from_chars(percent.data(), end, number);
    if (error != std::errc() || stop != end || number < 0 || number > 100) return percent;
    const std::string cents = std::to_string(number % 100);
    return std::to_string(number / 100) + (cents.size() == 1 ? ".0" : ".") + cents;
}

std::optional<std::string> confidence_of(const Interaction& interaction) {
    if (given(interaction, names::kInherit) == "true") return std::string(names::kInherit);
    const auto percent = given(interaction, names::kPercent);
    return percent ? std::optional(fraction_of(*percent)) : std::nullopt;
}

Demand switch_reading(const Interaction& interaction) {
    chat::ChangeSettings change;
    const auto reading = given(interaction, names::kReading);
    if (reading == names::kOn) change.is_enabled = true;
    if (reading == names::kOff) change.is_enabled = false;
    if (reading == names::kInherit) change.mode = names::kInherit;
    return change;
}

Demand settings_demand(const Interaction& interaction) {
    const std::string& name = interaction.path[1];
    if (name == names::kView) return chat::ShowSettings{};
    // People choose a channel's messages to be read channel by channel.
    if (name == names::kChannel) return switch_reading(interaction);
    chat::ChangeSettings change;
    change.is_for_community = given(interaction, names::kScope) == names::kWholeServer;
    if (name == names::kMode) {
        change.mode = given(interaction, names::kMode);
    } else if (name == names::kThreshold) {
        change.min_confidence = confidence_of(interaction);
    } else if (name == names::kTone) {
        change.tone = given(interaction, names::kTone);
    } else {
        return Objection::unknown;
    }
    return change;
}

Demand menu_demand(const Interaction& interaction) {
    if (interaction.path != std::vector<std::string>{std::string(names::kReadEmotion)})
        return Objection::unknown;
    if (!interaction.target) return Objection::no_text;
    if (interaction.target->is_by_bot) return Objection::bot_message;
    if (interaction.target->text.empty()) return Objection::no_text;
    return chat::ReadText{interaction.target->text, interaction.target->author};
}

Demand slash_demand(const Interaction& interaction, chat::Locale locale) {
    const std::string& name = interaction.path.front();
    if (name == names::kSettings && interaction.path.size() == 2) return settings_demand(interaction);
    if (interaction.path.size() != 1) return Objection::unknown;
    if (name == names::kHelp) return chat::ShowHelp{};
    if (name == names::kDiagnose) return chat::Diagnose{findings_of(interaction, locale)};
    if (name != names::kEmotion) return Objection::unknown;
    const auto text = given(interaction, names::kText);
    return text ? Demand(chat::ReadText{*text, {}}) : Objection::no_text;
}

/// I20: every part of the custom_id is checked.
Demand button_demand(const Interaction& interaction) {
    std::string_view id = interaction.custom_id;
    if (!id.starts_with(names::kWhyPrefix)) return Objection::unknown;
    id.remove_prefix(names::kWhyPrefix.size());
    const bool is_id =
        !id.empty() && id.size() <= kMaxId && id.find_first_not_of("0123456789") == std::string_view::npos;
    // A button of ours stands under a reply to the very message that it explains.
    const bool is_foreign = !interaction.replied_to.empty() && interaction.replied_to != id;
    return is_id && !is_foreign ? Demand(Why{std::string(id)}) : Objection::unknown;
}

}  // namespace

Demand demand_of(const Interaction& interaction, chat::Locale locale) {
    if (interaction.kind == Kind::component) return button_demand(interaction);
    if (interaction.kind != Kind::command || interaction.path.empty()) return Objection::unknown;
    return interaction.is_message_menu ? menu_demand(interaction) : slash_demand(interaction, locale);
}

chat::Invoker invoker_of(const Interaction& interaction) {
    return {interaction.user, is_admin(interaction.permissions)};
}

chat::Locale locale_of(std::string_view locale, chat::Locale other) {
    if (locale == "ko") return chat::Locale::korean;
    return locale == "en" || locale.starts_with("en-") ? chat::Locale::english : other;
}

}  // namespace nunchi::discord::interactions
