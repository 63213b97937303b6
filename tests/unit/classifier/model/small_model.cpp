#include "tests/unit/classifier/model/small_model.hpp"

#include <ATen/CPUGeneratorImpl.h>
#include <gtest/gtest.h>

#include <fstream>

#include "classifier/model/bert_file.hpp"

namespace nunchi::testing {

model_folder::BertConfig small_config() {
    model_folder::BertConfig config;
    config.hidden_size = 32;
    config.num_hidden_layers = 2;
    config.num_attention_heads = 4;
    config.intermediate_size = 64;
    config.max_position_embeddings = 80;
    config.labels = {"공포", "놀람", "분노", "슬픔", "중립", "행복", "혐오"};
    return config;
}

model::BertWeights random_weights(const model_folder::BertConfig& config, double deviation, unsigned seed) {
    auto weights = model::empty_weights(config);
    auto random = at::make_generator<at::CPUGeneratorImpl>(seed);
    model::transform(weights, [&](const at::Tensor& tensor) {
        auto copy = tensor;
        copy.normal_(0, deviation, random);
        return copy;
    });
    return weights;
}

std::filesystem::path write_small_model(const std::string& name) {
    const auto folder = std::filesystem::path(::testing::TempDir()) / name;
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    const auto config = small_config();
    auto weights = random_weights(config, 0.5, 1);
    std::ofstream(folder / "config.json") << to_json(config);
    std::filesystem::copy_file(std::string(NUNCHI_SOURCE_DIR) + "/tests/data/kobert/spiece.model",
                               folder / "spiece.model");
    EXPECT_TRUE(model::save_bert(folder / "model.safetensors", weights, config, model::StoredAs::f32));
    return folder;
}

}  // namespace nunchi::testing
