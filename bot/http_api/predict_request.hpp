// The body of POST /predict, read without trust.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/http_api/api_error.hpp"

namespace nunchi::http_api {

enum class TruncationDirection {
    right,  // the end of a long text is cut off
    left,   // its beginning is
};

/// What stands in `score`.
enum class ScoreKind {
    softmax,  // probabilities that add up to 1
    logits,   // as the model gave them
    sigmoid,  // each label for itself
};

struct PredictRequest {
    std::vector<std::string> texts;  // at least one, none empty, UTF-8
    bool is_batch = false;           // the answer is a list of lists
    bool truncate = true;            // false: a text that is too long is an error
    TruncationDirection direction = TruncationDirection::right;
    ScoreKind scores = ScoreKind::softmax;
    std::size_t top_k = 0;  // how many labels of each text are answered; 0: all

    /// The request has `parameters`, as Hugging Face's InferenceClient sends it: the answer to one text is
    /// then a list of lists, too.
    bool has_parameters = false;
};

/// Reads {"inputs": "text" | ["text"] | [["text"], …], "truncate", "truncation_direction", "raw_scores",
/// "parameters": {"top_k", "function_to_apply"}}. Fields of other names are passed over, as Text Embeddings
/// Inference does. A pair of sentences is refused: KoBERT's classifier reads one. More than `max_batch` texts
/// and more than 32 levels of nesting are refused. Pure; never throws; no message holds a part of the body.
result<PredictRequest> parse_predict_request(std::string_view body, std::size_t max_batch);

}  // namespace nunchi::http_api
