// What the tasks of one pipeline share. Private to this folder.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "bot/pipeline/answer_limiter.hpp"
#include "bot/pipeline/in_flight.hpp"
#include "bot/pipeline/pipeline.hpp"
#include "bot/pipeline/place_slots.hpp"
#include "bot/pipeline/rule_book.hpp"
#include "bot/pipeline/trouble_log.hpp"
#include "bot/pipeline/underway.hpp"

namespace nunchi::pipeline {

/// A platform as it was when a task began.
struct Platform {
    std::string name;
    chat::Adapter* adapter = nullptr;
    PlatformOptions options;
};

/// Every task holds it, because the frame of a task that was cut off may end after the pipeline.
struct State {
    State(Options chosen, Dependencies given)
        : options(std::move(chosen)),
          classifier(std::move(given.classifier)),
          store(given.store),
          observer(given.observer),
          log(given.log),
          rules(given.store, options.settings_staleness),
          explanations(std::make_shared<PlaceSlots>(options.max_explanations)),
          trouble(std::move(given.log)) {}

    void warn(Trouble kind, const Platform& platform, std::string_view what) {
        trouble.warn(kind, platform.name, what, options.now());
    }

    Options options;
    std::shared_ptr<api::Classifier> classifier;
    store::Store& store;
    Observer& observer;
    std::shared_ptr<spdlog::logger> log;
    std::map<std::string, Platform, std::less<>> platforms;
    CommandHandler* commands = nullptr;

    std::shared_ptr<InFlight> messages = std::make_shared<InFlight>();
    RuleBook rules;
    AnswerLimiter limiter;
    Underway answers;
    std::shared_ptr<PlaceSlots> explanations;
    std::map<chat::Place, bool> returned_readers;  // resending; whether they returned once more meanwhile
    TroubleLog trouble;
};

using StatePtr = std::shared_ptr<State>;

}  // namespace nunchi::pipeline
