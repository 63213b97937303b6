// The tables that a handled message touches: what was done once, the counters and the outbox. Private to this
// folder.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "bot/store/once_key.hpp"
#include "bot/store/store.hpp"

namespace soci {
class session;
}

namespace nunchi::store {

/// The key of a row of the counters.
struct CounterKey {
    std::int64_t hour = 0;
    std::int64_t place = 0;  // place_id
    int emotion = 0;         // the label, or MessageTables::kNoEmotion
};

struct Counter {
    CounterKey key;
    HourCount count;
};

/// Times are those of column.hpp. Everything throws soci::soci_error.
class MessageTables {
public:
    /// The session must outlive it.
    explicit MessageTables(soci::session& session);
    ~MessageTables();
    MessageTables(const MessageTables&) = delete;
    MessageTables& operator=(const MessageTables&) = delete;

    bool is_taken(OnceKey key, std::int64_t now_seconds);

    /// False, and nothing changes, while the key is taken. An expired key can be taken again.
    bool take(OnceKey key, std::int64_t now_seconds, std::int64_t expires_seconds);

    void count(const chat::Place& place, std::int64_t hour, std::optional<api::Emotion> emotion);

    /// Effect::id is not read.
    void put_effect(std::int64_t id, const Effect& effect);
    void remove_effect(std::int64_t id);
    std::vector<Effect> effects_due_after(std::int64_t microseconds, const std::optional<chat::Place>& place);

    static constexpr int kNoEmotion = -1;

    /// At most so many, in the order of their keys, beginning behind the given one.
    std::vector<Counter> counters(const CounterKey& behind, std::int64_t end_hour, std::int64_t at_most);

    /// Removes the expired keys of one of `slices` equal parts of all keys: 0, 1, … slices - 1.
    void remove_expired_keys(unsigned slice, unsigned slices, std::int64_t now_seconds);
    void remove_effects_due_before(std::int64_t microseconds);

private:
    struct Statements;
    std::unique_ptr<Statements> statements_;
};

}  // namespace nunchi::store
