#include "bot/http_api/info.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/unit/bot/http_api/korean_model.hpp"

namespace nunchi::http_api {
namespace {

TEST(Info, HasTheMembersOfTextEmbeddingsInference) {
    auto model = korean_model();
    model.sha = "0123456789abcdef";
    const auto info = nlohmann::json::parse(info_json(model, {.max_client_batch_size = 8}));
    // The members of struct Info in its router/src/lib.rs.
    for (const char* name :
         {"model_id", "model_sha", "model_dtype", "model_type", "max_concurrent_requests", "max_input_length",
          "max_batch_tokens", "max_batch_requests", "max_client_batch_size", "auto_truncate",
          "tokenization_workers", "version", "sha", "docker_label"}) {
        EXPECT_TRUE(info.contains(name)) << name;
    }
    EXPECT_EQ(info["model_id"], "starter@0123456789ab");
    EXPECT_EQ(info["model_sha"], "0123456789abcdef");
    EXPECT_EQ(info["max_client_batch_size"], 8);
    EXPECT_EQ(info["max_input_length"], 64);
}

TEST(Info, MapsLabelsByTheModelsOwnIds) {
    auto model = korean_model();
    model.label_ids = {6, 5, 4, 3, 2, 1, 0};
    model.thresholds[0] = 0.25F;
    const auto info = nlohmann::json::parse(info_json(model, {}));
    const auto& classifier = info["model_type"]["classifier"];
    EXPECT_EQ(classifier["id2label"]["0"], "혐오");
    EXPECT_EQ(classifier["id2label"]["6"], "공포");
    EXPECT_EQ(classifier["label2id"]["공포"], 6);
    EXPECT_EQ(info["abstain_below"]["공포"], 0.25);
    EXPECT_EQ(info["model_sha"], nullptr);
}

}  // namespace
}  // namespace nunchi::http_api
