// What admins and people chose, close at hand.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "adapters/chat/ids.hpp"
#include "adapters/chat/recent_map.hpp"
#include "bot/pipeline/pipeline.hpp"
#include "bot/store/store.hpp"

namespace nunchi::pipeline {

/// What holds for one message. Nothing: as the platform's options say.
struct Rules {
    bool has_opted_out = false;  // its author
    std::optional<Mode> mode;    // of the channel, or else of the community
    std::optional<double> min_confidence;
    std::optional<Tone> tone;
};

/// Remembers what the store said, for a bounded time and for a bounded number of channels and people. A store
/// that cannot be reached is an error, never a guess: nobody who opted out is read by mistake.
class RuleBook {
public:
    using TimePoint = std::chrono::steady_clock::time_point;

    /// The store must outlive this.
    RuleBook(store::Store& store, std::chrono::milliseconds staleness, std::size_t capacity = 32'768)
        : store_(store), staleness_(staleness), settings_(capacity), opt_outs_(capacity) {}

    /// Nothing when some of it is not known, or too old.
    std::optional<Rules> known(const chat::Place& place, const std::string& author, TimePoint now);

    /// Asks the store for what is not known, all at once. What it says counts from `now` on. This must
    /// outlive the call.
    boost::asio::awaitable<store::result<Rules>> look_up(chat::Place place, std::string author,
                                                         TimePoint now);

    /// Also what is being read at this moment is not remembered.
    void forget();

private:
    template <typename Value>
    struct Known {
        Value value{};
        TimePoint since{};
    };
    template <typename Value>
    using Book = chat::RecentMap<Known<Value>>;
    using Settings = store::ChannelSettings;

    template <typename Value>
    std::optional<Value> find(Book<Value>& book, std::string_view key, TimePoint now);
    boost::asio::awaitable<store::result<Settings>> settings_of(chat::Place place, TimePoint now);
    boost::asio::awaitable<store::result<bool>> opt_out_of(std::string platform, std::string person,
                                                           TimePoint now);

    store::Store& store_;
    std::chrono::milliseconds staleness_;
    Book<Settings> settings_;
    Book<bool> opt_outs_;
    std::uint64_t times_forgotten_ = 0;
};

}  // namespace nunchi::pipeline
