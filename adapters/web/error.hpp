// What can be wrong with a frame of a page, as values.
#pragma once

#include <boost/system/error_code.hpp>
#include <boost/system/result.hpp>

namespace nunchi::web {

enum class errc {
    too_large = 1,  // the frame is longer than kMaxFrame; it was not looked into
    malformed,      // no JSON, or not one of the messages of protocol.hpp; the page is broken or is none
    wrong_version,  // a hello of another version: the page must be loaded again
};

const boost::system::error_category& error_category();

boost::system::error_code make_error_code(errc code);

template <typename T>
using result = boost::system::result<T>;

}  // namespace nunchi::web

template <>
struct boost::system::is_error_code_enum<nunchi::web::errc> : std::true_type {};
