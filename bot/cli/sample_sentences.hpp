// What an imported model makes of a few sentences, for a person to judge before it serves.
#pragma once

#include <iosfwd>

#include "classifier/api/error.hpp"
#include "classifier/model_folder/model_folder.hpp"

namespace nunchi::cli {

/// Classifies seven sentences of our own, one for each emotion, and prints each with the emotion that is
/// meant and the two most probable ones, then how many were read as meant. A wrong order of labels shows
/// here.
api::outcome<void> show_sample_sentences(const model_folder::ModelFolder& folder, std::ostream& out);

}  // namespace nunchi::cli
