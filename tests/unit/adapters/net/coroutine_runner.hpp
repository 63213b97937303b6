// Runs one coroutine to its end on the test's thread.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <exception>
#include <optional>
#include <stdexcept>
#include <utility>

namespace nunchi::net {

/// The result of the coroutine. The deadline is for broken code only.
template <typename T>
T run(boost::asio::io_context& context, boost::asio::awaitable<T> coroutine) {
    std::optional<T> outcome;
    std::exception_ptr failure;
    boost::asio::co_spawn(context, std::move(coroutine), [&](std::exception_ptr thrown, T value) {
        failure = thrown;
        outcome.emplace(std::move(value));
        context.stop();
    });
    context.restart();
    context.run_for(std::chrono::seconds(20));
    if (!outcome) throw std::runtime_error("the coroutine did not end");
    if (failure) std::rethrow_exception(failure);
    return std::move(*outcome);
}

inline void run(boost::asio::io_context& context, boost::asio::awaitable<void> coroutine) {
    bool has_ended = false;
    std::exception_ptr failure;
    boost::asio::co_spawn(context, std::move(coroutine), [&](std::exception_ptr thrown) {
        failure = thrown;
        has_ended = true;
        context.stop();
    });
    context.restart();
    context.run_for(std::chrono::seconds(20));
    if (!has_ended) throw std::runtime_error("the coroutine did not end");
    if (failure) std::rethrow_exception(failure);
}

}  // namespace nunchi::net
