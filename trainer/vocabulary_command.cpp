#include <sysexits.h>

#include <iostream>

#include "trainer/commands.hpp"

namespace nunchi::trainer {

int run_vocabulary(const VocabularyOptions& options, const std::filesystem::path& output) {
    const auto report = train_vocabulary(options, output);
    if (!report) {
        std::cerr << "nunchi-train vocabulary: " << report.error().message << "\n";
        return exit_code_of(report.error());
    }
    std::cout << output.string() << ": " << report->pieces << " pieces from " << report->sentences
              << " sentences\n";
    return EX_OK;
}

}  // namespace nunchi::trainer
