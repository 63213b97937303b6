// Expected values: torch.nn.CrossEntropyLoss(weight, label_smoothing, reduction="sum") and
// torch.nn.functional.kl_div of PyTorch 2.13 in Python; sklearn.utils.class_weight of scikit-learn.
#include "trainer/loss.hpp"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <vector>

namespace nunchi::trainer {
namespace {

const at::Tensor kFirst = at::tensor({1.0F, -0.5F, 0.25F, 0.0F, 2.0F, -1.0F}).view({2, 3});
const at::Tensor kSecond = at::tensor({0.5F, 0.5F, -0.25F, 1.0F, 1.5F, -2.0F}).view({2, 3});

TEST(Loss, EqualsPyTorchWithWeightsAndSmoothing) {
    const auto labels = at::tensor({2, 0}, at::kLong);
    EXPECT_NEAR(cross_entropy_sum(kFirst, labels, {}, 0).item<double>(), 3.44782186, 1e-6);
    EXPECT_NEAR(cross_entropy_sum(kFirst, labels, at::tensor({0.5F, 1.0F, 2.0F}), 0.1).item<double>(),
                3.69153309, 1e-6);
}

TEST(Loss, RDropIsTheSymmetricDivergence) {
    EXPECT_NEAR(r_drop_sum(kFirst, kSecond).item<double>(), 0.40282679, 1e-6);
    EXPECT_NEAR(r_drop_sum(kFirst, kFirst).item<double>(), 0, 1e-7);
}

TEST(Loss, BalancedWeightsEqualScikitLearns) {
    std::vector<api::Emotion> labels(6, api::kEmotions[1]);
    labels.insert(labels.end(), 3, api::kEmotions[4]);
    labels.push_back(api::kEmotions[6]);

    const auto weights = balanced_class_weights(labels);

    EXPECT_FLOAT_EQ(weights[0].item<float>(), 0);
    EXPECT_FLOAT_EQ(weights[1].item<float>(), 10.0F / 18);
    EXPECT_FLOAT_EQ(weights[4].item<float>(), 10.0F / 9);
    EXPECT_FLOAT_EQ(weights[6].item<float>(), 10.0F / 3);
}

}  // namespace
}  // namespace nunchi::trainer
