// Where a model comes from, as its nunchi.json tells it.
#pragma once

#include <nlohmann/json.hpp>

namespace nunchi::trainer {

/// Which programs made the model: Nunchi's version and commit, libtorch's version.
nlohmann::ordered_json software_provenance();

}  // namespace nunchi::trainer
