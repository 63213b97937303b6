// An adapter of a platform that exists in the test only.
#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/errc.hpp>
#include <deque>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "adapters/chat/adapter.hpp"
#include "tests/unit/bot/pipeline/gate.hpp"

namespace nunchi::pipeline {

enum class Fate { delivered, waiting, never, refused, hangs, throws };

class RecordingAdapter final : public chat::Adapter {
public:
    explicit RecordingAdapter(std::string platform = "test") : platform_(std::move(platform)) {
        can.can_reply = true;
    }

    chat::Capabilities can;
    std::deque<Fate> fates;  // of the next sends; delivered when there is none
    bool is_held = false;    // sends wait in `waiting`, and meet their fate when they are let go
    std::vector<std::function<void()>> waiting;

    std::vector<chat::Outgoing> sent;       // all that was asked for
    std::vector<chat::Outgoing> delivered;  // what people saw

    void let_go() {
        for (auto& go : std::exchange(waiting, {})) go();
    }

    template <typename Kind>
    std::vector<Kind> sent_of() const {
        std::vector<Kind> found;
        for (const chat::Outgoing& outgoing : sent) {
            if (const auto* it = std::get_if<Kind>(&outgoing)) found.push_back(*it);
        }
        return found;
    }

    std::string_view platform() const override { return platform_; }
    chat::Capabilities capabilities() const override { return can; }
    chat::Status status() const override { return {chat::Health::connected, {}}; }
    boost::asio::awaitable<void> run(chat::Inbox&) override { co_return; }
    void stop_intake() override {}

    boost::asio::awaitable<boost::system::result<chat::Sent>> send(chat::Outgoing outgoing) override {
        sent.push_back(outgoing);
        if (is_held) {
            co_await wait_at_gate([this](std::function<void()> go) { waiting.push_back(std::move(go)); });
        } else {
            co_await boost::asio::post(co_await boost::asio::this_coro::executor, boost::asio::use_awaitable);
        }
        Fate fate = Fate::delivered;
        if (!fates.empty()) {
            fate = fates.front();
            fates.pop_front();
        }
        switch (fate) {
            case Fate::delivered: delivered.push_back(std::move(outgoing)); co_return chat::Sent::delivered;
            case Fate::waiting: co_return chat::Sent::waiting;
            case Fate::never: co_return chat::Sent::refused;
            case Fate::refused: co_return make_error_code(boost::system::errc::permission_denied);
            case Fate::throws: throw std::runtime_error("the adapter is broken");
            case Fate::hangs: break;
        }
        boost::asio::steady_timer never(co_await boost::asio::this_coro::executor,
                                        boost::asio::steady_timer::time_point::max());
        co_await never.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
        co_return boost::asio::error::operation_aborted;
    }

private:
    std::string platform_;
};

}  // namespace nunchi::pipeline
