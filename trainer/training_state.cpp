#include "trainer/training_state.hpp"

#include <ATen/Context.h>
#include <ATen/ops/empty.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <span>
#include <sstream>

#include "classifier/weights/safetensors.hpp"

namespace nunchi::trainer {
namespace {

constexpr const char* kPosition = "position";
constexpr const char* kRun = "run";
constexpr const char* kGenerator = "generator";  // of dropout

api::Failure not_ours(const std::filesystem::path& path) {
    return api::failure(
        api::errc::bad_format,
        path.string() + ": is no state of an unfinished training; remove it and start without --resume");
}

at::Tensor tensor_of(const weights::TensorView& view) {
    auto tensor = at::empty(view.shape, view.dtype == weights::Dtype::u8 ? at::kByte : at::kFloat);
    std::memcpy(tensor.mutable_data_ptr(), view.bytes.data(), view.bytes.size());
    return tensor;
}

}  // namespace

nlohmann::ordered_json to_json(const EpochReport& report) {
    nlohmann::ordered_json json{{"epoch", report.epoch},
                                {"training_loss", report.training_loss},
                                {"training_accuracy", report.training_accuracy}};
    if (report.validation) {
        json["validation_accuracy"] = report.validation->accuracy;
        json["validation_macro_f1"] = report.validation->macro_f1;
    }
    return json;
}

EpochReport epoch_report_from(const nlohmann::ordered_json& json) {
    EpochReport report{json.at("epoch"), json.at("training_loss"), json.at("training_accuracy"),
                       std::nullopt};
    if (json.contains("validation_accuracy")) {
        report.validation = ValidationScore{json["validation_accuracy"], json.at("validation_macro_f1")};
    }
    return report;
}

api::outcome<void> save_training_state(const std::filesystem::path& path, const TrainingState& state,
                                       const nlohmann::ordered_json& run) {
    std::vector<at::Tensor> owned;  // keeps the copies alive until the file is written
    std::vector<weights::TensorView> views;
    for (const auto& [name, tensor] : state.tensors) {
        owned.push_back(tensor.detach().to(at::kCPU).contiguous());
        const auto& copy = owned.back();
        const auto bytes = std::span(static_cast<const char*>(copy.const_data_ptr()), copy.nbytes());
        views.push_back({name, copy.scalar_type() == at::kByte ? weights::Dtype::u8 : weights::Dtype::f32,
                         copy.sizes().vec(), 0, std::as_bytes(bytes)});
    }
    return weights::write_safetensors(path, views, {{kPosition, state.position.dump()}, {kRun, run.dump()}});
}

api::outcome<SavedTraining> load_training_state(const std::filesystem::path& path) {
    const auto file = weights::SafetensorsFile::open(path);
    if (!file) return file.error();
    const auto& metadata = file->metadata();
    if (!metadata.contains(kPosition) || !metadata.contains(kRun)) return not_ours(path);
    SavedTraining saved;
    saved.state.position = nlohmann::ordered_json::parse(metadata.at(kPosition), nullptr, false);
    saved.run = nlohmann::ordered_json::parse(metadata.at(kRun), nullptr, false);
    if (!saved.state.position.is_object() || !saved.run.is_object()) return not_ours(path);
    for (const auto& view : file->tensors()) {
        if (view.dtype != weights::Dtype::f32 && view.dtype != weights::Dtype::u8) return not_ours(path);
        saved.state.tensors.emplace_back(view.name, tensor_of(view));
    }
    return saved;
}

api::outcome<void> copy_tensors(const NamedTensors& saved, const NamedTensors& live) {
    const std::map<std::string, at::Tensor> by_name(saved.begin(), saved.end());
    for (const auto& [name, tensor] : live) {
        const auto found = by_name.find(name);
        if (found == by_name.end() || found->second.sizes() != tensor.sizes()) {
            return api::failure(api::errc::bad_format,
                                "the saved state lacks " + name + " in the model's shape; it belongs to " +
                                    "another model: remove it and start without --resume");
        }
    }
    const c10::NoGradGuard no_grad;
    for (const auto& [name, tensor] : live) tensor.detach().copy_(by_name.at(name));
    return {};
}

std::pair<std::string, at::Tensor> generator_state(const at::Device& device) {
    const auto generator = at::globalContext().defaultGenerator(device);
    return {kGenerator, generator.get_state()};
}

void restore_generator(const NamedTensors& saved, const at::Device& device) {
    auto generator = at::globalContext().defaultGenerator(device);
    for (const auto& [name, tensor] : saved) {
        if (name == kGenerator) generator.set_state(tensor);
    }
}

std::string to_text(const std::mt19937& random) {
    std::ostringstream text;
    text << random;
    return text.str();
}

std::mt19937 random_from(const std::string& text) {
    std::mt19937 random;
    std::istringstream(text) >> random;
    return random;
}

api::Failure unreadable_state() {
    return api::failure(api::errc::bad_format,
                        "the saved state cannot be read; remove it and start without --resume");
}

}  // namespace nunchi::trainer
