// The one classifier that everything in a daemon shares: in this process, or on another machine.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <memory>
#include <string>

#include <spdlog/logger.h>
#include "adapters/net/http_client.hpp"
#include "bot/http_api/served_model.hpp"
#include "classifier/api/emotion.hpp"
#include "classifier/api/error.hpp"
#include "config/environment.hpp"
#include "config/settings.hpp"

namespace nunchi::bot {

struct ServedClassifier {
    std::shared_ptr<const http_api::ServedModel> model;
    std::string attribution;  // what the terms of the training data ask us to show; may be empty
    /// A sentence, and the emotion that the classifier must read in it before the daemon is ready.
    std::string golden_text;
    api::Emotion golden_emotion = api::Emotion::happiness;
};

/// Loads the model that the settings name (which takes a second or so and blocks), or makes the client of the
/// remote classifier. `executor` and `client` are those of the I/O thread and must outlive the classifier.
api::outcome<ServedClassifier> make_served_classifier(const config::ClassifierSettings& settings,
                                                      const config::Environment& environment,
                                                      std::shared_ptr<spdlog::logger> log,
                                                      boost::asio::any_io_executor executor,
                                                      net::HttpClient& client);

}  // namespace nunchi::bot
