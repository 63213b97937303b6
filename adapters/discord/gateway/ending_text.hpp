// Why a connection ended, in words.
#pragma once

#include <string>

#include "adapters/discord/gateway/session.hpp"

namespace nunchi::discord::gateway {

/// "the gateway closed the connection (code 4000)": for the log and for the status.
std::string ending_text(const Ended& ended);

}  // namespace nunchi::discord::gateway
