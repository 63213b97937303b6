// A linear layer whose weight is reordered once for oneDNN, when this libtorch has the operators for it.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <optional>

namespace nunchi::model {

enum class Activation {
    none,
    gelu,  // the erf form
};

/// The weight [out, in] in oneDNN's own layout; nothing when the tensor is not fp32 or bf16 on the CPU or
/// when the operators `mkldnn::_reorder_linear_weight` and `mkldnn::_linear_pointwise` are absent or refuse
/// it. `expected_rows` is a hint for the layout; any number of rows works.
std::optional<at::Tensor> prepack(const at::Tensor& weight, std::int64_t expected_rows);

/// activation(x [rows, in] · weightᵀ + bias) with a weight that `prepack` made.
at::Tensor prepacked_linear(const at::Tensor& x, const at::Tensor& packed_weight, const at::Tensor& bias,
                            Activation activation);

}  // namespace nunchi::model
