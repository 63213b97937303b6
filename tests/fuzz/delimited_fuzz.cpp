// uses: nunchi_data
#include <cstddef>
#include <cstdint>
#include <sstream>

#include "trainer/data/delimited.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    std::istringstream input(std::string(reinterpret_cast<const char*>(data) + 1, size - 1));
    const bool quotes = (data[0] & 1) != 0;
    const char delimiter = (data[0] & 2) != 0 ? '\t' : ',';
    nunchi::data::DelimitedReader reader(input, {delimiter, quotes, 1000, 100});
    for (auto row = reader.next(); row && *row; row = reader.next()) {
        // A row takes at least one byte, so the loop ends.
        if ((*row)->fields.empty()) __builtin_trap();
    }
    return 0;
}
