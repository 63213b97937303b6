// The store's database as a SQLite file. Private to this folder.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>

#include "bot/store/database.hpp"
#include "bot/store/migration.hpp"

namespace nunchi::store {

struct SqliteOptions {
    std::filesystem::path file;
    std::span<const Migration> migrations;
    std::chrono::system_clock::time_point now;  // for the names of backups
    std::function<void(const std::string&)> on_notice;
};

/// Makes the file where there is none; locks it, checks all of it, backs it up before it is brought up to
/// date. Fails with any errc of open_store.
api::outcome<std::unique_ptr<Database>> open_sqlite(SqliteOptions options);

}  // namespace nunchi::store
