// A Classifier made of a text encoder and any TokenClassifier, in process or remote.
#pragma once

#include <memory>

#include "classifier/api/classifier.hpp"
#include "classifier/text/text_encoder.hpp"

namespace nunchi::text {

/// Encoding runs on the caller's executor; it takes microseconds. The encoder's model_hash tells `tokens`
/// which model the ids are for. The result must outlive every coroutine that awaits it.
std::unique_ptr<api::Classifier> create_text_classifier(TextEncoder encoder,
                                                        std::shared_ptr<api::TokenClassifier> tokens);

}  // namespace nunchi::text
