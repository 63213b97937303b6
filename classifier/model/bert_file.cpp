#include "classifier/model/bert_file.hpp"

#include <ATen/ops/empty.h>
#include <ATen/ops/isfinite.h>

#include <cstring>

#include "classifier/model/bert_tensors.hpp"
#include "classifier/weights/safetensors.hpp"

namespace nunchi::model {
namespace {

std::optional<at::ScalarType> scalar_type(weights::Dtype dtype) {
    switch (dtype) {
        case weights::Dtype::f64: return at::kDouble;
        case weights::Dtype::f32: return at::kFloat;
        case weights::Dtype::f16: return at::kHalf;
        case weights::Dtype::bf16: return at::kBFloat16;
        default: return std::nullopt;
    }
}

/// Whether fp32 can hold every value.
bool copy_into(const NamedSlot& slot, const weights::TensorView& view) {
    // The buffer's alignment is whatever the file gives, so the bytes are copied before they are read as
    // numbers.
    auto raw = at::empty(view.shape, *scalar_type(view.dtype));
    std::memcpy(raw.mutable_data_ptr(), view.bytes.data(), view.bytes.size());
    const auto rows = slot.tensor->slice(0, slot.first_row, slot.first_row + slot.shape.front()).copy_(raw);
    const bool may_overflow = view.dtype == weights::Dtype::f64;
    return !may_overflow || at::isfinite(rows).all().item<bool>();
}

}  // namespace

api::outcome<BertWeights> load_bert(const std::filesystem::path& path, const model_folder::BertConfig& config,
                                    Head head) {
    const auto file = weights::SafetensorsFile::open(path);
    if (!file) return file.error();
    const auto tensors = bert_tensors(file->tensors(), path);
    if (!tensors) return tensors.error();

    auto present = config;
    if (head == Head::optional && find_tensor(*tensors, "classifier.weight") == nullptr)
        present.labels.clear();
    // Checked before anything is allocated: the sizes in config.json are as foreign as the file.
    if (const auto checked = check_bert_tensors(*tensors, present, path); !checked) return checked.error();
    auto weights = empty_weights(present);
    for (const auto& slot : named_slots(weights, present)) {
        if (copy_into(slot, *find_tensor(*tensors, slot.name))) continue;
        return api::failure(api::errc::bad_format,
                            path.string() + ": " + slot.name +
                                " holds a value beyond the range of fp32; train the model again, "
                                "or store it as F32");
    }
    return weights;
}

api::outcome<void> save_bert(const std::filesystem::path& path, BertWeights& weights,
                             const model_folder::BertConfig& config, StoredAs stored_as) {
    const auto type = stored_as == StoredAs::f16 ? at::kHalf : at::kFloat;
    std::vector<at::Tensor> owned;  // Keeps the converted tensors alive until the file is written.
    std::vector<weights::TensorView> tensors;
    for (const auto& slot : named_slots(weights, config)) {
        const auto rows = slot.tensor->detach().slice(0, slot.first_row, slot.first_row + slot.shape.front());
        owned.push_back(rows.to(at::kCPU, type).contiguous());
        if (!at::isfinite(owned.back()).all().item<bool>()) {
            return api::failure(api::errc::bad_format,
                                slot.name +
                                    " holds values that are no finite numbers in the stored type; store " +
                                    "the model as f32");
        }
        const auto& tensor = owned.back();
        tensors.push_back(
            {slot.name, stored_as == StoredAs::f16 ? weights::Dtype::f16 : weights::Dtype::f32, slot.shape, 0,
             std::as_bytes(std::span(static_cast<const char*>(tensor.const_data_ptr()), tensor.nbytes()))});
    }
    return weights::write_safetensors(path, tensors, {{"format", "pt"}});
}

}  // namespace nunchi::model
