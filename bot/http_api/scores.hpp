// Predictions as the JSON and the headers of an answer.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "adapters/net/http_message.hpp"
#include "bot/http_api/predict_request.hpp"
#include "bot/http_api/served_model.hpp"
#include "classifier/api/prediction.hpp"

namespace nunchi::http_api {

/// [{"score":0.99,"label":"행복"},…] for one text or, as PredictRequest says, a list of such lists. The
/// largest score comes first, the smaller label id in a tie. Numbers are the shortest that read as the same
/// float. Refuses when a score is needed that the classifier does not tell, or is no finite number.
/// `predictions`: one per text, in their order.
result<std::string> scores_json(const PredictRequest& request, const ServedModel& model,
                                const std::vector<api::Prediction>& predictions);

/// The means over a request's texts. `predictions` holds at least one.
api::Timings mean_timings(const std::vector<api::Prediction>& predictions);

/// The headers x-compute-* and x-*-time of Text Embeddings Inference. Times are whole milliseconds.
/// `characters`: code points of all texts; `total`: since the request came in.
void set_compute_headers(net::Headers& headers, const ServedModel& model,
                         const std::vector<api::Prediction>& predictions, std::size_t characters,
                         std::chrono::nanoseconds total);

/// Code points of all texts, which are UTF-8.
std::size_t count_characters(const std::vector<std::string>& texts);

}  // namespace nunchi::http_api
