// A WebSocket in memory, with a page's end for tests.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "adapters/net/websocket.hpp"

namespace nunchi::web {

/// The wire between the two ends. It may be cut; what is sent later is lost.
struct Wire {
    explicit Wire(boost::asio::any_io_executor executor)
        : signal(std::move(executor), std::chrono::steady_clock::time_point::max()) {}

    void page_says(std::string payload, bool is_binary = false) {
        if (is_cut) return;
        to_server.push_back({is_binary, std::move(payload)});
        signal.cancel();
    }

    /// Both sides learn of it.
    void cut() {
        is_cut = true;
        signal.cancel();
    }

    std::deque<net::Frame> to_server;
    std::function<void(std::string)> on_server_frame;
    std::optional<std::uint16_t> closed_with;  // by the server
    bool is_cut = false;
    boost::asio::steady_timer signal;
};

class FakeWebSocket : public net::WebSocket {
public:
    explicit FakeWebSocket(std::shared_ptr<Wire> wire) : wire_(std::move(wire)) {}

    boost::asio::awaitable<net::result<net::Frame>> read() override {
        if (wire_->to_server.empty() && !wire_->is_cut) {
            co_await wire_->signal.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
        }
        if (wire_->to_server.empty()) co_return net::errc::closed;
        net::Frame frame = std::move(wire_->to_server.front());
        wire_->to_server.pop_front();
        co_return frame;
    }

    boost::asio::awaitable<net::result<void>> write(net::Frame frame) override {
        if (wire_->is_cut) co_return net::errc::closed;
        wire_->on_server_frame(std::move(frame.payload));
        co_return net::result<void>();
    }

    boost::asio::awaitable<net::result<void>> ping(std::string) override { co_return net::result<void>(); }

    boost::asio::awaitable<void> close(std::uint16_t code, std::string) override {
        wire_->closed_with = code;
        wire_->cut();
        co_return;
    }

    std::uint16_t close_code() const override { return 0; }
    std::string close_reason() const override { return {}; }

private:
    std::shared_ptr<Wire> wire_;
};

}  // namespace nunchi::web
