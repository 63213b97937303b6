// What can go wrong in the store, as values.
#pragma once

#include <boost/system/error_code.hpp>

namespace nunchi::store {

enum class errc {
    // Of calls.
    overloaded = 1,  // As many calls wait as Options::max_backlog allows; nothing was done.
    closing,         // The store is being destroyed; nothing was done.
    too_large,       // The value, or the key, is longer than the store keeps; nothing was done.
    failed,          // The database refused, as when the disk is full; nothing was done. on_error knows why.
    unavailable,     // The server cannot be reached, or was lost: the work may have been done or not.

    // Of open_store.
    not_writable,  // The folder or the file cannot be made, read or written.
    damaged,       // The file is no intact database of Nunchi's.
    in_use,        // Another process works with the same file.
    newer_schema,  // A newer Nunchi wrote the database.
    bad_url,       // Not a PostgreSQL URL.
};

const boost::system::error_category& error_category();

boost::system::error_code make_error_code(errc code);

}  // namespace nunchi::store

template <>
struct boost::system::is_error_code_enum<nunchi::store::errc> : std::true_type {};
