#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include "tests/unit/trainer/small_corpus.hpp"
#include "trainer/fit.hpp"

namespace nunchi::trainer {
namespace {

class Initialise : public ::testing::Test {
protected:
    model::BertWeights drawn(std::uint32_t seed) const {
        auto weights = model::empty_weights(config_);
        initialise(weights, config_, seed);
        return weights;
    }

    const model_folder::BertConfig config_ = tiny_config();
};

TEST_F(Initialise, DrawsWeightsAndSetsBiasesNormsAndThePadRow) {
    const auto weights = drawn(1);

    EXPECT_NEAR(weights.layers[0].qkv.weight.std().item<double>(), config_.initializer_range, 0.01);
    EXPECT_NEAR(weights.layers[0].qkv.weight.mean().item<double>(), 0, 0.01);
    EXPECT_TRUE(weights.layers[0].qkv.bias.eq(0).all().item<bool>());
    EXPECT_TRUE(weights.layers[0].output_norm.weight.eq(1).all().item<bool>());
    EXPECT_TRUE(weights.layers[0].output_norm.bias.eq(0).all().item<bool>());
    EXPECT_TRUE(weights.word_embeddings[config_.pad_token_id].eq(0).all().item<bool>());
    EXPECT_FALSE(weights.word_embeddings[config_.pad_token_id + 1].eq(0).any().item<bool>());
}

TEST_F(Initialise, DrawsTheSameForTheSameSeed) {
    EXPECT_TRUE(at::equal(drawn(7).word_embeddings, drawn(7).word_embeddings));
    EXPECT_FALSE(at::equal(drawn(7).word_embeddings, drawn(8).word_embeddings));
}

TEST_F(Initialise, DrawsANewHead) {
    auto weights = drawn(1);
    weights.classifier = {};

    initialise_head(weights, config_, 1);

    ASSERT_EQ(weights.classifier.weight.sizes(), (at::IntArrayRef{7, 16}));
    EXPECT_NEAR(weights.classifier.weight.std().item<double>(), config_.initializer_range, 0.03);
    EXPECT_TRUE(weights.classifier.bias.eq(0).all().item<bool>());
}

}  // namespace
}  // namespace nunchi::trainer
