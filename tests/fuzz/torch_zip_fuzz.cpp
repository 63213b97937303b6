// uses: nunchi_weights
#include <cstddef>
#include <cstdint>

#include "classifier/weights/torch_file.hpp"

// Legacy files, too: the first bytes tell.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto parsed = nunchi::weights::parse_torch(std::as_bytes(std::span(data, size)));
    if (!parsed) return 0;
    for (const auto& tensor : parsed->tensors) nunchi::weights::first_non_finite(tensor);
    return 0;
}
