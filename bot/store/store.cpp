#include "bot/store/store.hpp"

#include <boost/asio/async_result.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <limits>
#include <utility>

#include "bot/store/column.hpp"
#include "bot/store/database.hpp"
#include "bot/store/error.hpp"
#include "bot/store/job_queue.hpp"
#include "bot/store/once_key.hpp"
#include "bot/store/postgresql_database.hpp"
#include "bot/store/schema.hpp"
#include "bot/store/sqlite_database.hpp"
#include "bot/store/storage_thread.hpp"

namespace nunchi::store {

namespace asio = boost::asio;

namespace {

template <typename T>
using Call = asio::awaitable<result<T>>;
using Queue = std::shared_ptr<JobQueue>;

constexpr std::size_t kMaxStateKey = 1024;
constexpr std::size_t kMaxStateValue = 64 * 1024;
constexpr std::chrono::minutes kEffectLifetime{10};
constexpr std::int64_t kCountersPerStep = 4096;

/// Starts when it is awaited. The queue is shared, so the store may be gone by then.
template <typename T>
Call<T> submit(Queue queue, Access access, const char* name, Work<T> work) {
    return asio::async_initiate<const asio::use_awaitable_t<>, void(result<T>)>(
        [queue = std::move(queue), access, name](typename AnsweredJob<T>::Handler handler, Work<T> task) {
            queue->submit(
                std::make_unique<AnsweredJob<T>>(access, name, std::move(task), std::move(handler)));
        },
        asio::use_awaitable, std::move(work));
}

template <typename T>
Call<T> refuse(errc reason) {
    co_return make_error_code(reason);
}

Recorded record_message(MessageTables& tables, const HandledMessage& message, Clock::time_point now,
                        std::chrono::hours keep) {
    const OnceKey key = handled_key(message.ref, message.operation);
    if (!tables.take(key, seconds_before(now), seconds_after(now + keep))) return {};
    if (message.is_counted) tables.count(message.ref.place, hour_before(message.at), message.counted);
    if (!message.effect) return {.is_first = true};
    tables.put_effect(effect_id(key), *message.effect);
    return {.is_first = true, .effect_id = effect_id(key)};
}

// The steps of the two long calls are functions of their own: g++ 12 copies what a lambda captured byte by
// byte when it stands in a co_await expression.

Call<void> remove_expired_keys(Queue queue, Clock::time_point now, unsigned slice, unsigned slices) {
    return submit<void>(std::move(queue), Access::write, "remove_expired",
                        [=](Database& database) -> result<void> {
                            database.messages().remove_expired_keys(slice, slices, seconds_before(now));
                            return {};
                        });
}

Call<void> remove_expired_effects(Queue queue, Clock::time_point now) {
    return submit<void>(
        std::move(queue), Access::write, "remove_expired", [=](Database& database) -> result<void> {
            database.messages().remove_effects_due_before(microseconds_of(now - kEffectLifetime));
            database.shrink();
            return {};
        });
}

/// In steps, so that other calls get their turn between them.
Call<void> remove_all_expired(Queue queue, Clock::time_point now, unsigned slices) {
    for (unsigned slice = 0; slice < slices; ++slice) {
        const auto removed = co_await remove_expired_keys(queue, now, slice, slices);
        if (!removed) co_return removed;
    }
    co_return co_await remove_expired_effects(queue, now);
}

using Counters = std::vector<Counter>;

Call<Counters> counters_behind(Queue queue, CounterKey key, Clock::time_point to) {
    return submit<Counters>(std::move(queue), Access::read, "counts",
                            [=](Database& database) -> result<Counters> {
                                return database.messages().counters(key, hour_after(to), kCountersPerStep);
                            });
}

/// In steps, for the same reason.
Call<std::vector<HourCount>> read_counts(Queue queue, Clock::time_point from, Clock::time_point to) {
    // Behind everything of the hour before.
    CounterKey last{.hour = hour_after(from) - 1,
                    .place = std::numeric_limits<std::int64_t>::max(),
                    .emotion = std::numeric_limits<std::int16_t>::max()};
    std::vector<HourCount> counts;
    while (true) {
        auto step = co_await counters_behind(queue, last, to);
        if (!step) co_return step.error();
        for (Counter& counter : *step) counts.push_back(std::move(counter.count));
        if (std::cmp_less(step->size(), kCountersPerStep)) co_return counts;
        last = step->back().key;
    }
}

class DatabaseStore final : public Store {
public:
    DatabaseStore(std::unique_ptr<Database> database, Options options)
        : now_(std::move(options.now)),
          keep_handled_keys_(options.keep_handled_keys),
          key_slices_(database->key_slices()),
          queue_(std::make_shared<JobQueue>(options.max_backlog)),
          thread_(std::move(database), queue_,
                  {.on_error = std::move(options.on_error), .on_notice = std::move(options.on_notice)}) {}

