#include "classifier/weights/torch_objects.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace nunchi::weights {
namespace {

api::Failure broken(std::string message) {
    return api::failure(api::errc::bad_format, std::move(message));
}

template <typename T>
const T* argument(const PickleTuple& arguments, std::size_t index, const Pickle& pickle) {
    return index < arguments.items.size() ? std::get_if<T>(&pickle.values[arguments.items[index]]) : nullptr;
}

/// A tuple of at most 64 whole numbers, none of them negative.
std::optional<std::vector<std::int64_t>> sizes(const PickleTuple* tuple, const Pickle& pickle) {
    if (tuple == nullptr || tuple->items.size() > kMaxRank) return std::nullopt;
    std::vector<std::int64_t> numbers;
    for (std::size_t i = 0; i < tuple->items.size(); ++i) {
        const auto* number = argument<std::int64_t>(*tuple, i, pickle);
        if (number == nullptr || *number < 0) return std::nullopt;
        numbers.push_back(*number);
    }
    return numbers;
}

/// The number of elements from the start of the storage to the end of the tensor's last one; nothing when it
/// overflows.
std::optional<std::int64_t> elements_reached(std::int64_t offset, const PickledTensor& tensor) {
    auto last = offset;
    for (std::size_t i = 0; i < tensor.shape.size(); ++i) {
        if (tensor.shape[i] == 0) return offset;
        std::int64_t step = 0;
        if (__builtin_mul_overflow(tensor.shape[i] - 1, tensor.strides[i], &step) ||
            __builtin_add_overflow(last, step, &last)) {
            return std::nullopt;
        }
    }
    if (__builtin_add_overflow(last, std::int64_t{1}, &last)) return std::nullopt;
    return last;
}

api::outcome<void> check_inside(const PickledTensor& tensor, std::int64_t offset,
                                const PickledStorage& storage) {
    const auto size = byte_size(storage.dtype, tensor.shape);
    const auto reached = elements_reached(offset, tensor);
    if (size && reached && static_cast<std::uint64_t>(*reached) <= storage.count) return {};
    return broken("a tensor of shape " + describe_shape(tensor.shape) + " and strides " +
                  describe_shape(tensor.strides) + " from element " + std::to_string(offset) +
                  " does not fit in storage " + in_quotes(storage.key) + " of " +
                  std::to_string(storage.count) + " elements; the file is damaged or made to do harm");
}

/// _rebuild_tensor_v2(storage, offset, size, stride, requires_grad, hooks[, metadata])
api::outcome<PickleValue> rebuild_tensor(const PickleTuple& arguments, Pickle& pickle) {
    constexpr std::size_t kWithoutMetadata = 6;
    const auto count = arguments.items.size();
    const auto* storage = argument<StorageRef>(arguments, 0, pickle);
    const auto* offset = argument<std::int64_t>(arguments, 1, pickle);
    auto shape = sizes(argument<PickleTuple>(arguments, 2, pickle), pickle);
    auto strides = sizes(argument<PickleTuple>(arguments, 3, pickle), pickle);
    const bool is_whole = (count == kWithoutMetadata || count == kWithoutMetadata + 1) &&
                          storage != nullptr && offset != nullptr && *offset >= 0 && shape && strides &&
                          shape->size() == strides->size();
    if (!is_whole) return broken("the arguments of _rebuild_tensor_v2 are not those of a tensor");
    // It would tell of views whose values are the stored ones with another sign.
    const auto* metadata = argument<PickleDict>(arguments, kWithoutMetadata, pickle);
    const bool is_plain = count == kWithoutMetadata ||
                          argument<PickleNone>(arguments, kWithoutMetadata, pickle) ||
                          (metadata != nullptr && metadata->items.empty());
    if (!is_plain) {
        return api::failure(
            api::errc::not_supported,
            "a tensor is a conjugated or negated view; call .resolve_conj().resolve_neg() on it "
            "before it is saved");
    }
    if (pickle.tensors.size() == kMaxPickleTensors) return broken("more than 65,536 tensors");
    PickledTensor tensor{storage->index, static_cast<std::size_t>(*offset), std::move(*shape),
                         std::move(*strides)};
    if (auto inside = check_inside(tensor, *offset, pickle.storages[storage->index]); !inside)
        return inside.error();
    pickle.tensors.push_back(std::move(tensor));
    return PickleValue(TensorRef{static_cast<std::uint32_t>(pickle.tensors.size() - 1)});
}

/// _rebuild_parameter(tensor, requires_grad, hooks): the tensor itself.
api::outcome<PickleValue> rebuild_parameter(const PickleTuple& arguments, const Pickle& pickle) {
    const auto* tensor = argument<TensorRef>(arguments, 0, pickle);
    if (tensor == nullptr || arguments.items.size() != 3)
        return broken("the arguments of _rebuild_parameter are not those of a parameter");
    return PickleValue(*tensor);
}

}  // namespace

api::outcome<PickleValue> call(const PickleValue& callable, const PickleTuple& arguments, Pickle& pickle) {
    const auto* known = std::get_if<PickleCallable>(&callable);
    if (known == nullptr) {
        return broken("it calls " + describe_value(callable) +
                      ", and only OrderedDict, _rebuild_tensor_v2 and _rebuild_parameter may be called");
    }
    switch (*known) {
        case PickleCallable::rebuild_tensor_v2: return rebuild_tensor(arguments, pickle);
        case PickleCallable::rebuild_parameter: return rebuild_parameter(arguments, pickle);
        case PickleCallable::ordered_dict: break;
    }
    if (!arguments.items.empty())
        return broken("OrderedDict is called with arguments; save the file with Python 3");
    return PickleValue(PickleDict{.items = {}, .is_ordered = true});
}

api::outcome<PickleValue> load_persistent(const PickleTuple& id, Pickle& pickle) {
    const auto* kind = argument<std::string>(id, 0, pickle);
    const auto* type = argument<StorageType>(id, 1, pickle);
    const auto* key = argument<std::string>(id, 2, pickle);
    const auto* location = argument<std::string>(id, 3, pickle);
    const auto* count = argument<std::int64_t>(id, 4, pickle);
    const bool is_whole = kind != nullptr && *kind == "storage" && type != nullptr && key != nullptr &&
                          location != nullptr && count != nullptr && *count >= 0;
    if (!is_whole || id.items.size() > 6) return broken("it describes no storage of a usual number type");
    if (id.items.size() == 6 && argument<PickleNone>(id, 5, pickle) == nullptr)
        return broken("a storage is a view of another one; save the file with PyTorch 1.6 or newer");

    const auto next = static_cast<std::uint32_t>(pickle.storages.size());
    const auto [place, is_new] = pickle.storage_of_key.emplace(*key, next);
    if (is_new) pickle.storages.push_back({type->dtype, *key, static_cast<std::size_t>(*count)});
    const auto& storage = pickle.storages[place->second];
    if (storage.dtype != type->dtype || storage.count != static_cast<std::size_t>(*count))
        return broken("storage " + in_quotes(*key) + " comes with two types or sizes");
    return PickleValue(StorageRef{place->second});
}

}  // namespace nunchi::weights
