#include "classifier/engine/runtime.hpp"

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/Version.h>
#include <torch/csrc/api/include/torch/version.h>

namespace nunchi::engine {

Runtime inspect_runtime() {
    return {TORCH_VERSION, at::get_cpu_capability(), at::hasCUDA(), at::get_num_threads()};
}

}  // namespace nunchi::engine
