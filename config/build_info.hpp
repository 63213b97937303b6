// What this build is made of, for --version, the log's first line and error reports.
#pragma once

#include <string>
#include <string_view>

namespace nunchi::config {

struct BuildInfo {
    std::string_view version;   // "0.1.0", the CMake project's
    std::string_view commit;    // twelve hexadecimal digits, "-dirty" behind them; empty when git did not say
    std::string_view compiler;  // "GNU 12.2.0"
    std::string_view build_type;  // "Release"; empty for a build without a type
};

const BuildInfo& build_info();

/// "nunchi 0.1.0 (0123456789ab, GNU 12.2.0, Release)", without what is not known.
std::string version_line(std::string_view program, const BuildInfo& info = build_info());

}  // namespace nunchi::config
