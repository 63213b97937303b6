#include "classifier/model/bert_tensors.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "classifier/model/bert_weights.hpp"

namespace nunchi::model {
namespace {

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

void remove_prefix(std::string& name, std::string_view prefix) {
    if (name.starts_with(prefix)) name.erase(0, prefix.size());
}

void replace_suffix(std::string& name, std::string_view old_suffix, std::string_view new_suffix) {
    if (name.ends_with(old_suffix))
        name.replace(name.size() - old_suffix.size(), old_suffix.size(), new_suffix);
}

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

}  // namespace

api::outcome<std::vector<weights::TensorView>> bert_tensors(std::span<const weights::TensorView> tensors,
                                                            const std::filesystem::path& file) {
    Problems problems;
    std::vector<weights::TensorView> found;
    std::set<std::string> names;
    for (const auto& tensor : tensors) {
        auto name = canonical_name(tensor.name);
        if (is_ignored(name)) continue;
        if (!names.insert(name).second) {
            problems.add(tensor.name + " is there twice, as " + name);
            continue;
        }
        found.push_back(tensor);
        found.back().name = std::move(name);
    }
    if (problems.any()) return problems.failure(file);
    return found;
}

const weights::TensorView* find_tensor(std::span<const weights::TensorView> tensors, std::string_view name) {
    const auto found = std::ranges::find(tensors, name, &weights::TensorView::name);
    return found == tensors.end() ? nullptr : &*found;
}

api::outcome<void> check_bert_tensors(std::span<const weights::TensorView> tensors,
                                      const model_folder::BertConfig& config,
                                      const std::filesystem::path& file) {
    Problems problems;
    std::map<std::string_view, const weights::TensorView*> left;
    for (const auto& tensor : tensors) left.emplace(tensor.name, &tensor);
    BertWeights names_only;
    for (const auto& slot : named_slots(names_only, config)) {
        const auto found = left.find(slot.name);
        if (found == left.end()) {
            problems.add(slot.name + " is missing");
            continue;
        }
        const auto& tensor = *found->second;
        if (tensor.shape != slot.shape) {
            problems.add(slot.name + " has shape " + weights::describe_shape(tensor.shape) + ", expected " +
                         weights::describe_shape(slot.shape));
        } else if (!weights::is_floating(tensor.dtype)) {
            problems.add(slot.name + " is not of type F32, F16, BF16 or F64");
        } else if (const auto bad = weights::first_non_finite(tensor)) {
            problems.add(slot.name + " holds NaN or infinity at element " + std::to_string(*bad));
        }
        left.erase(found);
    }
    for (const auto& [name, tensor] : left) problems.add(std::string(name) + " is unexpected");
    if (problems.any()) return problems.failure(file);
    return {};
}

}  // namespace nunchi::model
