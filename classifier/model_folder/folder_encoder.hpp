// The text encoder of a model folder.
#pragma once

#include <cstddef>

#include "classifier/api/error.hpp"
#include "classifier/model_folder/model_folder.hpp"
#include "classifier/text/text_encoder.hpp"

namespace nunchi::model_folder {

/// The folder's tokenizer with its added tokens behind the normaliser version that the model was trained
/// with. A Failure: spiece.model is broken, its vocabulary is larger than the model's, or this build lacks
/// the normaliser version.
api::outcome<text::TextEncoder> create_encoder(const ModelFolder& folder, std::size_t max_tokens);

}  // namespace nunchi::model_folder
