// What the web chat itself says to people, beside the words of the core and those of the page.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "adapters/chat/message.hpp"

namespace nunchi::web {

std::string too_fast_text(chat::Locale locale);
std::string too_long_text(chat::Locale locale, std::size_t max_text);

/// In both languages: they are for a page that may not have told its own.
std::string_view malformed_text();
std::string_view wrong_version_text();
std::string_view foreign_host_text();
std::string_view foreign_origin_text();
std::string_view not_ready_text();
std::string_view full_text();

}  // namespace nunchi::web
