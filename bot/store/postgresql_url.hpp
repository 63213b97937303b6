// The URL of a PostgreSQL database, checked before libpq sees it. Private to this folder.
#pragma once

#include <string>
#include <string_view>

#include "classifier/api/error.hpp"
#include "config/secret.hpp"

namespace nunchi::store {

struct PostgresqlUrl {
    config::Secret connection;  // for libpq, with our defaults for what the URL leaves open
    std::string shown;          // "db.example.com:5432/nunchi": for messages
};

/// libpq quotes what it does not understand, which may be half a password; so a URL whose parts are not
/// beyond doubt is refused here, with a sentence that quotes nothing of it. Fails with bad_url. Source:
/// https://www.postgresql.org/docs/15/libpq-connect.html#LIBPQ-CONNSTRING
api::outcome<PostgresqlUrl> parse_postgresql_url(const config::Secret& url);

}  // namespace nunchi::store
