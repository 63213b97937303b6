// The HTTP side of Slack: events, slash commands and interactions, all of them at one path.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "adapters/net/http_server.hpp"
#include "adapters/slack/events/counters.hpp"
#include "adapters/slack/events/delivery.hpp"
#include "adapters/slack/events/reply.hpp"
#include "config/secret.hpp"

namespace spdlog {
class logger;
}

namespace nunchi::slack::events {

struct Options {
    config::Secret signing_secret{};
    std::string app_id{};  // "A123": requests of other apps are refused (H16); empty: any
    std::string path = "/slack/events";
    std::size_t max_body_bytes = 1024 * 1024;  // H15; the server's own limit counts too
    std::size_t max_open = 1000;  // deliveries that wait for their answer; beyond it events get 503
    /// Slack gives up after 3 s; the rest is for the way (H8).
    std::chrono::milliseconds ack_at_latest{2000};
};

/// Called on the server's executor, once for each delivery that is Slack's. It must not wait: commands and
/// interactions are answered at once, by the reply (H8). What it throws is a 500 to Slack.
using Handler = std::function<void(Delivery, Reply)>;

class ReceiverCore;

/// Used on the server's thread.
class Receiver {
public:
    /// Throws std::invalid_argument when the signing secret is empty (H3).
    Receiver(Options options, Handler handler, std::shared_ptr<spdlog::logger> log);
    ~Receiver();
    Receiver(const Receiver&) = delete;
    Receiver& operator=(const Receiver&) = delete;

    /// The routes may be called after this object has gone: they answer 503 then.
    void add_routes(net::Router& router) const;

    /// Nothing is handed on any more: 503, and Slack delivers again later. Replies that are open still count.
    void stop_intake();

    Counters counters() const;

private:
    std::string path_;
    std::shared_ptr<ReceiverCore> core_;
};

}  // namespace nunchi::slack::events
