// One request on its way through the scheduler, with what it takes to answer it. Private to this folder.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <cstddef>
#include <memory>
#include <vector>

#include "classifier/batching/batch_item.hpp"

namespace nunchi::batching {

using Answer = api::result<api::Prediction>;
using Handler = boost::asio::async_result<boost::asio::use_awaitable_t<>, void(Answer)>::handler_type;

/// Whoever takes a request out of the RequestQueue (the worker, a cancellation or a stop) completes it; as
/// only one of them can take it, it completes once.
struct Request {
    /// Keeps the caller's execution context running until the answer is posted.
    Request(Handler caller, api::Encoded message);

    std::size_t token_count() const { return item.message.ids.size(); }

    BatchItem item;
    std::chrono::steady_clock::time_point admitted;

    Handler handler;
    boost::asio::any_io_executor executor;  // the caller's, counted as outstanding work
};

using RequestPtr = std::shared_ptr<Request>;
using Batch = std::vector<RequestPtr>;

/// Posts the answer to the caller's executor. The request is spent afterwards.
void complete(Request& request, Answer answer);

}  // namespace nunchi::batching
