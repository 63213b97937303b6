#include "bot/http_api/api_error.hpp"

#include <nlohmann/json.hpp>
#include <utility>

#include "classifier/api/error.hpp"

namespace nunchi::http_api {
namespace {

struct Row {
    int status;
    std::string_view type;    // as Text Embeddings Inference writes it
    std::string_view metric;  // as it counts it
};

Row row_of(Refusal refusal) {
    switch (refusal) {
        case Refusal::malformed: return {400, "Validation", "validation"};
        case Refusal::wrong_shape: return {422, "Validation", "validation"};
        case Refusal::wrong_media_type: return {415, "Validation", "validation"};
        case Refusal::empty: return {400, "Empty", "validation"};
        case Refusal::too_large_a_batch: return {413, "Validation", "batch_size"};
        case Refusal::too_long: return {413, "Validation", "tokenization"};
        case Refusal::not_readable: return {422, "Tokenizer", "tokenization"};
        case Refusal::inference_failed: return {424, "Backend", "inference"};
        case Refusal::overloaded: return {429, "Overloaded", "overloaded"};
        case Refusal::unavailable: return {503, "Unhealthy", "unhealthy"};
    }
    return {500, "Backend", "inference"};
}

Refusal refusal_of(const boost::system::error_code& error) {
    if (error == api::make_error_code(api::errc::overloaded)) return Refusal::overloaded;
    if (error == api::make_error_code(api::errc::shutting_down)) return Refusal::unavailable;
    if (error == api::make_error_code(api::errc::cancelled)) return Refusal::unavailable;
    if (error == api::make_error_code(api::errc::empty_input)) return Refusal::empty;
    if (error == api::make_error_code(api::errc::input_too_long)) return Refusal::too_long;
    return Refusal::inference_failed;
}

}  // namespace

ApiError api_error(const boost::system::error_code& error) {
    const Refusal refusal = refusal_of(error);
    if (refusal == Refusal::overloaded) return {refusal, "Model is overloaded"};
    return {refusal, error.message()};
}

net::Response to_response(const ApiError& error) {
    const Row row = row_of(error.refusal);
    nlohmann::ordered_json body;
    body["error"] = error.message;
    body["error_type"] = row.type;
    auto response = net::make_response(row.status, "application/json", body.dump());
    if (row.status == 429 || row.status == 503) response.headers.set("Retry-After", "1");
    return response;
}

std::string_view metric_name(Refusal refusal) {
    return row_of(refusal).metric;
}

}  // namespace nunchi::http_api
