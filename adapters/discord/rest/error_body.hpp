// The body of a refusal: {code, message, errors{path:{_errors:[{code, message}]}}} (R4).
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace nunchi::discord::rest {

struct ErrorBody {
    int code = 0;         // 0: none
    std::string details;  // "content: BASE_TYPE_MAX_LENGTH; embeds.0.url: …"; empty when there are none
};

/// Never fails. The messages are left out, as they may quote what a person wrote; paths and codes are cut to
/// a few, and what is no plain word in them shows as "?".
ErrorBody parse_error(const nlohmann::json& body);

}  // namespace nunchi::discord::rest
