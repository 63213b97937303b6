// The "normalizer" object of tokenizer.json: steps 2 to 5 of KoBERTTokenizer up to the Viterbi search.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string_view>

namespace nunchi::text {

/// `charsmap`: the model's precompiled character map, may be empty.
nlohmann::ordered_json normalizer_object(std::string_view charsmap);

}  // namespace nunchi::text
