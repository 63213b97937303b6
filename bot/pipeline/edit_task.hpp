// The way of a message that was answered and then edited. Private to this folder.
#pragma once

#include <boost/asio/awaitable.hpp>

#include "adapters/chat/message.hpp"
#include "bot/pipeline/state.hpp"

namespace nunchi::pipeline {

/// Reads it again and sends what takes the answer's place, or takes the answer back. Neither counted nor
/// kept.
boost::asio::awaitable<void> answer_edit(StatePtr state, Platform platform, chat::Message message);

}  // namespace nunchi::pipeline
