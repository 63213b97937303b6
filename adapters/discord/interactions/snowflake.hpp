// Discord's ids tell when they were made (Discord docs: reference, "Snowflakes").
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace nunchi::discord::interactions {

/// To the millisecond, by Discord's clock. Nothing when the text is no id.
std::optional<std::chrono::system_clock::time_point> created_at(std::string_view id);

/// The smallest id of this time; "0" for what lies before the first one.
std::string id_at(std::chrono::system_clock::time_point time);

}  // namespace nunchi::discord::interactions
