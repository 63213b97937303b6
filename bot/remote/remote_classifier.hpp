// A classifier in another process: a Nunchi, or any Text Embeddings Inference server with a model of the
// seven emotions.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "adapters/net/http_client.hpp"
#include "bot/remote/server_info.hpp"
#include "classifier/api/classifier.hpp"
#include "config/secret.hpp"

namespace nunchi::remote {

struct Options {
    std::string url{};                          // "http://127.0.0.1:8080"; paths are added to it
    config::Secret token{};                     // sent as Authorization: Bearer; may be empty
    std::chrono::milliseconds timeout{5000};    // of one text, from classify() to its prediction
    std::size_t max_batch = 32;                 // texts of one request; fewer when the server says so
    std::size_t max_in_flight = 4;              // requests at once
    std::size_t max_waiting = 4096;             // texts; beyond it errc::overloaded
    std::chrono::seconds info_lifetime{60};     // /info is read again when it is older: models get swapped
    std::chrono::seconds same_error_after{30};  // the same sentence is told again only after this time
    std::function<void(const std::string&)> on_error{};  // what went wrong, for the log; may be empty
    std::function<std::chrono::steady_clock::time_point()> now = &std::chrono::steady_clock::now;
};

/// Used on the executor's thread only. classify() completes with a prediction or with
/// - overloaded: the server says so (429), or too many texts wait here;
/// - unreachable: no connection, no answer in time, or the server refuses the token;
/// - bad_format: the answer is none; not_supported: /info names other labels than the seven emotions;
/// - input_too_long, not_supported: the server refuses the text; inference_failed: its model failed;
/// - empty_input: the text is empty; cancelled: the caller withdrew.
/// A prediction has no logits, token counts and times are the means over the texts that were sent together,
/// the queue's time includes the waiting here, and the label follows the server's thresholds where it tells
/// them.
class RemoteClassifier : public api::Classifier {
public:
    /// What /info said last; null before the first answer, or when the connection was lost since.
    virtual std::shared_ptr<const ServerInfo> server() const = 0;

    /// Texts that have not been sent yet.
    virtual std::size_t waiting() const = 0;
};

/// Connects at the first text. `client` must live until the executor has run what the classifier left behind
/// when it was destroyed; no classify() may be under way then.
std::unique_ptr<RemoteClassifier> create_remote_classifier(boost::asio::any_io_executor executor,
                                                           Options options, net::HttpClient& client);

}  // namespace nunchi::remote
