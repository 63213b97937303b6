// Answers for those who watch the process: load balancers, Kubernetes, Docker.
#pragma once

#include <vector>

#include "adapters/net/http_message.hpp"
#include "bot/ops/readiness.hpp"

namespace nunchi::http_api {

/// /livez: 200 as long as the I/O thread answers at all.
net::Response livez();

/// /health, as Text Embeddings Inference has it: 200 without a body, or 503 while there is no model.
net::Response health(bool has_model);

/// /readyz: {"status": "ready" | "not_ready", "checks": [{"name", "ok", "detail"}]}; 503 unless all are ok.
net::Response readyz(const std::vector<ops::Check>& checks);

}  // namespace nunchi::http_api
