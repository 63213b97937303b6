#include "trainer/adamw.hpp"

#include <ATen/ops/_fused_adamw.h>
#include <ATen/ops/linalg_vector_norm.h>
#include <ATen/ops/stack.h>
#include <ATen/ops/zeros.h>
#include <ATen/ops/zeros_like.h>
#include <c10/core/GradMode.h>

#include <algorithm>

namespace nunchi::trainer {
namespace {

bool has_decay(const std::string& name) {
    return name.find("bias") == std::string::npos && name.find("LayerNorm.weight") == std::string::npos;
}

}  // namespace

AdamW::AdamW(const std::vector<std::pair<std::string, at::Tensor>>& parameters, AdamWOptions options)
    : options_(options), groups_{{options.weight_decay, {}, {}, {}, {}}, {0.0, {}, {}, {}, {}}} {
    for (const auto& [name, parameter] : parameters) {
        auto& group = groups_[has_decay(name) ? 0 : 1];
        group.parameters.push_back(parameter);
        group.exp_avgs.push_back(at::zeros_like(parameter));
        group.exp_avg_sqs.push_back(at::zeros_like(parameter));
        group.steps.push_back(at::zeros({}, parameter.options().dtype(at::kFloat)));
    }
}

std::vector<at::Tensor> AdamW::gradients(const Group& group) const {
    std::vector<at::Tensor> gradients;
    gradients.reserve(group.parameters.size());
    for (const auto& parameter : group.parameters) gradients.push_back(parameter.grad());
    return gradients;
}

void AdamW::step(double learning_rate) {
    const c10::NoGradGuard no_grad;
    for (auto& group : groups_) {
        if (group.parameters.empty()) continue;
        for (auto& step : group.steps) step.add_(1);
        at::_fused_adamw_(group.parameters, gradients(group), group.exp_avgs, group.exp_avg_sqs, {},
                          group.steps, learning_rate, options_.beta1, options_.beta2, group.weight_decay,
                          options_.eps,
                          /*amsgrad=*/false, /*maximize=*/false);
    }
}

void AdamW::zero_grad() {
    for (auto& group : groups_) {
        for (auto& parameter : group.parameters) parameter.mutable_grad().reset();
    }
}

double AdamW::clip_gradients(double max_norm) {
    const c10::NoGradGuard no_grad;
    std::vector<at::Tensor> norms;
    for (const auto& group : groups_) {
        for (const auto& gradient : gradients(group)) norms.push_back(at::linalg_vector_norm(gradient));
    }
    const auto norm = at::linalg_vector_norm(at::stack(norms)).item<double>();
    const auto scale = std::min(1.0, max_norm / (norm + 1e-6));
    if (scale < 1.0) {
        for (const auto& group : groups_) {
            for (auto& gradient : gradients(group)) gradient.mul_(scale);
        }
    }
    return norm;
}

}  // namespace nunchi::trainer
