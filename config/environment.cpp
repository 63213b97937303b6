#include "config/environment.hpp"

#include <unistd.h>

namespace nunchi::config {

Environment process_environment() {
    Environment variables;
    for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
        const std::string_view pair(*entry);
        const auto equals = pair.find('=');
        if (equals != std::string_view::npos)
            variables.emplace(pair.substr(0, equals), pair.substr(equals + 1));
    }
    return variables;
}

std::optional<std::string> value_of(const Environment& environment, std::string_view name) {
    const auto found = environment.find(name);
    if (found == environment.end() || found->second.empty()) return std::nullopt;
    return found->second;
}

}  // namespace nunchi::config
