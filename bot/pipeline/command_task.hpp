// The way of a command: the handler's answer goes out once. Private to this folder.
#pragma once

#include <boost/asio/awaitable.hpp>

#include "adapters/chat/command.hpp"
#include "bot/pipeline/state.hpp"

namespace nunchi::pipeline {

/// There is a handler. Nothing is kept: a command whose answer is lost is given again by its author.
boost::asio::awaitable<void> answer_command(StatePtr state, Platform platform, chat::CommandInvoked command);

}  // namespace nunchi::pipeline
