// From an unpickled state_dict and its storages to tensors.
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "classifier/api/error.hpp"
#include "classifier/weights/pickle.hpp"
#include "classifier/weights/tensor_view.hpp"

namespace nunchi::weights {

/// The bytes of a storage and where they begin in the file. Their number must be checked by whoever finds
/// them.
struct StorageBytes {
    std::span<const std::byte> bytes;
    std::size_t file_offset = 0;
};

/// Asked once for each storage that a tensor of the model uses.
using FindStorage = std::function<api::outcome<StorageBytes>(const PickledStorage&)>;

struct TorchTensors {
    std::vector<TensorView> tensors;                // in the order of the state_dict
    std::vector<std::vector<std::byte>> row_major;  // owns the bytes of tensors that were stored with strides
};

/// The tensors of the state_dict at the pickle's root, or of the one that it holds as "model", "state_dict"
/// or "model_state_dict"; what stands beside that, such as "optimizer", is left alone. Tensors that do not
/// lie in row-major order are copied, at most `max_copied` bytes of them. errc::bad_format: no state_dict, an
/// entry that is no tensor, a name that comes twice, a storage of another size; errc::not_supported: elements
/// that are stored once and shown several times (expand).
api::outcome<TorchTensors> tensors_of(const Pickle& pickle, const FindStorage& find_storage,
                                      std::size_t max_copied);

}  // namespace nunchi::weights
