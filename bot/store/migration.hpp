// Brings a database's tables to the version that this program knows. Private to this folder.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "classifier/api/error.hpp"

namespace soci {
class session;
}

namespace nunchi::store {

/// The statements that lead from one version to the next, run in one transaction. What stands in
/// /*sqlite …*/ counts for SQLite only, what stands in /*postgresql …*/ for PostgreSQL only.
using Migration = std::vector<std::string_view>;

/// What the databases say differently.
struct Dialect {
    std::string_view name;                  // "sqlite" or "postgresql"
    std::string_view count_version_tables;  // selects 1 when there is a table schema_version, else 0
    std::string_view begin;  // begins a transaction that changes tables, alone of all processes
};

struct Upgrade {
    Dialect dialect;
    /// The first leads from nothing to version 1.
    std::span<const Migration> migrations;
    std::string database;                                    // for messages
    std::function<api::outcome<void>(int version)> back_up;  // called before an older database is changed
    std::function<void(const std::string&)> on_notice;
};

/// A database of a newer version is refused, and nothing in it is changed.
api::outcome<void> migrate(soci::session& session, const Upgrade& upgrade);

/// The statement as the named database is to see it.
std::string in_dialect(std::string_view statement, std::string_view dialect);

}  // namespace nunchi::store
