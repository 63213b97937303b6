// Addresses of platforms in the settings.
#pragma once

#include <string>
#include <string_view>

#include "classifier/api/error.hpp"
#include "config/settings.hpp"

namespace nunchi::bot {

/// Whether the net layer will take it: an address of the example's scheme, and without TLS only this machine
/// and hosts that are allowed by name. The Failure names the key.
api::outcome<void> check_platform_url(const std::string& key, const std::string& url,
                                      std::string_view example, const config::NetSettings& net_settings);

}  // namespace nunchi::bot
