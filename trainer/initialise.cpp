#include <ATen/CPUGeneratorImpl.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/zeros.h>
#include <c10/core/GradMode.h>

#include <string>

#include "trainer/fit.hpp"

namespace nunchi::trainer {
namespace {

bool ends_with_bias(const std::string& name) {
    return name.ends_with(".bias");
}

}  // namespace

void initialise(model::BertWeights& weights, const model_folder::BertConfig& config, std::uint32_t seed) {
    const c10::NoGradGuard no_grad;
    auto random = at::make_generator<at::CPUGeneratorImpl>(seed);
    for (const auto& [name, tensor] : model::parameters(weights)) {
        if (ends_with_bias(name)) {
            tensor->zero_();
        } else if (name.ends_with("LayerNorm.weight")) {
            tensor->fill_(1);
        } else {
            tensor->normal_(0, config.initializer_range, random);
        }
    }
    weights.word_embeddings[config.pad_token_id].zero_();
}

void initialise_head(model::BertWeights& weights, const model_folder::BertConfig& config,
                     std::uint32_t seed) {
    const c10::NoGradGuard no_grad;
    auto random = at::make_generator<at::CPUGeneratorImpl>(seed);
    const auto labels = static_cast<std::int64_t>(config.labels.size());
    weights.classifier.weight = at::empty({labels, config.hidden_size}, at::kFloat);
    weights.classifier.weight.normal_(0, config.initializer_range, random);
    weights.classifier.bias = at::zeros({labels}, at::kFloat);
}

}  // namespace nunchi::trainer
