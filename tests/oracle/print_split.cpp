// print_split ROWS SEED: the indices of the test part on one line, those of the training part on the next.
#include <cstdlib>
#include <iostream>

#include "trainer/data/split.hpp"

namespace {

void print(const std::vector<std::uint32_t>& indices) {
    for (const std::uint32_t index : indices) std::cout << index << ' ';
    std::cout << '\n';
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) return EXIT_FAILURE;
    const auto split =
        nunchi::data::split_like_notebook(std::strtoull(argv[1], nullptr, 10), 0.2,
                                          static_cast<std::uint32_t>(std::strtoul(argv[2], nullptr, 10)));
    if (!split) {
        std::cerr << split.error().message << '\n';
        return EXIT_FAILURE;
    }
    print(split->test);
    print(split->train);
}
