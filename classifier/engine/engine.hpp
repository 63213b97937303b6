// The classifier in this process: a TokenClassifier over libtorch.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "classifier/api/classifier.hpp"
#include "classifier/api/error.hpp"
#include "classifier/model_folder/model_folder.hpp"

namespace nunchi::engine {

struct Options {
    std::string device = "auto";     // auto, cpu or cuda
    std::string precision = "fp32";  // fp32, bf16, or auto: what a measurement at the start favours
    int threads = 0;                 // of the one inference thread's OpenMP team; 0: libtorch's own choice
    std::size_t max_batch_tokens = 1024;        // of one forward pass
    std::size_t max_batch_messages = 256;       // of one forward pass
    std::size_t max_queued_tokens = 64 * 1024;  // beyond it requests fail with errc::overloaded
    std::function<void(const std::string&)>
        on_error{};  // called on the inference thread with what made a batch fail
};

class Engine : public api::TokenClassifier {
public:
    /// "cpu" or "cuda:0"
    virtual std::string device() const = 0;

    /// "fp32" or "bf16"
    virtual std::string precision() const = 0;

    /// Refuses new requests with errc::shutting_down; those that wait are still answered.
    virtual void stop() = 0;
};

/// Loads the model and starts the inference thread. A Failure names what is broken in the folder, or the
/// device that is not there. Destroying the engine fails the requests that still wait with
/// errc::shutting_down.
api::outcome<std::unique_ptr<Engine>> create_engine(const model_folder::ModelFolder& folder, Options options);

}  // namespace nunchi::engine
