// Where in a checkpoint the model's weights are.
#pragma once

#include "classifier/api/error.hpp"
#include "classifier/weights/pickle.hpp"

namespace nunchi::weights {

/// The dict at the pickle's root, or the one that it holds as "model", "state_dict" or "model_state_dict"; it
/// has a tensor at least. errc::bad_format names what the file holds instead. The pointer lives as long as
/// `pickle`.
api::outcome<const PickleDict*> find_state_dict(const Pickle& pickle);

}  // namespace nunchi::weights
