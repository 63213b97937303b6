// Answers what people ask of the bot by name.
#pragma once

#include <spdlog/logger.h>

#include <functional>
#include <memory>
#include <string_view>

#include "bot/commands/phrases.hpp"
#include "bot/pipeline/pipeline.hpp"
#include "bot/store/store.hpp"
#include "classifier/api/classifier.hpp"

namespace nunchi::commands {

struct Dependencies {
    /// The one that serves now.
    std::function<std::shared_ptr<api::Classifier>()> classifier;
    store::Store& store;
    /// What holds on the platform unless an admin chose otherwise.
    std::function<pipeline::PlatformOptions(std::string_view platform)> standard;
    /// How a channel that an admin switches on is answered.
    std::function<pipeline::Mode(std::string_view platform)> answer_mode;
    /// What the platform's people call things.
    std::function<Words(std::string_view platform)> words;
    /// A change is stored.
    std::function<void()> on_changed;
    std::shared_ptr<spdlog::logger> log;
};

/// What the dependencies refer to must outlive the handler.
std::unique_ptr<pipeline::CommandHandler> create_commands(Dependencies dependencies);

}  // namespace nunchi::commands
