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
    : options_(options), groups_{{options.weight_decay, {}, {}, {}, {}, {}}, {0.0, {}, {}, {}, {}, {}}} {
    for (const auto& [name, parameter] : parameters) {
        auto& group = groups_[has_decay(name) ? 0 : 1];
        group.names.push_back(name);
        group.parameters.push_back(parameter);
        group.exp_avgs.push_back(at::zeros_like(parameter));
        group.exp_avg_sqs.push_back(at::zeros_like(parameter));
        group.steps.push_back(at::zeros({}, parameter.options().dtype(at::kFloat)));
    }
}

AdamW::Group AdamW::with_gradients(const Group& group) {
    Group part{group.weight_decay, {}, {}, {}, {}, {}};
    for (std::size_t i = 0; i < group.parameters.size(); ++i) {
        if (!group.parameters[i].grad().defined()) continue;
        part.parameters.push_back(group.parameters[i]);
        part.exp_avgs.push_back(group.exp_avgs[i]);
        part.exp_avg_sqs.push_back(group.exp_avg_sqs[i]);
        part.steps.push_back(group.steps[i]);
    }
    return part;
}

void AdamW::step(double learning_rate) {
    const c10::NoGradGuard no_grad;
    for (const auto& group : groups_) {
        auto part = with_gradients(group);
        if (part.parameters.empty()) continue;
        std::vector<at::Tensor> gradients;
        for (const auto& parameter : part.parameters) gradients.push_back(parameter.grad());
        for (auto& step : part.steps) step.add_(1);
        at::_fused_adamw_(part.parameters, gradients, part.exp_avgs, part.exp_avg_sqs, {}, part.steps,
                          learning_rate, options_.beta1, options_.beta2, part.weight_decay, options_.eps,
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
    std::vector<at::Tensor> gradients;
    std::vector<at::Tensor> norms;
    for (const auto& group : groups_) {
        for (const auto& parameter : group.parameters) {
            if (!parameter.grad().defined()) continue;
            gradients.push_back(parameter.grad());
            norms.push_back(at::linalg_vector_norm(gradients.back()));
        }
    }
    const auto norm = at::linalg_vector_norm(at::stack(norms)).item<double>();
    const auto scale = std::min(1.0, max_norm / (norm + 1e-6));
    if (scale < 1.0) {
        for (auto& gradient : gradients) gradient.mul_(scale);
    }
    return norm;
}

std::vector<std::pair<std::string, at::Tensor>> AdamW::state() const {
    std::vector<std::pair<std::string, at::Tensor>> state;
    for (const auto& group : groups_) {
        for (std::size_t i = 0; i < group.names.size(); ++i) {
            state.emplace_back(group.names[i] + ".exp_avg", group.exp_avgs[i]);
            state.emplace_back(group.names[i] + ".exp_avg_sq", group.exp_avg_sqs[i]);
            state.emplace_back(group.names[i] + ".step", group.steps[i]);
        }
    }
    return state;
}

}  // namespace nunchi::trainer
