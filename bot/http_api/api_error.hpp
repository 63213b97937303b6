// What the API answers instead of predictions, with the codes and types of Text Embeddings Inference.
#pragma once

#include <boost/system/error_code.hpp>
#include <boost/system/result.hpp>
#include <string>
#include <string_view>

#include "adapters/net/http_message.hpp"

namespace nunchi::http_api {

enum class Refusal {
    malformed,          // 400 Validation: the body is no JSON
    wrong_shape,        // 422 Validation: JSON, but not a request for predictions
    wrong_media_type,   // 415 Validation: the body is not declared as JSON
    empty,              // 400 Empty: no text, or an empty one
    too_large_a_batch,  // 413 Validation: more texts than max_client_batch_size
    too_long,           // 413 Validation: a text with more tokens than the model reads, and `truncate: false`
    not_readable,       // 422 Tokenizer: this model's tokenizer cannot do what was asked, such as pairs
    inference_failed,   // 424 Backend
    overloaded,         // 429 Overloaded: try again later
    unavailable,        // 503 Unhealthy: no model yet, or the program is stopping
};

struct ApiError {
    Refusal refusal = Refusal::malformed;
    std::string message;  // one sentence for the caller; never holds what they sent
};

template <typename T>
using result = boost::system::result<T, ApiError>;

/// What an error of the classifier means to a caller.
ApiError api_error(const boost::system::error_code& error);

/// {"error": message, "error_type": "Validation"} with its status; Retry-After where waiting helps.
net::Response to_response(const ApiError& error);

/// The value of the label `err` of te_request_failure: "overloaded", "batch_size", …
std::string_view metric_name(Refusal refusal);

}  // namespace nunchi::http_api
