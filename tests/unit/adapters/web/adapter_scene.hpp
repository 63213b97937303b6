// An adapter with an inbox and pages, in memory.
#pragma once

#include <gtest/gtest.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "adapters/web/adapter.hpp"
#include "tests/unit/adapters/web/fake_web_socket.hpp"

namespace nunchi::web {

namespace asio = boost::asio;
using nlohmann::json;

inline const std::string kConversation(32, 'a');

struct RecordingInbox : chat::Inbox {
    void deliver(chat::Delivery delivery) override { delivered.push_back(std::move(delivery)); }

    template <typename Event>
    std::vector<Event> all() const {
        std::vector<Event> events;
        for (const auto& delivery : delivered) {
            if (const auto* event = std::get_if<Event>(&delivery.event)) events.push_back(*event);
        }
        return events;
    }

    std::vector<chat::Delivery> delivered;
};

/// One connection as the page sees it.
struct Page {
    explicit Page(const asio::any_io_executor& executor) : wire(std::make_shared<Wire>(executor)) {
        wire->on_server_frame = [this](const std::string& frame) { heard.push_back(json::parse(frame)); };
    }

    void say(const json& frame) const { wire->page_says(frame.dump()); }
    void say_hello() const {
        say({{"type", "hello"}, {"v", 1}, {"conversation", kConversation}, {"locale", "ko"}});
    }
    void say_message(const std::string& id) const {
        say({{"type", "message"}, {"id", id}, {"text", "안녕"}});
    }

    std::vector<std::string> types() const {
        std::vector<std::string> types;
        for (const auto& frame : heard) types.push_back(frame["type"]);
        return types;
    }

    std::shared_ptr<Wire> wire;
    std::vector<json> heard;
};

struct WebAdapterTest : ::testing::Test {
    ~WebAdapterTest() override {
        adapter->stop_intake();
        for (const auto& page : pages) page->wire->cut();
        io.restart();
        io.poll();
    }

    void start(Options options = {}) {
        adapter = create_web_adapter(io.get_executor(), std::move(options));
        asio::co_spawn(io, adapter->run(inbox), asio::detached);
        io.poll();
    }

    Page& connect() {
        pages.push_back(std::make_unique<Page>(io.get_executor()));
        asio::co_spawn(io, adapter->serve(std::make_unique<FakeWebSocket>(pages.back()->wire)),
                       asio::detached);
        return *pages.back();
    }

    Page& enter() {
        Page& page = connect();
        page.say_hello();
        poll();
        return page;
    }

    void poll() {
        io.restart();
        io.poll();
    }

    /// What send() completed with; nothing while it waits.
    std::shared_ptr<std::optional<boost::system::result<chat::Sent>>> send(chat::Outgoing outgoing) {
        auto sent = std::make_shared<std::optional<boost::system::result<chat::Sent>>>();
        asio::co_spawn(
            io, adapter->send(std::move(outgoing)),
            asio::bind_cancellation_slot(
                cancel_send.slot(),
                [sent](std::exception_ptr, boost::system::result<chat::Sent> result) { *sent = result; }));
        poll();
        return sent;
    }

    static chat::Reply reply_to(const std::string& id) {
        return {
            .to = {.place = {"web", {}, kConversation, {}}, .message = id},
            .text = "답",
            .reading = {
                .scores = {{"neutral", "중립", 1.0F}}, .abstained = false, .model_id = {}, .elapsed = {}}};
    }

    asio::io_context io;
    asio::cancellation_signal cancel_send;
    RecordingInbox inbox;
    std::unique_ptr<WebAdapter> adapter;
    std::vector<std::unique_ptr<Page>> pages;
};

}  // namespace nunchi::web
