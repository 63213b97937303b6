// The zip archive that torch.save writes since PyTorch 1.6.
#pragma once

#include <cstddef>
#include <span>

#include "classifier/api/error.hpp"
#include "classifier/weights/torch_tensors.hpp"

namespace nunchi::weights {

/// The tensors of an archive with one top folder, whatever its name: <top>/data.pkl, <top>/data/<key>. The
/// views point into `file` or into what the result owns. errc::not_supported for other archives, such as
/// zipped folders.
api::outcome<TorchTensors> parse_torch_zip(std::span<const std::byte> file);

}  // namespace nunchi::weights
