// Several texts to one classifier, at once.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "bot/http_api/served_model.hpp"
#include "classifier/api/classifier.hpp"

namespace nunchi::http_api {

/// A text for the model's classifier, or ids for its TokenClassifier.
using Input = std::variant<std::string, api::Encoded>;

/// Starts all, so that the classifier can batch them, and completes when all have completed: with the
/// predictions in the order of the inputs, or with the first error in that order. Cancellation cancels each.
boost::asio::awaitable<api::result<std::vector<api::Prediction>>> classify_all(
    std::shared_ptr<const ServedModel> model, std::vector<Input> inputs);

}  // namespace nunchi::http_api
