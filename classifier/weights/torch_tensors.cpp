#include "classifier/weights/torch_tensors.hpp"

#include <cstring>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "classifier/weights/state_dict.hpp"

namespace nunchi::weights {
namespace {

api::Failure broken(std::string message) {
    return api::failure(api::errc::bad_format, std::move(message));
}

/// Dimensions of length 1 may have any stride.
bool is_row_major(const PickledTensor& tensor) {
    std::int64_t expected = 1;
    for (auto i = tensor.shape.size(); i-- > 0;) {
        if (tensor.shape[i] != 1 && tensor.strides[i] != expected) return false;
        expected *= tensor.shape[i];
    }
    return true;
}

/// Walks the elements in row-major order. `from` is known to hold every one of them.
void copy_elements(const PickledTensor& tensor, std::span<const std::byte> from, std::size_t item,
                   std::span<std::byte> to) {
    std::vector<std::int64_t> index(tensor.shape.size(), 0);
    auto element = static_cast<std::int64_t>(tensor.offset);
    for (std::size_t at = 0; at < to.size(); at += item) {
        std::memcpy(to.data() + at, from.data() + static_cast<std::size_t>(element) * item, item);
        for (auto i = index.size(); i-- > 0;) {
            element += tensor.strides[i];
            if (++index[i] < tensor.shape[i]) break;
            element -= tensor.strides[i] * tensor.shape[i];
            index[i] = 0;
        }
    }
}

class TensorMaker {
public:
    TensorMaker(const Pickle& pickle, const FindStorage& find_storage, std::size_t max_copied)
        : pickle_(pickle), find_storage_(find_storage), copies_left_(max_copied) {}

    api::outcome<void> add(const std::string& name, const PickledTensor& tensor) {
        const auto& storage = pickle_.storages[tensor.storage];
        const auto found = bytes_of(tensor.storage);
        if (!found)
            return api::Failure{found.error().code,
                                "tensor " + in_quotes(name) + ": " + found.error().message};
        const auto item = item_size(storage.dtype);
        const auto size = *byte_size(storage.dtype, tensor.shape);
        TensorView view{name, storage.dtype, tensor.shape, found->file_offset, {}};
        if (size > 0 && !is_row_major(tensor)) {
            if (auto copied = copy(tensor, *found, item, size, view); !copied) return copied;
        } else if (size > 0) {
            view.bytes = found->bytes.subspan(tensor.offset * item, size);
            view.file_offset += tensor.offset * item;
        }
        made_.tensors.push_back(std::move(view));
        return {};
    }

    TorchTensors take() { return std::move(made_); }

private:
    api::outcome<StorageBytes> bytes_of(std::uint32_t index) {
        if (const auto known = known_.find(index); known != known_.end()) return known->second;
        const auto& storage = pickle_.storages[index];
        auto found = find_storage_(storage);
        if (!found) return found.error();
        const auto items = found->bytes.size() / item_size(storage.dtype);
        if (items != storage.count || found->bytes.size() % item_size(storage.dtype) != 0) {
            return broken("storage " + in_quotes(storage.key) + " at file offset " +
                          std::to_string(found->file_offset) + " has " + std::to_string(found->bytes.size()) +
                          " bytes, not those of " + std::to_string(storage.count) + " elements of type " +
                          std::string(name_of(storage.dtype)) + "; the file is damaged");
        }
        known_.emplace(index, *found);
        return *found;
    }

    api::outcome<void> copy(const PickledTensor& tensor, const StorageBytes& storage, std::size_t item,
                            std::size_t size, TensorView& view) {
        // Where a few elements stand for many, a small file would fill the memory.
        if (size > storage.bytes.size() || size > copies_left_) {
            return api::failure(
                api::errc::not_supported,
                "tensor " + in_quotes(view.name) + " of shape " + describe_shape(tensor.shape) +
                    " and strides " + describe_shape(tensor.strides) +
                    " shows elements several times; call .contiguous() on it before it is saved");
        }
        copies_left_ -= size;
        auto& bytes = made_.row_major.emplace_back(size);
        copy_elements(tensor, storage.bytes, item, bytes);
        view.bytes = bytes;
        return {};
    }

    const Pickle& pickle_;
    const FindStorage& find_storage_;
    std::size_t copies_left_;
    std::map<std::uint32_t, StorageBytes> known_;
    TorchTensors made_;
};

}  // namespace

api::outcome<TorchTensors> tensors_of(const Pickle& pickle, const FindStorage& find_storage,
                                      std::size_t max_copied) {
    const auto dict = find_state_dict(pickle);
    if (!dict) return dict.error();
    TensorMaker maker(pickle, find_storage, max_copied);
    std::set<std::string_view> names;
    for (const auto& [key, value] : (*dict)->items) {
        const auto* name = std::get_if<std::string>(&pickle.values[key]);
        const auto* tensor = std::get_if<TensorRef>(&pickle.values[value]);
        if (name == nullptr || tensor == nullptr) {
            return broken("entry " + describe_value(pickle.values[key]) + " of the state_dict is " +
                          describe_value(pickle.values[value]) + ", not a tensor with a name");
        }
        if (!names.insert(*name).second) return broken("tensor " + in_quotes(*name) + " is there twice");
        if (auto added = maker.add(*name, pickle.tensors[tensor->index]); !added) return added.error();
    }
    return maker.take();
}

}  // namespace nunchi::weights
