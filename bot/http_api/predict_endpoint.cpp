#include "bot/http_api/predict_endpoint.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "bot/http_api/api_error.hpp"
#include "bot/http_api/classify_all.hpp"
#include "bot/http_api/predict_request.hpp"
#include "bot/http_api/scores.hpp"
#include "bot/http_api/truncation.hpp"

namespace nunchi::http_api {
namespace {

using Clock = std::chrono::steady_clock;

/// "application/json", also with parameters behind it or with a suffix, as in application/ld+json.
bool is_json(std::string_view content_type) {
    std::string type;
    for (const char c : content_type.substr(0, content_type.find(';'))) {
        if (c == ' ' || c == '\t') continue;
        type += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return type == "application/json" || (type.starts_with("application/") && type.ends_with("+json"));
}

result<PredictRequest> read(const net::Request& request, const Options& options) {
    if (!is_json(request.headers.get("Content-Type"))) {
        return ApiError{Refusal::wrong_media_type, "send the header Content-Type: application/json"};
    }
    return parse_predict_request(request.body, options.max_client_batch_size);
}

/// Only a request that must not lose a text's end needs the tokenizer here; the classifier has its own.
bool needs_whole_text(const PredictRequest& request) {
    return !request.truncate || request.direction == TruncationDirection::left;
}

result<std::vector<Input>> whole_inputs(const PredictRequest& request, const ServedModel& model) {
    if (!model.encode_whole || !model.tokens) {
        return ApiError{Refusal::not_readable,
                        "this server asks another one and has no tokenizer: leave out `truncate: false` and "
                        "`truncation_direction`"};
    }
    std::vector<Input> inputs;
    inputs.reserve(request.texts.size());
    for (const std::string& text : request.texts) {
        api::Encoded whole = model.encode_whole(text);
        if (!request.truncate && whole.ids.size() > model.max_input_length) {
            return ApiError{Refusal::too_long, "`inputs` must have less than " +
                                                   std::to_string(model.max_input_length) +
                                                   " tokens. Given: " + std::to_string(whole.ids.size())};
        }
        inputs.emplace_back(with_beginning_cut(std::move(whole), model.max_input_length));
    }
    return inputs;
}

result<std::vector<Input>> inputs_of(PredictRequest& request, const ServedModel& model) {
    if (needs_whole_text(request)) return whole_inputs(request, model);
    std::vector<Input> inputs;
    inputs.reserve(request.texts.size());
    for (std::string& text : request.texts) inputs.emplace_back(std::move(text));
    return inputs;
}

/// A place for the texts of one request, given back when the request ends, also by cancellation.
class Admission {
public:
    Admission(std::shared_ptr<PredictState> state, std::size_t texts)
        : state_(std::move(state)),
          texts_(state_->texts_under_way + texts <= state_->options.max_concurrent_requests ? texts : 0) {
        state_->texts_under_way += texts_;
    }
    ~Admission() { state_->texts_under_way -= texts_; }
    Admission(const Admission&) = delete;
    Admission& operator=(const Admission&) = delete;

    bool is_granted() const { return texts_ > 0; }

private:
    std::shared_ptr<PredictState> state_;
    std::size_t texts_;
};

net::Response refuse(PredictState& state, const ApiError& error) {
    state.dependencies.metrics.on_request_failed(metric_name(error.refusal));
    return to_response(error);
}

net::Response answer(PredictState& state, const PredictRequest& request, const ServedModel& model,
                     const std::vector<api::Prediction>& predictions, std::size_t characters,
                     Clock::time_point came_in) {
    auto json = scores_json(request, model, predictions);
    if (!json) return refuse(state, json.error());
    auto response = net::make_response(200, "application/json", std::move(*json));
    const auto total = Clock::now() - came_in;
    set_compute_headers(response.headers, model, predictions, characters, total);

    auto& metrics = state.dependencies.metrics;
    for (const api::Prediction& prediction : predictions) metrics.on_input(prediction.token_count);
    metrics.on_request_answered(request.is_batch ? ops::RequestKind::batch : ops::RequestKind::single,
                                mean_timings(predictions), total);
    return response;
}

}  // namespace

boost::asio::awaitable<net::Response> predict(std::shared_ptr<PredictState> state, net::Request request) {
    const auto came_in = Clock::now();
    auto parsed = read(request, state->options);
    state->dependencies.metrics.on_request(parsed && parsed->is_batch ? ops::RequestKind::batch
                                                                      : ops::RequestKind::single);
    if (!parsed) co_return refuse(*state, parsed.error());

    const auto model = state->dependencies.model();
    if (!model) co_return refuse(*state, {Refusal::unavailable, "the model is being loaded"});
    const Admission admission(state, parsed->texts.size());
    if (!admission.is_granted()) co_return refuse(*state, {Refusal::overloaded, "Model is overloaded"});

    const std::size_t characters = count_characters(parsed->texts);
    auto inputs = inputs_of(*parsed, *model);
    if (!inputs) co_return refuse(*state, inputs.error());
    const auto predictions = co_await classify_all(model, std::move(*inputs));
    if (!predictions) co_return refuse(*state, api_error(predictions.error()));
    co_return answer(*state, *parsed, *model, *predictions, characters, came_in);
}

}  // namespace nunchi::http_api
