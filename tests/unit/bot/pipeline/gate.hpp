// A place where a coroutine waits until the test lets it go.
#pragma once

#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <functional>
#include <memory>
#include <utility>

namespace nunchi::pipeline {

/// Completes, by a post, when the function that `keep` got is called. Cannot be cancelled, as a commit on the
/// storage thread cannot.
inline boost::asio::awaitable<void> wait_at_gate(std::function<void(std::function<void()>)> keep) {
    const auto token = boost::asio::use_awaitable;
    co_await boost::asio::async_initiate<decltype(token), void()>(
        [keep = std::move(keep)](auto handler) {
            auto kept = std::make_shared<decltype(handler)>(std::move(handler));
            keep([kept] { boost::asio::post(std::move(*kept)); });
        },
        token);
}

}  // namespace nunchi::pipeline
