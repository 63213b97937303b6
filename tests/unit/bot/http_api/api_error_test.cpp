#include "bot/http_api/api_error.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "classifier/api/error.hpp"

namespace nunchi::http_api {
namespace {

// Status and error_type of Text Embeddings Inference: router/src/http/server.rs, From<&ErrorType> for
// StatusCode.
TEST(ApiError, HasTheStatusesAndTypesOfTextEmbeddingsInference) {
    struct Row {
        Refusal refusal;
        int status;
        const char* type;
    };
    for (const Row& row :
         {Row{Refusal::empty, 400, "Empty"}, Row{Refusal::too_large_a_batch, 413, "Validation"},
          Row{Refusal::too_long, 413, "Validation"}, Row{Refusal::not_readable, 422, "Tokenizer"},
          Row{Refusal::inference_failed, 424, "Backend"}, Row{Refusal::overloaded, 429, "Overloaded"},
          Row{Refusal::unavailable, 503, "Unhealthy"}}) {
        const auto response = to_response({row.refusal, "why"});
        const auto body = nlohmann::json::parse(response.body);
        EXPECT_EQ(response.status, row.status);
        EXPECT_EQ(body["error"], "why");
        EXPECT_EQ(body["error_type"], row.type);
        EXPECT_EQ(response.headers.get("Content-Type"), "application/json");
    }
}

TEST(ApiError, TellsWhenToTryAgainOnlyWhereWaitingHelps) {
    EXPECT_EQ(to_response({Refusal::overloaded, ""}).headers.get("Retry-After"), "1");
    EXPECT_EQ(to_response({Refusal::unavailable, ""}).headers.get("Retry-After"), "1");
    EXPECT_FALSE(to_response({Refusal::empty, ""}).headers.contains("Retry-After"));
}

TEST(ApiError, FollowsTheClassifiersError) {
    const auto refusal = [](api::errc code) { return api_error(api::make_error_code(code)).refusal; };
    EXPECT_EQ(refusal(api::errc::overloaded), Refusal::overloaded);
    EXPECT_EQ(refusal(api::errc::shutting_down), Refusal::unavailable);
    EXPECT_EQ(refusal(api::errc::empty_input), Refusal::empty);
    EXPECT_EQ(refusal(api::errc::input_too_long), Refusal::too_long);
    EXPECT_EQ(refusal(api::errc::inference_failed), Refusal::inference_failed);
    EXPECT_EQ(refusal(api::errc::unreachable), Refusal::inference_failed);
}

}  // namespace
}  // namespace nunchi::http_api
