// Where a model comes from, as its nunchi.json tells it.
#pragma once

#include <nlohmann/json.hpp>

namespace nunchi::trainer {

/// Which programs made the model: Nunchi's version and commit, and the versions of the libraries that decide
/// about ids and numbers.
nlohmann::ordered_json software_provenance();

}  // namespace nunchi::trainer
