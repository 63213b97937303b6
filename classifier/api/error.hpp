// What can go wrong in the classifier, as values.
#pragma once

#include <boost/system/error_code.hpp>
#include <boost/system/result.hpp>
#include <string>

namespace nunchi::api {

enum class errc {
    overloaded = 1,    // The queue is full; the caller may try again later.
    shutting_down,     // The engine stops and takes no more work.
    cancelled,         // The caller withdrew the request before it ran.
    empty_input,       // The request holds no token ids.
    input_too_long,    // More token ids than the model has positions.
    bad_token_id,      // A token id outside of the model's vocabulary.
    wrong_model,       // The ids were made for another model folder than the engine's.
    inference_failed,  // libtorch reported an error; the message is in the log.
    io_error,          // A file could not be opened, read or written.
    bad_format,        // A file's content breaks its format.
    not_supported,     // The content is valid but is something that Nunchi does not handle.
    unreachable,       // A remote classifier did not answer, or not in time; the caller may try again later.
};

const boost::system::error_category& error_category();

boost::system::error_code make_error_code(errc code);

/// An error with a sentence for people: what was done, to which object, and how to mend it.
/// The sentence never holds chat text or a secret.
struct Failure {
    boost::system::error_code code;
    std::string message;
};

Failure failure(errc code, std::string message);

/// Called by result::value() when there is no value: throws boost::system::system_error.
[[noreturn]] void throw_exception_from_error(const Failure& failure, const boost::source_location& where);

/// For the hot path, where the error's kind says everything.
template <typename T>
using result = boost::system::result<T>;

/// For loading and reading, where people need to know which object broke and where.
template <typename T>
using outcome = boost::system::result<T, Failure>;

}  // namespace nunchi::api

template <>
struct boost::system::is_error_code_enum<nunchi::api::errc> : std::true_type {};
