#include "classifier/model/emotion_model.hpp"

#include <ATen/Context.h>
#include <c10/core/InferenceMode.h>

#include "classifier/model/bert.hpp"
#include "classifier/model/bert_file.hpp"
#include "classifier/model_folder/emotion_labels.hpp"

namespace nunchi::model {
namespace {

// A hint for oneDNN's layout: about one full CPU batch. Every other number of rows works with the same copy.
constexpr std::int64_t kExpectedRows = 512;

void convert(BertWeights& weights, Precision precision) {
    if (precision == Precision::fp32) return;
    const auto head = weights.classifier;
    transform(weights, [](const at::Tensor& tensor) { return tensor.to(at::kBFloat16); });
    weights.classifier = head;
}

}  // namespace

std::string name_of(Precision precision) {
    return precision == Precision::bf16 ? "bf16" : "fp32";
}

api::outcome<std::shared_ptr<const EmotionModel>> EmotionModel::load(const model_folder::ModelFolder& folder,
                                                                     const at::Device& device,
                                                                     Precision precision) {
    const auto labels = model_folder::emotion_labels(folder.config);
    if (!labels) return labels.error();
    auto weights = load_bert(folder.weights_file(), folder.config, Head::required);
    if (!weights) return weights.error();

    const c10::InferenceMode inference;
    convert(*weights, precision);
    if (device.is_cpu()) {
        prepack(*weights, kExpectedRows);
    } else {
        transform(*weights, [&](const at::Tensor& tensor) { return tensor.to(device); });
    }
    return std::make_shared<const EmotionModel>(folder.config, std::move(*weights), labels->logit_of_emotion,
                                                device);
}

EmotionModel::EmotionModel(model_folder::BertConfig config, BertWeights weights,
                           std::array<std::int64_t, api::kEmotionCount> rows, const at::Device& device)
    : config_(std::move(config)), weights_(std::move(weights)), logit_of_emotion_(rows), device_(device) {}

boost::system::error_code EmotionModel::check(std::span<const std::int32_t> ids) const {
    if (ids.empty()) return api::errc::empty_input;
    if (static_cast<std::int64_t>(ids.size()) > config_.max_position_embeddings)
        return api::errc::input_too_long;
    for (const auto id : ids) {
        if (id < 0 || id >= config_.vocab_size) return api::errc::bad_token_id;
    }
    return {};
}

std::vector<EmotionLogits> EmotionModel::logits(std::span<const Message> messages) const {
    const c10::InferenceMode inference;
    const auto batch = pack(messages, device_, RowCount::rounded);
    const auto logits = forward(weights_, config_, batch).logits.to(at::kCPU, at::kFloat).contiguous();
    const auto rows = logits.accessor<float, 2>();
    std::vector<EmotionLogits> by_emotion(messages.size());
    for (std::size_t message = 0; message < messages.size(); ++message) {
        for (std::size_t emotion = 0; emotion < api::kEmotionCount; ++emotion) {
            by_emotion[message][emotion] =
                rows[static_cast<std::int64_t>(message)][logit_of_emotion_[emotion]];
        }
    }
    return by_emotion;
}

at::Device best_device() {
    return at::hasCUDA() ? at::Device(at::kCUDA, 0) : at::Device(at::kCPU);
}

api::outcome<at::Device> device_named(const std::string& name) {
    if (name == "auto") return best_device();
    if (name == "cpu") return at::Device(at::kCPU);
    if (name != "cuda") {
        return api::failure(api::errc::not_supported, "device \"" + name + "\": expected auto, cpu or cuda");
    }
    if (!at::hasCUDA()) {
        return api::failure(
            api::errc::not_supported,
            "device \"cuda\": this libtorch finds no GPU; use auto or cpu, or point NUNCHI_TORCH_DIR "
            "at a CUDA build of libtorch and check the driver with nvidia-smi");
    }
    return at::Device(at::kCUDA, 0);
}

}  // namespace nunchi::model
