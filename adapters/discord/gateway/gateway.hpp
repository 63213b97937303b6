// Discord's gateway: keeps the sessions of all shards alive and hands on what they dispatch.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "adapters/chat/adapter.hpp"
#include "adapters/chat/receipt.hpp"
#include "adapters/chat/state_store.hpp"
#include "adapters/discord/gateway/options.hpp"
#include "adapters/discord/rest/rest_client.hpp"
#include "adapters/net/http_client.hpp"

namespace spdlog {
class logger;
}

namespace nunchi::discord::gateway {

struct Dispatch {
    std::string type;     // "MESSAGE_CREATE"
    nlohmann::json data;  // an object; of content from outside, nothing else is known of it
    int shard = 0;
    int shard_count = 1;
    bool is_replayed = false;  // between a Resume and its RESUMED
    /// The watermark of the session waits for it.
    chat::Receipt receipt;
};

/// Who gets the dispatches. Called on the executor; must not block.
class Sink {
public:
    virtual ~Sink() = default;
    /// READY and RESUMED too. The receipt of what is of no interest is fired at once by the sink.
    virtual void on_dispatch(Dispatch dispatch) = 0;
    /// A session was begun anew: what was posted since the one before it ended was not seen.
    virtual void on_gap(int shard) = 0;
};

class Gateway {
public:
    virtual ~Gateway() = default;

    /// Connects, and reconnects for ever, until stop_intake(), cancellation or a failure that only the
    /// operator can mend (status() tells it). Completes when the connections are closed so that they can be
    /// resumed and the watermarks are stored. The sink must outlive the call.
    virtual boost::asio::awaitable<void> run(Sink& sink) = 0;

    /// Dispatches nothing more; the connections stay until the receipts that are out have been fired or
    /// dropped, at most 10 s.
    virtual void stop_intake() = 0;

    virtual chat::Status status() const = 0;

    virtual Counters counters() const = 0;
};

/// All of it outlives the gateway.
struct Dependencies {
    rest::RestClient& rest;
    net::HttpClient& http;
    chat::StateStore& store;
    std::shared_ptr<spdlog::logger> log;
};

/// Used on one thread, that of its executor. In the store it keeps "discord/session/<shard>" and
/// "discord/identifies".
std::unique_ptr<Gateway> create_gateway(boost::asio::any_io_executor executor, Options options,
                                        Dependencies dependencies);

}  // namespace nunchi::discord::gateway
