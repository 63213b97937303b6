// Expected values: torch.optim.AdamW of PyTorch 2.13 in Python, two groups, with
// torch.nn.utils.clip_grad_norm_.
#include "trainer/adamw.hpp"

#include <ATen/ATen.h>
#include <gtest/gtest.h>
#include <torch/csrc/autograd/autograd.h>

namespace nunchi::trainer {
namespace {

TEST(AdamW, EqualsPyTorchWithDecayGroupsAndClipping) {
    auto weight = at::tensor({0.5F, -0.25F, 1.0F, 2.0F}).view({2, 2}).requires_grad_(true);
    auto bias = at::tensor({0.1F, -0.2F}).requires_grad_(true);
    const auto factor = at::tensor({1.0F, 2.0F, 3.0F, 4.0F}).view({2, 2});
    AdamW optimiser({{"dense.weight", weight}, {"dense.bias", bias}}, {.weight_decay = 0.1});

    double norm = 0;
    for (int step = 0; step < 3; ++step) {
        optimiser.zero_grad();
        const auto loss = ((weight * factor).sum() + bias.sum()).square();
        torch::autograd::backward({loss}, {});
        norm = optimiser.clip_gradients(1.0);
        optimiser.step(0.01);
    }

    EXPECT_NEAR(norm, 120.35649, 1e-3);
    EXPECT_NEAR(weight[0][0].item<float>(), 0.4685315191745758F, 1e-6);
    EXPECT_NEAR(weight[0][1].item<float>(), -0.2792207598686218F, 1e-6);
    EXPECT_NEAR(weight[1][0].item<float>(), 0.9670330882072449F, 1e-6);
    EXPECT_NEAR(weight[1][1].item<float>(), 1.9640361070632935F, 1e-6);
    EXPECT_NEAR(bias[0].item<float>(), 0.07000000774860382F, 1e-6);
    EXPECT_NEAR(bias[1].item<float>(), -0.23000001907348633F, 1e-6);
}

TEST(AdamW, EqualsPyTorchWhereGradientsTurnAndSparesLayerNormTheDecay) {
    const auto start = at::tensor({0.5F, -0.25F});
    const auto weight = start.clone().requires_grad_(true);
    const auto norm = start.clone().requires_grad_(true);
    AdamW optimiser({{"dense.weight", weight}, {"output.LayerNorm.weight", norm}}, {.weight_decay = 0.1});

    for (const auto& gradient :
         {at::tensor({1.0F, -2.0F}), at::tensor({-0.5F, 0.1F}), at::tensor({0.3F, 3.0F})}) {
        weight.mutable_grad() = gradient.clone();
        norm.mutable_grad() = gradient.clone();
        optimiser.step(0.01);
    }

    EXPECT_NEAR(weight[0].item<float>(), 0.4822155237197876F, 1e-6);
    EXPECT_NEAR(weight[1].item<float>(), -0.23556090891361237F, 1e-6);
    EXPECT_NEAR(norm[0].item<float>(), 0.48369136452674866F, 1e-6);
    EXPECT_NEAR(norm[1].item<float>(), -0.23628383874893188F, 1e-6);
}

}  // namespace
}  // namespace nunchi::trainer
