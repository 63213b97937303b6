// A loaded emotion classifier: immutable, shared by whoever runs it.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "classifier/api/emotion.hpp"
#include "classifier/api/error.hpp"
#include "classifier/model/bert_weights.hpp"
#include "classifier/model/packed_batch.hpp"
#include "classifier/model_folder/model_folder.hpp"

namespace nunchi::model {

using EmotionLogits = std::array<float, api::kEmotionCount>;  // by Emotion

/// The number format of weights and activations. Softmax inside of attention and the head stay in fp32.
enum class Precision {
    fp32,
    bf16,  // half the memory traffic and twice the rate on CPUs that multiply it (AVX512_BF16, AMX)
};

/// "fp32" or "bf16"
std::string name_of(Precision precision);

class EmotionModel {
public:
    /// Loads the weights of an opened folder onto the device; on a CPU they are prepacked for oneDNN.
    /// A Failure names what is missing or broken in weights or labels. Throws c10::Error when the device
    /// fails.
    static api::outcome<std::shared_ptr<const EmotionModel>> load(const model_folder::ModelFolder& folder,
                                                                  const at::Device& device,
                                                                  Precision precision = Precision::fp32);

    EmotionModel(model_folder::BertConfig config, BertWeights weights,
                 std::array<std::int64_t, api::kEmotionCount> rows, const at::Device& device);

    /// Nothing wrong, or why these ids cannot be classified: empty, too long, or outside of the vocabulary.
    boost::system::error_code check(std::span<const std::int32_t> ids) const;

    /// One forward pass over messages that `check` accepts, in the given order; neighbours of equal length
    /// are cheapest. The result does not depend on the company beyond rounding. Throws c10::Error.
    std::vector<EmotionLogits> logits(std::span<const Message> messages) const;

    const BertWeights& weights() const { return weights_; }
    const model_folder::BertConfig& config() const { return config_; }
    const at::Device& device() const { return device_; }

private:
    model_folder::BertConfig config_;
    BertWeights weights_;
    std::array<std::int64_t, api::kEmotionCount> logit_of_emotion_;
    at::Device device_;
};

/// The first GPU that this libtorch can use, else the CPU.
at::Device best_device();

/// "auto", "cpu" or "cuda", as in the settings; a Failure when a GPU is asked for and there is none.
api::outcome<at::Device> device_named(const std::string& name);

}  // namespace nunchi::model
