// The way of one message.
#pragma once

#include <boost/asio/awaitable.hpp>

#include "adapters/chat/message.hpp"
#include "bot/pipeline/in_flight.hpp"
#include "bot/pipeline/observer.hpp"
#include "bot/pipeline/state.hpp"

namespace nunchi::pipeline {

/// Rules -> classify -> decide -> record -> receipt -> send -> forget. The message passed the filter.
///
/// Completes when the adapter has answered and the effect is settled. The claim's receipts fire when the
/// record is committed, or when the message is passed over without one. Cancelling before that drops them
/// unfired; cancelling after it leaves the effect in the store.
boost::asio::awaitable<void> answer_message(StatePtr state, Platform platform, chat::Message message,
                                            Claim claim);

/// Tells an adapter that shows notices why its message gets no emotion, once: the key is recorded first.
boost::asio::awaitable<void> refuse_message(StatePtr state, Platform platform, chat::Locale locale,
                                            PassedOver reason, Claim claim);

}  // namespace nunchi::pipeline
