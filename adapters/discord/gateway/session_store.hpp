// Keeps one shard's session over restarts.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <memory>
#include <optional>
#include <string>

#include "adapters/chat/state_store.hpp"
#include "adapters/discord/gateway/stored_session.hpp"

namespace spdlog {
class logger;
}

namespace nunchi::discord::gateway {

class SessionStore {
public:
    SessionStore(chat::StateStore& store, int shard, std::shared_ptr<spdlog::logger> log);

    struct Loaded {
        std::optional<StoredSession> session;
        bool was_lost = false;  // there was one, but it cannot be resumed
    };
    /// A store that cannot be reached counts as an empty one: the bot reads on, at the price of a gap.
    boost::asio::awaitable<Loaded> load(int shard_count);

    /// Errors are logged. The store must outlive the call.
    boost::asio::awaitable<void> save(StoredSession session);

private:
    void report(const char* operation, const boost::system::error_code& error);

    chat::StateStore& store_;
    std::string key_;
    std::shared_ptr<spdlog::logger> log_;
    bool was_failing_ = false;  // one line in the log, not one for each second
};

}  // namespace nunchi::discord::gateway
