// Tells Discord the commands when they have changed.
#pragma once

#include <spdlog/logger.h>

#include <boost/asio/awaitable.hpp>
#include <memory>
#include <string>

#include "adapters/chat/state_store.hpp"
#include "adapters/discord/interactions/registration_steps.hpp"
#include "adapters/discord/rest/rest_client.hpp"

namespace nunchi::discord::interactions {

/// Completes when Discord has the commands, or has refused them, which the log tells. Both references must
/// outlive the call. In the store it keeps "discord/commands/<application>".
boost::asio::awaitable<Registered> register_commands(rest::RestClient& rest, chat::StateStore& store,
                                                     std::shared_ptr<spdlog::logger> log,
                                                     std::string application);

}  // namespace nunchi::discord::interactions
