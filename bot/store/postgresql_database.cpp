#include "bot/store/postgresql_database.hpp"

#include <soci/postgresql/soci-postgresql.h>
#include <soci/soci.h>

#include <array>
#include <string_view>
#include <utility>

#include "bot/store/error.hpp"
#include "bot/store/postgresql_url.hpp"

namespace nunchi::store {
namespace {

/// One process at a time changes tables; the number is this program's name for that lock.
constexpr Dialect kDialect{
    .name = "postgresql",
    .count_version_tables =
        "SELECT count(*) FROM pg_class WHERE relname = 'schema_version' AND pg_table_is_visible(oid)",
    .begin =
        "BEGIN; SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 60000; "
        "SELECT pg_advisory_xact_lock(5653391482)"};

/// Milliseconds. The last one frees what a process that hangs has locked.
constexpr const char* kTimeouts =
    "SET statement_timeout = 10000; SET lock_timeout = 3000; SET idle_in_transaction_session_timeout = 30000; "
    "SET client_min_messages = warning";

api::Failure failure(errc code, std::string message) {
    return {make_error_code(code), std::move(message)};
}

class PostgresqlDatabase final : public Database {
public:
    explicit PostgresqlDatabase(PostgresqlUrl url)
        : Database("PostgreSQL " + url.shown), connection_(std::move(url.connection)) {}

    ~PostgresqlDatabase() override { drop_session(); }

    using Database::session;

    void begin() override {
        // One round trip for both; the number tells later what became of the transaction.
        session() << "BEGIN; SELECT txid_current()", soci::into(transaction_);
    }

    api::outcome<void> reconnect() override {
        drop_session();
        try {
            auto fresh = std::make_unique<soci::session>(soci::postgresql, connection_.reveal());
            // Without the details, which quote values.
            PQsetErrorVerbosity(handle_of(*fresh), PQERRORS_TERSE);
            *fresh << kTimeouts;
            use_session(std::move(fresh));
            return {};
        } catch (const std::exception& error) {
            return failure(errc::unavailable, name() + ": cannot be reached (" + reason_of(error) +
                                                  "): look at store.url and whether the server runs");
        }
    }

    LostCommit lost_commit() noexcept override {
        try {
            const std::string status = status_of_transaction();
            if (status == "committed") return LostCommit::done;
            return status == "aborted" ? LostCommit::undone : LostCommit::unknown;
        } catch (const std::exception&) {
            return LostCommit::unknown;
        }
    }

    Trouble trouble_of(const std::exception& error) const noexcept override {
        if (PQstatus(handle_of(session())) == CONNECTION_BAD) return Trouble::lost;
        const auto* failure = dynamic_cast<const soci::postgresql_soci_error*>(&error);
        if (!failure) return Trouble::refused;
        const std::string state = failure->sqlstate();
        // Connection exceptions, a server that stops, one that only reads since another one took over.
        for (const std::string_view lost : {"08", "57P", "25006"}) {
            if (state.starts_with(lost)) return Trouble::lost;
        }
        // Waited too long for a lock, or for the statement.
        return state == "55P03" || state == "57014" ? Trouble::busy : Trouble::refused;
    }

    // An index finds the expired keys; this only keeps each statement short.
    unsigned key_slices() const noexcept override { return 16; }

private:
    static PGconn* handle_of(soci::session& session) {
        return static_cast<soci::postgresql_session_backend*>(session.get_backend())->conn_;
    }

    /// SOCI's own words stand on the first line, libpq's on the second.
    static std::string reason_of(const std::exception& error) {
        const std::string_view whole = error.what();
        const std::size_t end = whole.find('\n');
        const auto cause = end == std::string_view::npos ? whole : whole.substr(end + 1);
        return sentence_of(std::runtime_error(std::string(cause)));
    }

    /// The old connection's process may still be at it: waits two seconds at most.
    std::string status_of_transaction() {
        std::string status;
        for (int i = 0; i < 40; ++i) {
            auto is_known = soci::i_ok;
            session() << "SELECT txid_status(:transaction)", soci::use(transaction_),
                soci::into(status, is_known);
            if (is_known != soci::i_ok) return {};
            if (status != "in progress") return status;
            session() << "SELECT pg_sleep(0.05)";
        }
        return status;
    }

    config::Secret connection_;
    long long transaction_ = 0;  // the last one that was begun
};

}  // namespace

api::outcome<std::unique_ptr<Database>> open_postgresql(const PostgresqlOptions& options) {
    auto url = parse_postgresql_url(options.url);
    if (!url) return url.error();
    auto database = std::make_unique<PostgresqlDatabase>(std::move(*url));
    if (auto connected = database->reconnect(); !connected) return connected.error();
    const auto remind = [&](int version) -> api::outcome<void> {
        if (options.on_notice) {
            options.on_notice(database->name() + ": is changed from version " + std::to_string(version) +
                              " on; nunchi makes no backup of a server, pg_dump does");
        }
        return {};
    };
    const Upgrade upgrade{.dialect = kDialect,
                          .migrations = options.migrations,
                          .database = database->name(),
                          .back_up = remind,
                          .on_notice = options.on_notice};
    if (auto migrated = migrate(database->session(), upgrade); !migrated) return migrated.error();
    return std::unique_ptr<Database>(std::move(database));
}

}  // namespace nunchi::store
