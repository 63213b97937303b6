// The checks that a model must pass before it serves.
#pragma once

#include <iosfwd>

#include "classifier/api/error.hpp"
#include "classifier/model_folder/model_folder.hpp"

namespace nunchi::cli {

/// Loads what the folder holds and repeats its golden sentences. Prints a line for each check that passes; a
/// Failure tells of the first that does not.
api::outcome<void> check_model(const model_folder::ModelFolder& folder, std::ostream& out);

}  // namespace nunchi::cli
