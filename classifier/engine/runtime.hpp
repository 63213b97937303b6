// What the machine and libtorch offer, for people who set Nunchi up.
#pragma once

#include <string>

namespace nunchi::engine {

struct Runtime {
    std::string libtorch;   // "2.13.0"
    std::string cpu;        // the instructions that libtorch's kernels use: "AVX2", "AVX512"
    bool has_cuda = false;  // a GPU that this libtorch can use
    int threads = 0;        // that libtorch would take by itself
};

Runtime inspect_runtime();

}  // namespace nunchi::engine
