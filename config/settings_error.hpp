// Broken configuration at start.
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

namespace nunchi::config {

/// All that is wrong with the settings, one sentence each: file and line (or environment variable), key, and
/// what was expected there. what() is these sentences, one a line. No sentence holds a secret.
class SettingsError : public std::runtime_error {
public:
    explicit SettingsError(std::vector<std::string> problems);

    const std::vector<std::string>& problems() const { return problems_; }

private:
    std::vector<std::string> problems_;
};

}  // namespace nunchi::config
