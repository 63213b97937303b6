// A pipeline between an adapter, a classifier and a store of the test's: no thread, no sleep, time by hand.
#pragma once

#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "bot/pipeline/pipeline.hpp"
#include "tests/unit/bot/pipeline/memory_store.hpp"
#include "tests/unit/bot/pipeline/recording_adapter.hpp"
#include "tests/unit/bot/pipeline/scripted_classifier.hpp"

namespace nunchi::pipeline {

using namespace std::chrono_literals;

class CountingObserver final : public Observer {
public:
    int received = 0;
    int classified = 0;
    int answered = 0;
    int send_failed = 0;
    std::map<PassedOver, int> passed_over;
    std::chrono::nanoseconds last_latency{};

    void on_received(std::string_view) override { ++received; }
    void on_passed_over(std::string_view, PassedOver reason) override { ++passed_over[reason]; }
    void on_classified(std::string_view, const api::Prediction&) override { ++classified; }
    void on_answered(std::string_view, std::chrono::nanoseconds since_received) override {
        ++answered;
        last_latency = since_received;
    }
    void on_send_failed(std::string_view) override { ++send_failed; }
};

/// What became of a receipt.
struct ReceiptFate {
    int fired = 0;
    std::weak_ptr<int> token;

    /// Destroyed unfired: the platform delivers the event again.
    bool is_dropped() const { return fired == 0 && token.expired(); }
};
using ReceiptFatePtr = std::shared_ptr<ReceiptFate>;

inline chat::Receipt receipt_of(const ReceiptFatePtr& fate) {
    auto token = std::make_shared<int>(0);
    fate->token = token;
    return chat::Receipt([fate, token] { ++fate->fired; });
}

inline chat::Message message(std::string id, std::string text = "오늘 정말 행복해") {
    chat::Message made;
    made.ref = {{"test", "guild", "general", ""}, std::move(id)};
    made.author.id = "minji";
    made.text = std::move(text);
    return made;
}

class Workbench {
public:
    explicit Workbench(Options options = {}) : options_(std::move(options)) {
        options_.now = [this] { return now; };
        options_.wall_now = [this] { return wall; };
        start();
    }
    ~Workbench() {
        if (!pipeline) return;
        let_everything_go();
        cut_off();
    }
    Workbench(const Workbench&) = delete;
    Workbench& operator=(const Workbench&) = delete;

    boost::asio::io_context context;
    std::chrono::steady_clock::time_point now{std::chrono::hours(1)};
    store::Clock::time_point wall{std::chrono::hours(24 * 365 * 50)};
    MemoryStore store;
    CountingObserver observer;
    RecordingAdapter adapter;
    std::shared_ptr<ScriptedClassifier> classifier = std::make_shared<ScriptedClassifier>();
    PlatformOptions platform_options;
    std::ostringstream log;
    std::unique_ptr<Pipeline> pipeline;

    /// Runs all that is ready. Timers of the real clock fire when their time is over.
    void run() {
        context.restart();
        context.poll();
    }

    void advance(std::chrono::milliseconds time) {
        now += time;
        wall += time;
    }

    /// Delivers, and runs what is ready.
    ReceiptFatePtr deliver(chat::Event event) {
        auto fate = std::make_shared<ReceiptFate>();
        pipeline->deliver({std::move(event), receipt_of(fate)});
        run();
        return fate;
    }
    ReceiptFatePtr deliver(chat::Message given) { return deliver(chat::MessageCreated{std::move(given)}); }

    /// What stop() came to; nothing while it has not completed.
    using Stopped = std::shared_ptr<std::optional<bool>>;

    /// Asks the pipeline to stop, and runs what is ready.
    Stopped stop(std::chrono::milliseconds at_most) {
        auto stopped = std::make_shared<std::optional<bool>>();
        boost::asio::co_spawn(context, pipeline->stop(at_most),
                              [stopped](const std::exception_ptr&, bool in_time) { *stopped = in_time; });
        run();
        return stopped;
    }

    /// Stops at once, cutting off what is under way.
    bool cut_off() {
        const Stopped stopped = stop(0ms);
        // The deadline is for a broken pipeline only.
        const auto deadline = std::chrono::steady_clock::now() + 10s;
        context.restart();
        while (!stopped->has_value() && context.run_one_until(deadline) > 0) {
        }
        return stopped->value();
    }

    void resend_pending() {
        boost::asio::co_spawn(context, pipeline->resend_pending(), boost::asio::detached);
        run();
    }

    void let_everything_go() {
        store.held.clear();
        adapter.is_held = false;
        store.let_go();
        adapter.let_go();
        run();
    }

    /// A new process over the same store.
    void restart() {
        cut_off();
        start();
    }

    void set_platform() { pipeline->set_platform(adapter, platform_options); }

private:
    void start() {
        auto sink = std::make_shared<spdlog::sinks::ostream_sink_mt>(log);
        auto logger = std::make_shared<spdlog::logger>("test", std::move(sink));
        logger->set_level(spdlog::level::trace);
        pipeline = create_pipeline(context.get_executor(), options_, {classifier, store, observer, logger});
        set_platform();
    }

    Options options_;
};

}  // namespace nunchi::pipeline
