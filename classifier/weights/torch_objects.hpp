// The few objects of torch.save that a pickle may name. None of them is code: each is a case of this file.
// https://github.com/pytorch/pytorch/blob/main/torch/_utils.py
#pragma once

#include <optional>
#include <string_view>

#include "classifier/api/error.hpp"
#include "classifier/weights/pickle.hpp"

namespace nunchi::weights {

/// GLOBAL: collections.OrderedDict, torch._utils._rebuild_tensor_v2 and _rebuild_parameter,
/// torch.FloatStorage and its like. errc::not_supported for everything else, with what to do about it.
api::outcome<PickleValue> find_global(std::string_view module, std::string_view name);

/// REDUCE: what `callable(*arguments)` would give. The arguments' references must lie inside of the pickle,
/// which gets a further tensor where one is made.
api::outcome<PickleValue> call(const PickleValue& callable, const PickleTuple& arguments, Pickle& pickle);

/// BINPERSID: ("storage", type, key, location, count), in legacy files with None behind it.
api::outcome<PickleValue> load_persistent(const PickleTuple& id, Pickle& pickle);

}  // namespace nunchi::weights
