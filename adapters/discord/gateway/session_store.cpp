#include "adapters/discord/gateway/session_store.hpp"

#include <spdlog/logger.h>

#include <utility>

namespace nunchi::discord::gateway {

namespace asio = boost::asio;

SessionStore::SessionStore(chat::StateStore& store, int shard, std::shared_ptr<spdlog::logger> log)
    : store_(store), key_("discord/session/" + std::to_string(shard)), log_(std::move(log)) {}

asio::awaitable<SessionStore::Loaded> SessionStore::load(int shard_count) {
    const auto text = co_await store_.get(key_);
    if (!text) {
        report("read", text.error());
        co_return Loaded{};
    }
    if (!*text) co_return Loaded{};
    StoredReading reading = read_stored_session(**text, shard_count, std::chrono::system_clock::now());
    if (reading.state != StoredState::usable) {
        log_->info("discord: the stored session {} {}: a new one is begun", key_, describe(reading.state));
        co_return Loaded{.session = std::nullopt, .was_lost = true};
    }
    co_return Loaded{.session = std::move(reading.session), .was_lost = false};
}

asio::awaitable<void> SessionStore::save(StoredSession session) {
    const std::string text = write_stored_session(session);
    const auto saved = co_await store_.put(key_, text);
    if (saved) {
        was_failing_ = false;
    } else {
        report("store", saved.error());
    }
}

void SessionStore::report(const char* operation, const boost::system::error_code& error) {
    if (std::exchange(was_failing_, true)) return;
    log_->warn("discord: cannot {} the session {}: {}", operation, key_, error.message());
}

}  // namespace nunchi::discord::gateway
