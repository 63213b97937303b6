// A secret kept in a file of its own, as Docker, Kubernetes and systemd hand them out.
#pragma once

#include <filesystem>
#include <string>

#include "config/secret.hpp"

namespace nunchi::config {

/// problem: why there is no secret. warning: what its owner should mend. Both are sentences that name the
/// file; both are empty when all is well.
struct SecretFile {
    Secret secret;
    std::string problem;
    std::string warning;
};

/// The file's content without its one trailing line break. A missing, unreadable or empty file, and one
/// longer than 64 KiB, is a problem; a file that everybody may read is a warning.
SecretFile read_secret_file(const std::filesystem::path& file);

}  // namespace nunchi::config
