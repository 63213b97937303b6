// What happens to a text that has more tokens than the model reads, other than cutting off its end.
#pragma once

#include <cstddef>

#include "classifier/api/classifier.hpp"

namespace nunchi::http_api {

/// [CLS], the last pieces that fit, [SEP]: at most `max_tokens` ids, which is at least 2.
api::Encoded with_beginning_cut(api::Encoded whole, std::size_t max_tokens);

}  // namespace nunchi::http_api
