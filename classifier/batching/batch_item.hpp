// What the scheduler hands to whoever runs a batch.
#pragma once

#include <functional>
#include <span>

#include "classifier/api/classifier.hpp"
#include "classifier/api/error.hpp"
#include "classifier/api/prediction.hpp"

namespace nunchi::batching {

/// One request of a batch. The batch function writes the answer; one left unwritten means inference_failed.
/// The scheduler fills answer->timings afterwards.
struct BatchItem {
    api::Encoded message;
    api::result<api::Prediction> answer{api::make_error_code(api::errc::inference_failed)};
};

/// Runs one batch: at least one item, ordered by length (shortest first). The pointers are valid during the
/// call. When it throws, every request of the batch completes with inference_failed.
using BatchFunction = std::function<void(std::span<BatchItem* const>)>;

}  // namespace nunchi::batching
