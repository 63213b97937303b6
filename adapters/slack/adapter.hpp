// Slack as one platform of the bot.
#pragma once

#include <spdlog/logger.h>

#include <boost/asio/any_io_executor.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "adapters/chat/adapter.hpp"
#include "adapters/chat/state_store.hpp"
#include "adapters/net/http_client.hpp"
#include "adapters/net/http_server.hpp"
#include "adapters/slack/emoji.hpp"
#include "adapters/slack/events/receiver.hpp"
#include "adapters/slack/socket_mode/socket_mode.hpp"
#include "adapters/slack/web_api/web_client.hpp"
#include "config/secret.hpp"

namespace nunchi::slack {

enum class Transport {
    socket,  // Socket Mode: connections that this side opens
    http,    // Events API: requests of Slack to the public listener
};

struct Options {
    Transport transport = Transport::socket;
    config::Secret bot_token{};  // xoxb-
    config::Secret app_token{};  // xapp-, for Socket Mode
    web_api::Options web{};
    socket_mode::Options socket{};
    events::Options events{};  // with a signing secret, for Transport::http
    EmojiNames emoji{};
    std::chrono::milliseconds answer_max_age{120'000};  // answers that wait longer are dropped
    std::vector<std::string> admins{};                  // user ids that count as admins, beside Slack's own
};

struct Dependencies {
    net::HttpClient& http;
    chat::StateStore& state;
    std::shared_ptr<spdlog::logger> log;
};

struct Counters {
    web_api::Counters web;
    socket_mode::Counters socket;
    events::Counters events;
    std::uint64_t events_limited = 0;  // times that Slack held events back (H13)
};

class SlackAdapter : public chat::Adapter {
public:
    /// Where Slack sends to with Transport::http, for the public listener. Call it before run().
    virtual void add_routes(net::Router& router) = 0;

    virtual Counters counters() const = 0;
};

/// What the dependencies refer to must outlive the adapter.
std::unique_ptr<SlackAdapter> create_slack_adapter(boost::asio::any_io_executor executor, Options options,
                                                   Dependencies dependencies);

}  // namespace nunchi::slack
