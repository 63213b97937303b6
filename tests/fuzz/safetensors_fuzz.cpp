// uses: nunchi_weights
#include <cstddef>
#include <cstdint>

#include "classifier/weights/safetensors.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto parsed = nunchi::weights::parse_safetensors(std::as_bytes(std::span(data, size)));
    if (!parsed) return 0;
    // Reads every byte of every view, so that a view outside of the input is seen.
    for (const auto& tensor : parsed->tensors) nunchi::weights::first_non_finite(tensor);
    return 0;
}
