// AdamW in one fused operator per parameter group (Loshchilov and Hutter, arXiv 1711.05101).
#pragma once

#include <ATen/core/Tensor.h>

#include <string>
#include <vector>

namespace nunchi::trainer {

struct AdamWOptions {
    double beta1 = 0.9;
    double beta2 = 0.999;
    double eps = 1e-8;
    double weight_decay = 0.01;  // of every parameter but biases and LayerNorm weights
};

class AdamW {
public:
    /// The parameters must require gradients and outlive the optimiser. Biases and LayerNorm weights, told by
    /// their names, form the group without decay, as in the original notebook.
    AdamW(const std::vector<std::pair<std::string, at::Tensor>>& parameters, AdamWOptions options);

    /// Moves every parameter that has a gradient.
    void step(double learning_rate);

    void zero_grad();

    /// Scales all gradients so that their common L2 norm is at most `max_norm`; returns the norm before.
    double clip_gradients(double max_norm);

    /// Both moments and the step count of every parameter, live: "NAME.exp_avg", "NAME.exp_avg_sq",
    /// "NAME.step".
    std::vector<std::pair<std::string, at::Tensor>> state() const;

private:
    struct Group {
        double weight_decay;
        std::vector<std::string> names;
        std::vector<at::Tensor> parameters;
        std::vector<at::Tensor> exp_avgs;
        std::vector<at::Tensor> exp_avg_sqs;
        std::vector<at::Tensor> steps;
    };

    static Group with_gradients(const Group& group);

    AdamWOptions options_;
    std::vector<Group> groups_;
};

}  // namespace nunchi::trainer
