#include "config/build_info.hpp"

namespace nunchi::config {

std::string version_line(std::string_view program, const BuildInfo& info) {
    std::string details;
    for (const std::string_view detail : {info.commit, info.compiler, info.build_type}) {
        if (detail.empty()) continue;
        if (!details.empty()) details += ", ";
        details += detail;
    }
    std::string line = std::string(program) + " " + std::string(info.version);
    if (!details.empty()) line += " (" + details + ")";
    return line;
}

}  // namespace nunchi::config
