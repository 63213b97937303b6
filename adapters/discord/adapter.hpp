// Discord as one platform of the bot.
#pragma once

#include <spdlog/logger.h>

#include <boost/asio/any_io_executor.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

#include "adapters/chat/adapter.hpp"
#include "adapters/chat/state_store.hpp"
#include "adapters/discord/emoji.hpp"
#include "adapters/discord/gateway/gateway.hpp"
#include "adapters/discord/interactions/interactions.hpp"
#include "adapters/discord/rest/rest_client.hpp"
#include "adapters/discord/translate.hpp"
#include "adapters/net/http_client.hpp"
#include "adapters/net/http_server.hpp"

namespace nunchi::discord {

struct Options {
    Profile profile = Profile::mention;
    rest::Options rest{};
    gateway::Options gateway{};
    interactions::Options interactions{};
    EmojiSet emoji{};
    std::chrono::milliseconds reply_max_age{60'000};  // answers that wait longer are dropped (R5)
    int catch_up = 0;  // messages of each channel that are read after a gap; 0: none (G38)
};

struct Dependencies {
    net::HttpClient& http;
    chat::StateStore& state;
    std::shared_ptr<spdlog::logger> log;
};

struct Counters {
    rest::Counters rest;
    gateway::Counters gateway;
    interactions::Counters interactions;
    std::uint64_t caught_up = 0;  // messages that were read after a gap
};

class DiscordAdapter : public chat::Adapter {
public:
    /// The webhook that interactions come in by, for the public listener. Call it before run().
    virtual void add_routes(net::Router& router) = 0;

    virtual Counters counters() const = 0;
};

/// What the dependencies refer to must outlive the adapter.
std::unique_ptr<DiscordAdapter> create_discord_adapter(boost::asio::any_io_executor executor, Options options,
                                                       Dependencies dependencies);

}  // namespace nunchi::discord
