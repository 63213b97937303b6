#include "bot/store/migration.hpp"

#include <soci/soci.h>

#include <cstddef>
#include <exception>
#include <utility>

#include "bot/store/database.hpp"
#include "bot/store/error.hpp"

namespace nunchi::store {
namespace {

api::Failure failure(errc code, std::string message) {
    return {make_error_code(code), std::move(message)};
}

/// 0: there are no tables yet.
int version_of(soci::session& session, const Dialect& dialect) {
    int tables = 0;
    session << dialect.count_version_tables, soci::into(tables);
    int version = 0;
    if (tables > 0) session << "SELECT version FROM schema_version", soci::into(version);
    return version;
}

void set_version(soci::session& session, int version) {
    if (version == 1) {
        session << "CREATE TABLE schema_version (version INTEGER NOT NULL)";
        session << "INSERT INTO schema_version (version) VALUES (0)";
    }
    session << "UPDATE schema_version SET version = :version", soci::use(version);
}

/// Leads to `version` from the one before it, unless another process has meanwhile.
void apply(soci::session& session, const Upgrade& upgrade, int version) {
    session << upgrade.dialect.begin;
    if (version_of(session, upgrade.dialect) < version) {
        for (const std::string_view statement : upgrade.migrations[static_cast<std::size_t>(version - 1)]) {
            const std::string text = in_dialect(statement, upgrade.dialect.name);
            if (!text.empty()) session << text;
        }
        set_version(session, version);
    }
    session.commit();
}

void notify(const Upgrade& upgrade, const std::string& sentence) {
    if (upgrade.on_notice) upgrade.on_notice(upgrade.database + ": " + sentence);
}

api::outcome<void> bring_up_to_date(soci::session& session, const Upgrade& upgrade) {
    const int newest = static_cast<int>(upgrade.migrations.size());
    const int found = version_of(session, upgrade.dialect);
    if (found > newest) {
        return failure(
            errc::newer_schema,
            upgrade.database + ": was written by a newer nunchi (its tables have version " +
                std::to_string(found) + ", this program knows " + std::to_string(newest) +
                " at most): run the newer program, or go back to a backup of before its first start");
    }
    if (found == newest) return {};
    if (found > 0) {
        if (auto made = upgrade.back_up(found); !made) return made.error();
    }
    for (int version = found + 1; version <= newest; ++version) apply(session, upgrade, version);
    notify(upgrade, found == 0
                        ? "new, version " + std::to_string(newest)
                        : "brought from version " + std::to_string(found) + " to " + std::to_string(newest));
    return {};
}

}  // namespace

api::outcome<void> migrate(soci::session& session, const Upgrade& upgrade) {
    try {
        return bring_up_to_date(session, upgrade);
    } catch (const std::exception& error) {
        // The transaction ends with the session, which the caller gives up now.
        return failure(errc::failed, upgrade.database + ": its tables cannot be brought up to date: " +
                                         sentence_of(error) + "; nothing was changed");
    }
}

std::string in_dialect(std::string_view statement, std::string_view dialect) {
    constexpr std::string_view kOpen = "/*";
    constexpr std::string_view kClose = "*/";
    std::string result;
    while (true) {
        const std::size_t open = statement.find(kOpen);
        result.append(statement.substr(0, open));
        if (open == std::string_view::npos) return result;
        const std::size_t close = statement.find(kClose, open);
        if (close == std::string_view::npos) return result;
        const std::string_view inside = statement.substr(open + 2, close - open - 2);
        if (inside.starts_with(dialect)) result.append(inside.substr(dialect.size()));
        statement.remove_prefix(close + 2);
    }
}

}  // namespace nunchi::store
