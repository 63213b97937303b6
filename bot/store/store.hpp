// What the bot keeps over a restart. Never a text that somebody wrote.
#pragma once

#include <array>
#include <boost/asio/awaitable.hpp>
#include <boost/system/result.hpp>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/chat/ids.hpp"
#include "adapters/chat/message.hpp"
#include "adapters/chat/state_store.hpp"
#include "classifier/api/emotion.hpp"
#include "classifier/api/error.hpp"
#include "config/secret.hpp"

namespace nunchi::store {

template <typename T>
using result = boost::system::result<T>;

using Clock = std::chrono::system_clock;

enum class EffectKind { reply, reaction };

/// An answer that is decided and not yet known to be delivered. The text is made again from the numbers.
struct Effect {
    std::int64_t id = 0;  // given by the store
    chat::MessageRef to;
    EffectKind kind = EffectKind::reply;
    chat::Locale locale = chat::Locale::korean;
    std::array<float, api::kEmotionCount> probabilities{};
    bool abstained = false;
    std::string model_id;
    std::string tone{};     // of the words, as in ChannelSettings; empty: the original one
    Clock::time_point due;  // expires ten minutes after it
};

/// Everything that one handled message changes, written in one transaction.
struct HandledMessage {
    chat::MessageRef ref;
    std::string operation;                // "created"; a message may be handled once per operation
    std::optional<api::Emotion> counted;  // nothing: abstained
    bool is_counted = true;               // false: passed over, only the key is kept
    std::optional<Effect> effect;
    Clock::time_point at;
};

struct Recorded {
    bool is_first = false;       // false: somebody handled the message before; nothing was written
    std::int64_t effect_id = 0;  // 0: no effect
};

/// How a channel, or a community with an empty channel, wants to be answered. Nothing: as the level above.
struct ChannelSettings {
    std::optional<std::string> mode{};  // "reply", "reaction", "silent", "on-demand"
    std::optional<double> min_confidence{};
    std::optional<std::string> tone{};  // "original", "friendly", "short"
    bool operator==(const ChannelSettings&) const = default;
};

/// One hour of one channel. Abstained messages are counted under no emotion.
struct HourCount {
    chat::Place place;
    Clock::time_point hour;
    std::optional<api::Emotion> emotion;
    std::int64_t count = 0;
};

/// A call starts when it is awaited and completes on the caller's executor; the work runs on the store's own
/// thread, in the order of the calls. The errors are those of bot/store/error.hpp, and `on_error` gets a
/// sentence for each failure of the database. After `unavailable` a write may have been done or not;
/// record() of the same message then says whether it is_first, and an effect that was written is among the
/// pending ones. Cancellation withdraws nothing: the work is done and the call completes as ever.
///
/// Destruction finishes the transaction under way and completes what waits with `closing`, as it does calls
/// that are awaited later. Every execution context that calls must outlive the store.
class Store : public chat::StateStore {
public:
    /// Whether record() was told of the message before.
    virtual boost::asio::awaitable<result<bool>> is_handled(chat::MessageRef ref, std::string operation) = 0;

    /// Completes when the transaction is committed. Calls that wait together share one (group commit).
    virtual boost::asio::awaitable<result<Recorded>> record(HandledMessage message) = 0;

    /// The effect is delivered, or will never be: removes it.
    virtual boost::asio::awaitable<result<void>> finish_effect(std::int64_t id) = 0;

    /// Unfinished effects that have not expired, oldest first; of one place when it is given.
    virtual boost::asio::awaitable<result<std::vector<Effect>>> pending_effects(
        std::optional<chat::Place> place) = 0;

    virtual boost::asio::awaitable<result<std::optional<ChannelSettings>>> channel_settings(
        chat::Place place) = 0;
    virtual boost::asio::awaitable<result<void>> put_channel_settings(chat::Place place,
                                                                      ChannelSettings settings) = 0;

    /// Whether the person asked not to be read. `person` is the platform's id.
    virtual boost::asio::awaitable<result<bool>> has_opted_out(std::string platform, std::string person) = 0;
    virtual boost::asio::awaitable<result<void>> set_opted_out(std::string platform, std::string person,
                                                               bool opted_out) = 0;

    /// Counters of the hours that begin in [from, to), of all channels, ordered by hour. Read in steps too,
    /// so what is counted meanwhile may be in it or not.
    virtual boost::asio::awaitable<result<std::vector<HourCount>>> counts(Clock::time_point from,
                                                                          Clock::time_point to) = 0;

    /// Removes expired keys, claims and effects, in short steps between which other calls run. Expired things
    /// count as gone before that, so once an hour is enough.
    virtual boost::asio::awaitable<result<void>> remove_expired() = 0;

    /// How many calls wait for the storage thread. From any thread.
    virtual std::size_t backlog() const = 0;
};

struct Options {
    /// Empty: SQLite in `sqlite_file`. Else "postgresql://user:password@host/database".
    config::Secret url;
    std::filesystem::path sqlite_file;  // made, with its folder (0700), when it is not there
    std::size_t max_backlog = 100'000;  // further calls fail
    std::chrono::hours keep_handled_keys{24 * 3};
    std::function<Clock::time_point()> now = &Clock::now;  // called where the store is called
    std::function<void(const std::string&)> on_error{};    // called on the storage thread
    /// A migration ran, a backup was made: called within open_store. A server is back: on the storage thread.
    std::function<void(const std::string&)> on_notice{};
};

/// Opens the database, checks its integrity, backs it up and migrates it where its schema is older. Blocks:
/// about a second for each 150 MB of a SQLite file, some seconds at most for a server that does not answer.
/// The Failure says what is wrong and how to mend it: the file is damaged or in use, the schema is newer than
/// this program, the server refuses. Its code is one of bot/store/error.hpp.
api::outcome<std::unique_ptr<Store>> open_store(Options options);

}  // namespace nunchi::store
