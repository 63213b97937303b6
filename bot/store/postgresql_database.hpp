// The store's database on a PostgreSQL server, which several processes may share. Private to this folder.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>

#include "bot/store/database.hpp"
#include "bot/store/migration.hpp"
#include "config/secret.hpp"

namespace nunchi::store {

struct PostgresqlOptions {
    config::Secret url;
    std::span<const Migration> migrations;
    std::function<void(const std::string&)> on_notice;
};

/// Connects and brings the tables up to date. Fails with bad_url, unavailable, newer_schema or failed.
api::outcome<std::unique_ptr<Database>> open_postgresql(const PostgresqlOptions& options);

}  // namespace nunchi::store
