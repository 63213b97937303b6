// The HTTP API: predictions in the dialect of Text Embeddings Inference, probes, metrics. docs/api.md is its
// manual.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <vector>

#include "adapters/net/http_server.hpp"
#include "bot/http_api/served_model.hpp"
#include "bot/ops/metrics.hpp"
#include "bot/ops/readiness.hpp"

namespace nunchi::http_api {

struct Options {
    std::size_t max_client_batch_size = 32;     // texts of one request; beyond it 413
    std::size_t max_concurrent_requests = 512;  // texts under way at once; beyond it 429
};

struct Dependencies {
    /// Asked once per request; null while there is no model, which answers 503. May be a new one each time.
    std::function<std::shared_ptr<const ServedModel>()> model;
    std::function<std::vector<ops::Check>()> checks;  // for /readyz, asked at each request
    ops::Metrics& metrics;
};

/// Adds POST /predict and POST / (the same), GET /info, /health, /livez, /readyz, /metrics and
/// /openapi.json. The handlers run on the server's thread; what the dependencies refer to must outlive the
/// server.
void add_api_routes(net::Router& router, Dependencies dependencies, Options options = {});

}  // namespace nunchi::http_api
