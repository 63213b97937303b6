// Why an interaction cannot be answered, as values.
#pragma once

#include <boost/system/error_code.hpp>

namespace nunchi::discord::interactions {

/// Beside these, errors of discord/rest come as they are.
enum class errc {
    unknown_interaction = 1,  // never came in, or was forgotten since
    not_acknowledged,         // its first response failed, or has not been made: nobody sees an answer
    expired,                  // older than 15 minutes (I8)
};

const boost::system::error_category& error_category();

boost::system::error_code make_error_code(errc code);

}  // namespace nunchi::discord::interactions

template <>
struct boost::system::is_error_code_enum<nunchi::discord::interactions::errc> : std::true_type {};
