#include "bot/pipeline/command_task.hpp"

#include <utility>

#include "bot/pipeline/send.hpp"

namespace nunchi::pipeline {

boost::asio::awaitable<void> answer_command(StatePtr state, Platform platform, chat::CommandInvoked command) {
    chat::CommandAnswer answer = co_await state->commands->answer(std::move(command));
    chat::Outgoing outgoing(std::move(answer));
    co_await send_once(std::move(state), std::move(platform), std::move(outgoing));
}

}  // namespace nunchi::pipeline
