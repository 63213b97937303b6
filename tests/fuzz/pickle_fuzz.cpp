// uses: nunchi_weights
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "classifier/weights/torch_tensors.hpp"

// The storages are as long as the pickle says, up to a limit, so that its tensors can be made.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace nunchi::weights;
    const auto pickle = read_pickle(std::as_bytes(std::span(data, size)), 0);
    if (!pickle) return 0;
    constexpr std::size_t kLargest = 1 << 16;
    const std::vector<std::byte> elements(kLargest);
    const auto find = [&](const PickledStorage& storage) -> nunchi::api::outcome<StorageBytes> {
        const auto wanted = storage.count > kLargest ? kLargest : storage.count * item_size(storage.dtype);
        return StorageBytes{std::span(elements).first(std::min(wanted, kLargest)), 0};
    };
    const auto tensors = tensors_of(*pickle, find, kLargest);
    if (!tensors) return 0;
    // Reads every byte of every view, so that a view outside of its storage is seen.
    for (const auto& tensor : tensors->tensors) first_non_finite(tensor);
    return 0;
}
