// One POST /predict to a remote classifier: what is sent, and what the answer's status and headers mean.
#pragma once

#include <string>
#include <vector>

#include "adapters/net/http_message.hpp"
#include "classifier/api/prediction.hpp"

namespace nunchi::remote {

/// What follows from a status.
enum class Verdict {
    answered,     // 200: read the body
    overloaded,   // 429: the texts fail with errc::overloaded
    too_large,    // 413: send fewer texts at once from now on; a single text fails with errc::input_too_long
    refused,      // 400, 422: one of the texts is to blame: halve the batch to find it
    not_allowed,  // 401, 403: the token is missing or wrong
    unavailable,  // 502, 503, 504: the server, or what stands before it, is not ready
    failed,       // anything else: the model failed, or this is no such server
};

Verdict verdict_on(int status);

/// {"inputs": [["…"], …], "truncate": true}. Bytes that are no UTF-8 become U+FFFD; of each text only the
/// first 16 KiB go out, which is more than any model reads.
std::string predict_body(const std::vector<std::string>& texts);

/// The times that the headers tell, 0 where they do not: they are the means over the batch.
api::Timings timings_of(const net::Headers& headers);

/// The mean number of tokens of the batch's texts, rounded up; 0 where the headers do not tell.
std::size_t mean_token_count(const net::Headers& headers, std::size_t texts);

}  // namespace nunchi::remote
