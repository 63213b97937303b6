// The names that commands are registered by and come back under: the default ones, which Discord sends in
// every language (I15).
#pragma once

#include <string_view>

namespace nunchi::discord::interactions::names {

inline constexpr std::string_view kEmotion = "emotion";
inline constexpr std::string_view kText = "text";

inline constexpr std::string_view kReadEmotion = "Read emotion";  // in a message's menu

inline constexpr std::string_view kSettings = "settings";
inline constexpr std::string_view kView = "view";
inline constexpr std::string_view kMode = "mode";
inline constexpr std::string_view kChannel = "channel";
inline constexpr std::string_view kReading = "reading";
inline constexpr std::string_view kThreshold = "threshold";
inline constexpr std::string_view kPercent = "percent";
inline constexpr std::string_view kTone = "tone";
inline constexpr std::string_view kScope = "scope";
inline constexpr std::string_view kInherit = "inherit";

inline constexpr std::string_view kHelp = "help";
inline constexpr std::string_view kDiagnose = "diagnose";

// Values of choices.
inline constexpr std::string_view kOn = "on";
inline constexpr std::string_view kOff = "off";
inline constexpr std::string_view kThisChannel = "channel";
inline constexpr std::string_view kWholeServer = "server";

/// Before the id of the message in a button's custom_id.
inline constexpr std::string_view kWhyPrefix = "why:";

}  // namespace nunchi::discord::interactions::names
