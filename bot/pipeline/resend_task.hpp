// Answers that were decided and not delivered.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <vector>

#include "adapters/chat/ids.hpp"
#include "bot/pipeline/state.hpp"
#include "bot/store/store.hpp"

namespace nunchi::pipeline {

/// Sends the effects of one place one after the other, and settles each. All of them have begun (Underway).
/// Those that are too old are removed and counted as failed. Cancelling leaves the rest in the store.
boost::asio::awaitable<void> resend(StatePtr state, Platform platform, std::vector<store::Effect> effects);

/// Sends all that waits for the place. One at a time per place: while it runs, a further return makes it look
/// into the store once more.
boost::asio::awaitable<void> resend_to_reader(StatePtr state, Platform platform, chat::Place place);

/// What of a former process's effects goes out again, begun, by place and oldest first. The rest is removed
/// from the store and counted: what is too old, and what may not be sent twice. Effects of platforms that are
/// not set stay.
boost::asio::awaitable<std::vector<std::vector<store::Effect>>> leftovers(StatePtr state);

}  // namespace nunchi::pipeline
