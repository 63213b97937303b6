// POST /predict.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <memory>

#include "adapters/net/http_message.hpp"
#include "bot/http_api/api_routes.hpp"

namespace nunchi::http_api {

/// What the requests share. Used on the server's thread.
struct PredictState {
    Dependencies dependencies;
    Options options;
    std::size_t texts_under_way = 0;
};

/// Reads the request, lets the classifier work at all of its texts at once, and answers in their order.
/// Completes with the answer or the error for the client. Cancellation withdraws the texts that still wait.
boost::asio::awaitable<net::Response> predict(std::shared_ptr<PredictState> state, net::Request request);

}  // namespace nunchi::http_api
