#include "bot/pipeline/resend_task.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "bot/pipeline/answer.hpp"
#include "bot/pipeline/send.hpp"

namespace nunchi::pipeline {
namespace {

namespace asio = boost::asio;

std::chrono::microseconds age_of(const State& state, const store::Effect& effect) {
    const auto age = state.options.wall_now() - effect.due;
    return std::max(std::chrono::duration_cast<std::chrono::microseconds>(age), std::chrono::microseconds(0));
}

bool is_too_old(const State& state, const store::Effect& effect) {
    return age_of(state, effect) >= state.options.effect_lifetime;
}

/// Those that nobody else sends; they have begun.
asio::awaitable<std::vector<store::Effect>> pending(StatePtr state, Platform platform,
                                                    std::optional<chat::Place> place) {
    auto effects = co_await state->store.pending_effects(std::move(place));
    if (!effects) {
        state->warn(Trouble::store, platform,
                    "waiting answers could not be read: " + effects.error().message());
        co_return std::vector<store::Effect>();
    }
    std::erase_if(*effects, [&](const store::Effect& effect) { return !state->answers.begin(effect.id); });
    co_return std::move(*effects);
}

/// Effects that have begun. Its end gives back those that the task did not come to.
struct Turns {
    Turns(StatePtr its_state, std::vector<store::Effect> its_effects)
        : state(std::move(its_state)), effects(std::move(its_effects)) {}
    Turns(const Turns&) = delete;
    Turns& operator=(const Turns&) = delete;
    ~Turns() {
        for (; next < effects.size(); ++next) state->answers.end(effects[next].id);
    }

    StatePtr state;
    std::vector<store::Effect> effects;
    std::size_t next = 0;
};

/// Until its end others leave the place to this task.
struct Turn {
    Turn(StatePtr its_state, chat::Place its_place)
        : state(std::move(its_state)), place(std::move(its_place)) {}
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    ~Turn() { state->returned_readers.erase(place); }

    StatePtr state;
    chat::Place place;
};

}  // namespace

asio::awaitable<void> resend(StatePtr state, Platform platform, std::vector<store::Effect> effects) {
    Turns turns(state, std::move(effects));
    while (turns.next < turns.effects.size()) {
        const store::Effect effect = turns.effects[turns.next++];
        if (is_too_old(*state, effect)) {
            co_await give_up_effect(state, platform, effect);
            continue;
        }
        const Outcome outcome = co_await send_effect(state, platform, effect, age_of(*state, effect));
        co_await settle_effect(state, platform, effect, outcome);
    }
}

asio::awaitable<void> resend_to_reader(StatePtr state, Platform platform, chat::Place place) {
    const auto [running, is_first] = state->returned_readers.try_emplace(place, false);
    running->second = true;
    if (!is_first) co_return;
    const Turn turn(state, place);
    while (std::exchange(state->returned_readers[place], false)) {
        std::vector<store::Effect> effects = co_await pending(state, platform, place);
        co_await resend(state, platform, std::move(effects));
    }
}

asio::awaitable<std::vector<std::vector<store::Effect>>> leftovers(StatePtr state) {
    const Platform all{"all platforms", nullptr, {}};
    std::vector<store::Effect> effects = co_await pending(state, all, std::nullopt);
    std::map<chat::Place, std::vector<store::Effect>> by_place;
    for (store::Effect& effect : effects) {
        const auto platform = state->platforms.find(effect.to.place.platform);
        if (platform == state->platforms.end()) {
            state->answers.end(effect.id);
            continue;
        }
        const bool is_kept = is_repeatable(effect.kind, platform->second.adapter->capabilities()) &&
                             !is_too_old(*state, effect);
        if (is_kept) {
            by_place[effect.to.place].push_back(std::move(effect));
        } else {
            co_await give_up_effect(state, platform->second, std::move(effect));
        }
    }
    std::vector<std::vector<store::Effect>> places;
    places.reserve(by_place.size());
    for (auto& [place, its_effects] : by_place) places.push_back(std::move(its_effects));
    co_return places;
}

}  // namespace nunchi::pipeline
