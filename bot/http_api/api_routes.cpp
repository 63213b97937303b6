#include "bot/http_api/api_routes.hpp"

#include <string>
#include <utility>

#include "bot/http_api/api_error.hpp"
#include "bot/http_api/info.hpp"
#include "bot/http_api/openapi_document.hpp"
#include "bot/http_api/predict_endpoint.hpp"
#include "bot/http_api/probes.hpp"

namespace nunchi::http_api {
namespace {

using boost::asio::awaitable;

constexpr const char* kJson = "application/json";

awaitable<net::Response> completed(net::Response response) {
    co_return response;
}

/// For answers that need no waiting.
net::Handler immediate(std::function<net::Response()> answer) {
    return [answer = std::move(answer)](const net::Request&) { return completed(answer()); };
}

net::Response info(const PredictState& state) {
    const auto model = state.dependencies.model();
    if (!model) return to_response({Refusal::unavailable, "the model is being loaded"});
    return net::make_response(200, kJson, info_json(*model, state.options));
}

}  // namespace

void add_api_routes(net::Router& router, Dependencies dependencies, Options options) {
    const auto state = std::make_shared<PredictState>(PredictState{std::move(dependencies), options});
    const net::Handler handle_predict = [state](net::Request request) {
        return predict(state, std::move(request));
    };
    router.add("POST", "/predict", handle_predict);
    router.add("POST", "/", handle_predict);  // Where Hugging Face's InferenceClient sends it.
    router.add("GET", "/info", immediate([state] { return info(*state); }));
    router.add("GET", "/health",
               immediate([state] { return health(state->dependencies.model() != nullptr); }));
    router.add("GET", "/livez", immediate(livez));
    router.add("GET", "/readyz", immediate([state] { return readyz(state->dependencies.checks()); }));
    router.add("GET", "/metrics", immediate([state] {
                   return net::make_response(200, ops::kMetricsContentType,
                                             state->dependencies.metrics.text());
               }));
    router.add("GET", "/openapi.json",
               immediate([] { return net::make_response(200, kJson, std::string(openapi_document())); }));
}

}  // namespace nunchi::http_api
