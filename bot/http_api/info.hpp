// GET /info.
#pragma once

#include <string>

#include "bot/http_api/api_routes.hpp"
#include "bot/http_api/served_model.hpp"

namespace nunchi::http_api {

/// The members of Text Embeddings Inference's /info, and `abstain_below`: by label, the probability below
/// which Nunchi names no emotion.
std::string info_json(const ServedModel& model, const Options& options);

}  // namespace nunchi::http_api
