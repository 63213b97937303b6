// The way of a message: filter -> classify -> decide -> record the effect -> send -> forget.
#pragma once

#include <spdlog/logger.h>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "adapters/chat/adapter.hpp"
#include "bot/pipeline/observer.hpp"
#include "bot/store/store.hpp"
#include "classifier/api/classifier.hpp"

namespace nunchi::pipeline {

/// How a message that has an emotion is answered.
enum class Mode {
    reply,      // in words
    reaction,   // with an emoji; in words where the adapter cannot react
    silent,     // counted only
    on_demand,  // only when the bot is addressed
};

/// How an answer in words sounds.
enum class Tone {
    original,  // "입력하신 내용에서 행복이 느껴집니다."
    friendly,  // "행복해 보이세요!"
    brief,     // "행복"; its name is "short"
};

/// "original", "friendly", "short": as in settings and in store::ChannelSettings::tone.
std::string_view name_of(Tone tone);

/// Nothing when no tone has this name.
std::optional<Tone> tone_named(std::string_view name);

/// "reply", "reaction", "silent", "on-demand": as in settings and in store::ChannelSettings::mode.
std::string_view name_of(Mode mode);

/// Nothing when no mode has this name.
std::optional<Mode> mode_named(std::string_view name);

/// What an adapter's channels do unless an admin chose otherwise.
struct PlatformOptions {
    Mode mode = Mode::reply;
    /// After an answer to an author in a channel, further messages of the same author there are counted and
    /// not answered for this long. Messages that address the bot are always answered.
    std::chrono::milliseconds burst_window{3000};
    std::chrono::milliseconds user_cooldown{0};  // at least this long between two answers
    std::chrono::milliseconds channel_cooldown{0};
    std::chrono::milliseconds community_cooldown{0};
    /// Below it no emotion is named, beside the model's own thresholds.
    double min_confidence = 0;
    Tone tone = Tone::original;
};

/// Answers what people ask of the bot by name.
class CommandHandler {
public:
    virtual ~CommandHandler() = default;

    /// Completes with the answer, whatever goes wrong: a sentence says so. Must outlive the call.
    virtual boost::asio::awaitable<chat::CommandAnswer> answer(chat::CommandInvoked command) = 0;
};

struct Options {
    std::size_t max_in_flight = 4096;  // further messages are passed over as overloaded, and not handled
    std::chrono::seconds send_timeout{15};
    std::chrono::minutes effect_lifetime{10};  // an answer that is older is not sent again
    std::size_t max_explanations = 2;          // in flight per place; further ones are too fast
    /// How old the channels' settings and the opt-outs may be. What another process writes holds after this
    /// time; where this process alone writes it may be for ever, because forget_settings() is called.
    std::chrono::milliseconds settings_staleness{10'000};
    /// Of the steady clock; in tests it is turned by hand.
    std::function<std::chrono::steady_clock::time_point()> now = &std::chrono::steady_clock::now;
    /// The calendar's, for what is stored.
    std::function<store::Clock::time_point()> wall_now = &store::Clock::now;
};

struct Dependencies {
    std::shared_ptr<api::Classifier> classifier;
    store::Store& store;
    Observer& observer;
    std::shared_ptr<spdlog::logger> log;
};

/// Used on the I/O thread only: on the executor's.
///
/// Latency: a message takes two hops beside the classifier's, the commit of its record and the adapter's
/// answer; a first message of a channel or a person for a while takes a third, to read what they chose.
class Pipeline : public chat::Inbox {
public:
    /// The adapter must outlive the pipeline. Call it before the adapter runs; again to change the options,
    /// which then hold from the next message on.
    virtual void set_platform(chat::Adapter& adapter, PlatformOptions options) = 0;

    /// Without one, commands are passed over. It must outlive the pipeline.
    virtual void set_command_handler(CommandHandler& handler) = 0;

    /// From the next message on.
    virtual void set_classifier(std::shared_ptr<api::Classifier> classifier) = 0;

    /// This process changed a channel's settings or an opt-out in the store: they are read again before the
    /// next message is. Call it when the change is stored.
    virtual void forget_settings() = 0;

    /// Sends again what a former process decided and did not get delivered, where repeating is harmless; what
    /// cannot be repeated is removed and counted as failed. Completes when the list is read; the sending goes
    /// on in the pipeline's own tasks, place by place. Call it after set_platform and before the adapters
    /// run. Cancelling it leaves what remains for the next start.
    virtual boost::asio::awaitable<void> resend_pending() = 0;

    /// Messages, explanations and resends under way.
    virtual std::size_t in_flight() const = 0;

    /// Takes no more events and finishes those under way. False when the time was over first; what remains is
    /// then cancelled, with its receipts unfired, and has ended, unless a dependency does not let go of it
    /// within five seconds.
    virtual boost::asio::awaitable<bool> stop(std::chrono::steady_clock::duration at_most) = 0;
};

/// What the dependencies refer to must outlive the pipeline and every run of its executor. stop() it before
/// it is destroyed.
std::unique_ptr<Pipeline> create_pipeline(boost::asio::any_io_executor executor, Options options,
                                          Dependencies dependencies);

}  // namespace nunchi::pipeline
