#include "classifier/weights/state_dict.hpp"

#include <array>
#include <string>
#include <string_view>

namespace nunchi::weights {
namespace {

/// What PyTorch's tutorials, Lightning and the sibling notebooks call the model's part of a checkpoint.
constexpr std::array<std::string_view, 3> kModelKeys{"model", "state_dict", "model_state_dict"};

const PickleDict* as_dict(const Pickle& pickle, PickleRef ref) {
    return std::get_if<PickleDict>(&pickle.values[ref]);
}

bool holds_tensor(const Pickle& pickle, const PickleDict& dict) {
    for (const auto& [key, value] : dict.items) {
        if (std::holds_alternative<TensorRef>(pickle.values[value])) return true;
    }
    return false;
}

const PickleDict* model_part(const Pickle& pickle, const PickleDict& root) {
    for (const auto wanted : kModelKeys) {
        for (const auto& [key, value] : root.items) {
            const auto* name = std::get_if<std::string>(&pickle.values[key]);
            const auto* part = as_dict(pickle, value);
            if (name != nullptr && *name == wanted && part != nullptr && holds_tensor(pickle, *part))
                return part;
        }
    }
    return holds_tensor(pickle, root) ? &root : nullptr;
}

std::string describe_keys(const Pickle& pickle, const PickleDict& dict) {
    constexpr std::size_t kShown = 8;
    std::string text;
    for (std::size_t i = 0; i < dict.items.size() && i < kShown; ++i)
        text += (i == 0 ? "" : ", ") + describe_value(pickle.values[dict.items[i].first]);
    return text + (dict.items.size() > kShown ? ", …" : "");
}

}  // namespace

api::outcome<const PickleDict*> find_state_dict(const Pickle& pickle) {
    constexpr std::string_view kAdvice =
        "; save the weights with torch.save(model.state_dict(), \"model.pt\")";
    const auto* root = as_dict(pickle, pickle.root);
    if (root == nullptr) {
        return api::failure(api::errc::bad_format, "the file holds " +
                                                       describe_value(pickle.values[pickle.root]) +
                                                       ", not a state_dict" + std::string(kAdvice));
    }
    if (const auto* part = model_part(pickle, *root)) return part;
    return api::failure(api::errc::bad_format, "the file holds a dict without tensors (its keys: " +
                                                   describe_keys(pickle, *root) + ")" + std::string(kAdvice));
}

}  // namespace nunchi::weights
