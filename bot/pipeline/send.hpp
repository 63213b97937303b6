// The last step of a message: the adapter sends, and the store forgets.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/system/result.hpp>
#include <chrono>

#include "adapters/chat/adapter.hpp"
#include "bot/pipeline/state.hpp"
#include "bot/store/store.hpp"

namespace nunchi::pipeline {

/// adapter.send() with a deadline: when the time is over the call is cancelled, and the result is timed_out.
/// What the adapter throws comes through. The adapter must outlive the call.
boost::asio::awaitable<boost::system::result<chat::Sent>> send_in_time(
    chat::Adapter* adapter, chat::Outgoing outgoing, std::chrono::steady_clock::duration at_most);

enum class Outcome {
    delivered,
    waiting,  // the reader is away; the effect stays until they return
    refused,  // for good
    failed,   // not reached, or not in time
};

/// Sends the effect, and once more whenever its reader went and came back meanwhile. Underway::begin() comes
/// before it and settle_effect() after it. Cancelling leaves the effect in the store.
boost::asio::awaitable<Outcome> send_effect(StatePtr state, Platform platform, store::Effect effect,
                                            std::chrono::microseconds elapsed);

/// Delivered: removes the effect. Failed: counts it, and removes it unless repeating it is harmless; then it
/// stays for the reader's return or the next start, until it expires. An effect that cannot be removed is not
/// sent again by this process.
boost::asio::awaitable<void> settle_effect(StatePtr state, Platform platform, store::Effect effect,
                                           Outcome outcome);

/// Counts the effect as failed and removes it, unsent.
boost::asio::awaitable<void> give_up_effect(StatePtr state, Platform platform, store::Effect effect);

/// Sends what is not kept: a notice, an explanation. A failure is counted and logged.
boost::asio::awaitable<void> send_once(StatePtr state, Platform platform, chat::Outgoing outgoing);

}  // namespace nunchi::pipeline
