// The commands as Discord is told them (Discord docs: interactions/application-commands).
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace nunchi::discord::interactions {

/// The body of the bulk overwrite (I12): English names, Korean ones as localisations (I14).
nlohmann::json command_definitions();

/// The same for servers that reject localised options (D12): those of the commands themselves stay.
nlohmann::json without_option_localizations(nlohmann::json definitions);

/// Changes whenever a definition does: SHA-256, in hexadecimal digits.
std::string fingerprint_of(const nlohmann::json& definitions);

}  // namespace nunchi::discord::interactions
