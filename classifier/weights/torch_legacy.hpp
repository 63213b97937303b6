// The file that torch.save wrote before PyTorch 1.6, and writes with _use_new_zipfile_serialization=False.
#pragma once

#include <cstddef>
#include <span>

#include "classifier/api/error.hpp"
#include "classifier/weights/torch_tensors.hpp"

namespace nunchi::weights {

/// Whether the file begins with the pickled magic number 0x1950a86a20f9469cfc6c.
bool is_torch_legacy(std::span<const std::byte> file);

/// The tensors of a file of which is_torch_legacy is true: the pickles of magic number, protocol, system,
/// data and keys; then for each key a count (int64) and the elements. The views point into `file` or into
/// what the result owns.
api::outcome<TorchTensors> parse_torch_legacy(std::span<const std::byte> file);

}  // namespace nunchi::weights