    Call<bool> claim(std::string key, std::chrono::seconds expiry) override {
        return submit<bool>(queue_, Access::write, "claim",
                            [key = claim_key(key), now = now_(), expiry](Database& database) -> result<bool> {
                                return database.messages().take(key, seconds_before(now),
                                                                seconds_after(now + expiry));
                            });
    }

    Call<std::optional<std::string>> get(std::string key) override {
        using Value = std::optional<std::string>;
        return submit<Value>(queue_, Access::read, "get",
                             [key = std::move(key)](Database& database) -> result<Value> {
                                 return database.settings().state(key);
                             });
    }

    Call<void> put(std::string key, std::string value) override {
        if (key.size() > kMaxStateKey || value.size() > kMaxStateValue) return refuse<void>(errc::too_large);
        return submit<void>(
            queue_, Access::write, "put",
            [key = std::move(key), value = std::move(value)](Database& database) -> result<void> {
                database.settings().put_state(key, value);
                return {};
            });
    }

    Call<void> erase(std::string key) override {
        return submit<void>(queue_, Access::write, "erase",
                            [key = std::move(key)](Database& database) -> result<void> {
                                database.settings().erase_state(key);
                                return {};
                            });
    }

    Call<bool> is_handled(chat::MessageRef ref, std::string operation) override {
        return submit<bool>(
            queue_, Access::read, "is_handled",
            [key = handled_key(ref, operation), now = now_()](Database& database) -> result<bool> {
                return database.messages().is_taken(key, seconds_before(now));
            });
    }

    Call<Recorded> record(HandledMessage message) override {
        return submit<Recorded>(queue_, Access::write, "record",
                                [message = std::move(message), now = now_(),
                                 keep = keep_handled_keys_](Database& database) -> result<Recorded> {
                                    return record_message(database.messages(), message, now, keep);
                                });
    }

    Call<void> finish_effect(std::int64_t id) override {
        return submit<void>(queue_, Access::write, "finish_effect", [id](Database& database) -> result<void> {
            database.messages().remove_effect(id);
            return {};
        });
    }

    Call<std::vector<Effect>> pending_effects(std::optional<chat::Place> place) override {
        using Effects = std::vector<Effect>;
        return submit<Effects>(
            queue_, Access::read, "pending_effects",
            [place = std::move(place), now = now_()](Database& database) -> result<Effects> {
                return database.messages().effects_due_after(microseconds_of(now - kEffectLifetime), place);
            });
    }

    Call<std::optional<ChannelSettings>> channel_settings(chat::Place place) override {
        using Settings = std::optional<ChannelSettings>;
        return submit<Settings>(queue_, Access::read, "channel_settings",
                                [place = std::move(place)](Database& database) -> result<Settings> {
                                    return database.settings().channel(place);
                                });
    }

    Call<void> put_channel_settings(chat::Place place, ChannelSettings settings) override {
        return submit<void>(
            queue_, Access::write, "put_channel_settings",
            [place = std::move(place), settings = std::move(settings)](Database& database) -> result<void> {
                database.settings().put_channel(place, settings);
                return {};
            });
    }

    Call<bool> has_opted_out(std::string platform, std::string person) override {
        return submit<bool>(
            queue_, Access::read, "has_opted_out",
            [platform = std::move(platform), person = std::move(person)](Database& database) -> result<bool> {
                return database.settings().has_opted_out(platform, person);
            });
    }

    Call<void> set_opted_out(std::string platform, std::string person, bool opted_out) override {
        return submit<void>(queue_, Access::write, "set_opted_out",
                            [platform = std::move(platform), person = std::move(person),
                             opted_out](Database& database) -> result<void> {
                                database.settings().set_opted_out(platform, person, opted_out);
                                return {};
                            });
    }

    Call<std::vector<HourCount>> counts(Clock::time_point from, Clock::time_point to) override {
        return read_counts(queue_, from, to);
    }

    Call<void> remove_expired() override { return remove_all_expired(queue_, now_(), key_slices_); }

    std::size_t backlog() const override { return queue_->size(); }

private:
    const std::function<Clock::time_point()> now_;
    const std::chrono::hours keep_handled_keys_;
    const unsigned key_slices_;
    const Queue queue_;
    StorageThread thread_;  // last: its end completes what waits
};

api::outcome<std::unique_ptr<Database>> open_database(const Options& options) {
    if (options.url.empty()) {
        return open_sqlite({.file = options.sqlite_file,
                            .migrations = schema_migrations(),
                            .now = options.now(),
                            .on_notice = options.on_notice});
    }
    return open_postgresql(
        {.url = options.url, .migrations = schema_migrations(), .on_notice = options.on_notice});
}

}  // namespace

api::outcome<std::unique_ptr<Store>> open_store(Options options) {
    auto database = open_database(options);
    if (!database) return database.error();
    return std::unique_ptr<Store>(std::make_unique<DatabaseStore>(std::move(*database), std::move(options)));
}

}  // namespace nunchi::store
