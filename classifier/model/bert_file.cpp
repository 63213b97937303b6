#include "classifier/model/bert_file.hpp"

#include <ATen/ops/empty.h>
#include <ATen/ops/isfinite.h>

#include <cstring>
#include <map>
#include <string_view>

#include "classifier/weights/safetensors.hpp"

namespace nunchi::model {
namespace {

using Views = std::map<std::string, const weights::TensorView*>;

void remove_prefix(std::string& name, std::string_view prefix) {
    if (name.starts_with(prefix)) name.erase(0, prefix.size());
}

void replace_suffix(std::string& name, std::string_view old_suffix, std::string_view new_suffix) {
    if (name.ends_with(old_suffix))
        name.replace(name.size() - old_suffix.size(), old_suffix.size(), new_suffix);
}

/// The name in today's BertForSequenceClassification of a tensor as older or smaller files call it.
std::string canonical_name(std::string name) {
    remove_prefix(name, "module.");
    replace_suffix(name, "LayerNorm.gamma", "LayerNorm.weight");
    replace_suffix(name, "LayerNorm.beta", "LayerNorm.bias");
    for (const std::string_view part : {"embeddings.", "encoder.", "pooler."}) {
        if (name.starts_with(part)) return "bert." + name;
    }
    return name;
}

bool is_ignored(const std::string& name) {
    return name == "bert.embeddings.position_ids" || name.starts_with("cls.");
}

std::optional<at::ScalarType> scalar_type(weights::Dtype dtype) {
    switch (dtype) {
        case weights::Dtype::f64: return at::kDouble;
        case weights::Dtype::f32: return at::kFloat;
        case weights::Dtype::f16: return at::kHalf;
        case weights::Dtype::bf16: return at::kBFloat16;
        default: return std::nullopt;
    }
}

/// Collects what is wrong; a file of another model has hundreds of differences, so only the first few are
/// named.
class Problems {
public:
    void add(std::string problem) {
        if (++count_ <= kNamed) text_ += (text_.empty() ? "" : "; ") + std::move(problem);
    }

    bool any() const { return count_ > 0; }

    api::Failure failure(const std::filesystem::path& file) const {
        auto message = file.string() + " does not fit config.json: " + text_;
        if (count_ > kNamed) message += "; and " + std::to_string(count_ - kNamed) + " more";
        return api::failure(api::errc::bad_format,
                            message + ". Check that both files belong to the same model");
    }

private:
    static constexpr std::size_t kNamed = 12;
    std::string text_;
    std::size_t count_ = 0;
};

Views views_by_name(const weights::SafetensorsFile& file, Problems& problems) {
    Views views;
    for (const auto& view : file.tensors()) {
        const auto name = canonical_name(view.name);
        if (is_ignored(name)) continue;
        if (!views.emplace(name, &view).second) problems.add(view.name + " is there twice, as " + name);
    }
    return views;
}

void check_against(const std::vector<NamedSlot>& slots, Views views, Problems& problems) {
    for (const auto& slot : slots) {
        const auto found = views.find(slot.name);
        if (found == views.end()) {
            problems.add(slot.name + " is missing");
            continue;
        }
        const auto& view = *found->second;
        if (view.shape != slot.shape) {
            problems.add(slot.name + " has shape " + weights::describe_shape(view.shape) + ", expected " +
                         weights::describe_shape(slot.shape));
        } else if (!scalar_type(view.dtype)) {
            problems.add(slot.name + " is not of type F32, F16, BF16 or F64");
        } else if (const auto bad = weights::first_non_finite(view)) {
            problems.add(slot.name + " holds NaN or infinity at element " + std::to_string(*bad));
        }
        views.erase(found);
    }
    for (const auto& [name, view] : views) problems.add(name + " is unexpected");
}

void copy_into(const NamedSlot& slot, const weights::TensorView& view, Problems& problems) {
    // The buffer's alignment is whatever the file gives, so the bytes are copied before they are read as
    // numbers.
    auto raw = at::empty(view.shape, *scalar_type(view.dtype));
    std::memcpy(raw.mutable_data_ptr(), view.bytes.data(), view.bytes.size());
    const auto rows = slot.tensor->slice(0, slot.first_row, slot.first_row + slot.shape.front()).copy_(raw);
    const bool may_overflow = view.dtype == weights::Dtype::f64;
    if (may_overflow && !at::isfinite(rows).all().item<bool>()) {
        problems.add(slot.name + " holds a value beyond the range of fp32");
    }
}

}  // namespace

api::outcome<BertWeights> load_bert(const std::filesystem::path& path, const model_folder::BertConfig& config,
                                    Head head) {
    const auto file = weights::SafetensorsFile::open(path);
    if (!file) return file.error();
    Problems problems;
    const auto views = views_by_name(*file, problems);

    auto present = config;
    if (head == Head::optional && !views.contains("classifier.weight")) present.labels.clear();
    // Checked before anything is allocated: the sizes in config.json are as foreign as the file.
    BertWeights weights;
    check_against(named_slots(weights, present), views, problems);
    if (problems.any()) return problems.failure(path);
    weights = empty_weights(present);
    for (const auto& slot : named_slots(weights, present)) {
        copy_into(slot, *views.at(slot.name), problems);
    }
    if (problems.any()) return problems.failure(path);
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
