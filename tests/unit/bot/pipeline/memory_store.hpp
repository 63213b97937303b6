// A store in memory whose calls fail, and wait, when the test says so.
#pragma once

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/errc.hpp>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "bot/store/store.hpp"
#include "tests/unit/bot/pipeline/gate.hpp"

namespace nunchi::pipeline {

enum class StoreCall { is_handled, record, finish, pending, settings, put_settings, opt_out };

enum class StoreFault {
    before,  // nothing happened
    after,   // it happened, and the caller is told that it did not: a connection lost after the commit
};

class MemoryStore final : public store::Store {
public:
    template <typename T>
    using result = boost::system::result<T>;
    template <typename T>
    using Call = boost::asio::awaitable<T>;

    // What the test sets.
    std::map<StoreCall, std::vector<StoreFault>> faults;  // of the next calls of the kind
    std::set<StoreCall> held;                             // calls that wait in `waiting` before they complete
    std::vector<std::function<void()>> waiting;
    std::map<std::tuple<std::string, std::string, std::string>, store::ChannelSettings> channels;
    std::set<std::pair<std::string, std::string>> opted_out;

    // What the test reads.
    std::vector<store::HandledMessage> records;
    std::map<std::int64_t, store::Effect> effects;
    std::map<StoreCall, int> calls;

    /// Lets all that wait now go.
    void let_go() {
        for (auto& go : std::exchange(waiting, {})) go();
    }

    const store::HandledMessage* record_of(const std::string& message) const {
        const auto found =
            std::ranges::find(records, message, [](const auto& record) { return record.ref.message; });
        return found == records.end() ? nullptr : &*found;
    }

    Call<result<bool>> is_handled(chat::MessageRef ref, std::string) override {
        return answer<bool>(StoreCall::is_handled, [this, ref] { return record_of(ref.message) != nullptr; });
    }

    Call<result<store::Recorded>> record(store::HandledMessage message) override {
        return answer<store::Recorded>(StoreCall::record, [this, message] { return write(message); });
    }

    Call<result<void>> finish_effect(std::int64_t id) override {
        const auto done =
            co_await answer<bool>(StoreCall::finish, [this, id] { return effects.erase(id) > 0; });
        if (!done) co_return done.error();
        co_return result<void>();
    }

    Call<result<std::vector<store::Effect>>> pending_effects(std::optional<chat::Place> place) override {
        return answer<std::vector<store::Effect>>(StoreCall::pending, [this, place] {
            std::vector<store::Effect> found;
            for (const auto& [id, effect] : effects) {
                if (!place || effect.to.place == *place) found.push_back(effect);
            }
            return found;
        });
    }

    Call<result<std::optional<store::ChannelSettings>>> channel_settings(chat::Place place) override {
        return answer<std::optional<store::ChannelSettings>>(StoreCall::settings, [this, place] {
            const auto found = channels.find({place.platform, place.community, place.channel});
            return found == channels.end() ? std::nullopt : std::optional(found->second);
        });
    }

    Call<result<bool>> has_opted_out(std::string platform, std::string person) override {
        return answer<bool>(StoreCall::opt_out, [this, platform, person] {
            return opted_out.contains({platform, person});
        });
    }

    Call<result<void>> put_channel_settings(chat::Place place, store::ChannelSettings settings) override {
        std::function<bool()> work = [this, place, settings] {
            channels[{place.platform, place.community, place.channel}] = settings;
            return true;
        };
        const auto done = co_await answer<bool>(StoreCall::put_settings, std::move(work));
        if (!done) co_return done.error();
        co_return result<void>();
    }

    // Nobody calls these.
    Call<result<void>> set_opted_out(std::string, std::string, bool) override { return never<void>(); }
    Call<result<std::vector<store::HourCount>>> counts(store::Clock::time_point,
                                                       store::Clock::time_point) override {
        return never<std::vector<store::HourCount>>();
    }
    Call<result<void>> remove_expired() override { return never<void>(); }
    std::size_t backlog() const override { return waiting.size(); }
    Call<result<bool>> claim(std::string, std::chrono::seconds) override { return never<bool>(); }
    Call<result<std::optional<std::string>>> get(std::string) override {
        return never<std::optional<std::string>>();
    }
    Call<result<void>> put(std::string, std::string) override { return never<void>(); }
    Call<result<void>> erase(std::string) override { return never<void>(); }

private:
    store::Recorded write(const store::HandledMessage& message) {
        if (record_of(message.ref.message) != nullptr) return {};
        records.push_back(message);
        if (!message.effect) return {true, 0};
        const std::int64_t id = ++last_id_;
        effects[id] = *message.effect;
        effects[id].id = id;
        return {true, id};
    }

    std::optional<StoreFault> next_fault(StoreCall call) {
        auto& left = faults[call];
        if (left.empty()) return std::nullopt;
        const StoreFault fault = left.front();
        left.erase(left.begin());
        return fault;
    }

    /// The work is done at once, as the storage thread does it whatever becomes of the caller.
    template <typename T>
    Call<result<T>> answer(StoreCall call, std::function<T()> work) {
        ++calls[call];
        const auto fault = next_fault(call);
        result<T> value(boost::system::in_place_error,
                        make_error_code(boost::system::errc::connection_reset));
        if (fault == StoreFault::after) work();
        if (!fault) value = result<T>(boost::system::in_place_value, work());
        // The answers keep the order of the calls, as the real store's do.
        if (held.contains(call) || !waiting.empty()) {
            co_await wait_at_gate([this](std::function<void()> go) { waiting.push_back(std::move(go)); });
        } else {
            co_await boost::asio::post(co_await boost::asio::this_coro::executor, boost::asio::use_awaitable);
        }
        co_return value;
    }

    template <typename T>
    Call<result<T>> never() {
        co_return result<T>(boost::system::in_place_error,
                            make_error_code(boost::system::errc::function_not_supported));
    }

    std::int64_t last_id_ = 0;
};

}  // namespace nunchi::pipeline
