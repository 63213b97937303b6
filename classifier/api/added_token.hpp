// A token that a model folder declares beyond the pieces of its tokenizer.
#pragma once

#include <cstdint>
#include <string>

namespace nunchi::api {

/// Recognised by its literal text, for example "<cry>".
struct AddedToken {
    std::string text;
    std::int32_t id = 0;
};

}  // namespace nunchi::api
