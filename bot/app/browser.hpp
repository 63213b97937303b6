// Opening the page on a desktop.
#pragma once

#include <string>

#include "config/environment.hpp"

namespace nunchi::bot {

/// Whether there is a screen that a browser could open on.
bool has_desktop(const config::Environment& environment);

/// By xdg-open, without waiting for it; nothing happens where there is none.
void open_in_browser(const std::string& url);

}  // namespace nunchi::bot
