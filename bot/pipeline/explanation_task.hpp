// The answer to "왜?".
#pragma once

#include <boost/asio/awaitable.hpp>

#include "adapters/chat/event.hpp"
#include "bot/pipeline/observer.hpp"
#include "bot/pipeline/place_slots.hpp"
#include "bot/pipeline/state.hpp"

namespace nunchi::pipeline {

/// Explains and sends; an adapter that shows notices is told when that fails. People who opted out are not
/// read here either. Nothing is stored: the receipt fires when the adapter has answered, and the question may
/// be delivered again before. Cancelling drops the receipt unfired.
boost::asio::awaitable<void> answer_explanation(StatePtr state, Platform platform,
                                                chat::ExplanationRequested question, chat::Receipt receipt,
                                                PlaceSlots::Slot slot);

/// Tells why there is no explanation. As above for the receipt.
boost::asio::awaitable<void> refuse_explanation(StatePtr state, Platform platform,
                                                chat::ExplanationRequested question, chat::Receipt receipt,
                                                PassedOver reason);

}  // namespace nunchi::pipeline
