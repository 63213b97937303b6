#include "classifier/model/prepacked_linear.hpp"

#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/stack.h>

#include <string>

namespace nunchi::model {
namespace {

// PyTorch is renaming the namespace mkldnn to onednn (pytorch #133289), so both are tried.
std::optional<c10::OperatorHandle> find_operator(const char* name) {
    for (const char* scope : {"mkldnn", "onednn"}) {
        auto handle = c10::Dispatcher::singleton().findSchema({std::string(scope) + "::" + name, ""});
        if (handle && handle->hasKernelForDispatchKey(c10::DispatchKey::CPU)) return handle;
    }
    return std::nullopt;
}

const std::optional<c10::OperatorHandle>& reorder_operator() {
    static const auto handle = find_operator("_reorder_linear_weight");
    return handle;
}

const std::optional<c10::OperatorHandle>& linear_operator() {
    static const auto handle = find_operator("_linear_pointwise");
    return handle;
}

}  // namespace

std::optional<at::Tensor> prepack(const at::Tensor& weight, std::int64_t expected_rows) {
    if (!weight.device().is_cpu()) return std::nullopt;
    if (weight.scalar_type() != at::kFloat && weight.scalar_type() != at::kBFloat16) return std::nullopt;
    if (!reorder_operator() || !linear_operator()) return std::nullopt;
    // Called boxed: the C++ types of these internal schemas change between releases, their schemas do not.
    torch::jit::Stack stack{weight.contiguous(), expected_rows};
    try {
        reorder_operator()->callBoxed(stack);
    } catch (const c10::Error&) {
        return std::nullopt;  // A libtorch built without oneDNN; at::linear does the work.
    }
    return stack.at(0).toTensor();
}

at::Tensor prepacked_linear(const at::Tensor& x, const at::Tensor& packed_weight, const at::Tensor& bias,
                            Activation activation) {
    const bool is_gelu = activation == Activation::gelu;
    torch::jit::Stack stack{x,
                            packed_weight,
                            bias,
                            is_gelu ? "gelu" : "none",
                            c10::List<std::optional<at::Scalar>>(),
                            is_gelu ? c10::IValue("none") : c10::IValue()};
    linear_operator()->callBoxed(stack);
    return stack.at(0).toTensor();
}

}  // namespace nunchi::model
