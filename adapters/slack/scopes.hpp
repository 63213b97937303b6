// What the bot token must be allowed to do (M1). Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace nunchi::slack {

/// The scopes that are missing in a list with commas; none when the list is empty, as it was not told then.
std::vector<std::string> missing_scopes(std::string_view granted);

}  // namespace nunchi::slack
