// The two interfaces of the classifier. A Classifier is a text encoder in front of a TokenClassifier.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "classifier/api/error.hpp"
#include "classifier/api/prediction.hpp"

namespace nunchi::api {

/// One message as token ids.
struct Encoded {
    std::vector<std::int32_t> ids;  // [CLS] pieces [SEP]
    int normaliser_version = 0;     // 0: the text was taken as it stood
    std::string model_hash;         // SHA-256 of the model folder's weights, in hexadecimal
    std::chrono::nanoseconds tokenization{};
};

class TokenClassifier {
public:
    virtual ~TokenClassifier() = default;

    /// Completes on the caller's executor with the prediction or with one of errc.
    /// Cancelling the awaiting coroutine drops the request if its batch has not started; the result is then
    /// errc::cancelled. The classifier must outlive the call.
    virtual boost::asio::awaitable<result<Prediction>> classify(Encoded message) = 0;
};

class Classifier {
public:
    virtual ~Classifier() = default;

    /// As TokenClassifier::classify, from UTF-8 text of any content and length.
    virtual boost::asio::awaitable<result<Prediction>> classify(std::string text) = 0;
};

}  // namespace nunchi::api
