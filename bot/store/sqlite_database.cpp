#include "bot/store/sqlite_database.hpp"

#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <system_error>
#include <utility>

#include "bot/store/error.hpp"
#include "bot/store/sqlite_file.hpp"

namespace nunchi::store {
namespace {

namespace fs = std::filesystem;

constexpr int kApplicationId = 0x4e756e63;  // "Nunc" in the file's header
constexpr int kCheckpointPages = 1000;      // as SQLite's own limit: 4 MB
constexpr std::size_t kBackupsKept = 3;

constexpr Dialect kDialect{
    .name = "sqlite",
    .count_version_tables =
        "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'schema_version'",
    .begin = "BEGIN IMMEDIATE"};

/// The timeout, in seconds, is for tools that have the file open beside us.
std::unique_ptr<soci::session> connect(const fs::path& file) {
    return std::make_unique<soci::session>(soci::sqlite3, "dbname=\"" + file.string() + "\" timeout=5");
}

sqlite_api::sqlite3* handle_of(soci::session& session) {
    return static_cast<soci::sqlite3_session_backend*>(session.get_backend())->conn_;
}

/// In WAL mode NORMAL loses nothing when the process dies; when the machine does, the last transactions may
/// be missing, but never a part of one.
void configure(soci::session& session) {
    for (const char* pragma : {"PRAGMA journal_mode = WAL", "PRAGMA synchronous = NORMAL",
                               "PRAGMA foreign_keys = ON", "PRAGMA temp_store = MEMORY",
                               "PRAGMA cache_size = -8192", "PRAGMA journal_size_limit = 16777216"}) {
        session << pragma;
    }
}

class SqliteDatabase final : public Database {
public:
    SqliteDatabase(fs::path file, FileLock lock)
        : Database(file.string()), file_(std::move(file)), lock_(std::move(lock)) {}

    ~SqliteDatabase() override { drop_session(); }

    void open() {
        use_session(connect(file_));
        configure(session());
        // Takes the place of SQLite's own checkpoints, which run within COMMIT while callers wait.
        sqlite_api::sqlite3_wal_hook(handle_of(session()), &remember_pages, this);
    }

    using Database::session;

    void begin() override { session() << kDialect.begin; }

    api::outcome<void> reconnect() override { return {}; }

    Trouble trouble_of(const std::exception& error) const noexcept override {
        const auto* failure = dynamic_cast<const soci::sqlite3_soci_error*>(&error);
        return failure && (failure->result() & 0xff) == SQLITE_BUSY ? Trouble::busy : Trouble::refused;
    }

    void tidy_up() noexcept override {
        if (pages_ < kCheckpointPages) return;
        pages_ = 0;
        // What it could not do, because somebody reads or the disk is full, the next one does.
        sqlite_api::sqlite3_wal_checkpoint_v2(handle_of(session()), nullptr, SQLITE_CHECKPOINT_PASSIVE,
                                              nullptr, nullptr);
    }

    unsigned key_slices() const noexcept override { return 256; }

    void shrink() override {
        sqlite_api::sqlite3_exec(handle_of(session()), "PRAGMA incremental_vacuum(256)", nullptr, nullptr,
                                 nullptr);
    }

private:
    static int remember_pages(void* database, sqlite_api::sqlite3*, const char*, int pages) {
        static_cast<SqliteDatabase*>(database)->pages_ = pages;
        return SQLITE_OK;
    }

    fs::path file_;
    FileLock lock_;
    int pages_ = 0;  // how long the write-ahead log is
};

api::Failure failure(errc code, std::string message) {
    return {make_error_code(code), std::move(message)};
}

api::Failure damaged(const fs::path& file, const std::string& finding) {
    return failure(errc::damaged, file.string() + ": is damaged (" + finding + "): " + way_out(file));
}

/// What an exception during opening means.
api::Failure failure_of(const fs::path& file, const std::exception& error) {
    const auto* sqlite_error = dynamic_cast<const soci::sqlite3_soci_error*>(&error);
    switch (sqlite_error ? sqlite_error->result() & 0xff : SQLITE_ERROR) {
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB: return damaged(file, sentence_of(error));
        case SQLITE_BUSY:
            return failure(errc::in_use, file.string() +
                                             ": another program, such as the sqlite3 shell, has it "
                                             "locked: close that program");
        default:
            return failure(
                errc::not_writable,
                file.string() + ": cannot be used (" + sentence_of(error) +
                    "): look at the rights of the file and its folder and at the room on the disk");
    }
}

/// Under another name first, so that a file of this name is a database from its first moment.
api::outcome<void> make_database(const fs::path& file) {
    const fs::path unfinished = file.string() + ".new";
    std::error_code error;
    fs::remove(unfinished, error);
    if (auto made = make_private_file(unfinished); !made) return made.error();
    {
        const auto session = connect(unfinished);
        *session << "PRAGMA auto_vacuum = INCREMENTAL";
        *session << "PRAGMA application_id = " + std::to_string(kApplicationId);
        *session << "PRAGMA journal_mode = WAL";
    }
    flush_to_disk(unfinished);
    fs::rename(unfinished, file, error);
    if (error) return failure(errc::not_writable, file.string() + ": cannot be made: " + error.message());
    flush_to_disk(file);
    return {};
}

/// Makes the file, or looks at what is there before SQLite does.
api::outcome<void> find_or_make(const fs::path& file) {
    std::error_code error;
    const fs::path log = file.string() + "-wal";
    if (!fs::exists(file, error)) {
        // SQLite would play another database's log into the new one.
        if (!fs::exists(log, error)) return make_database(file);
        return failure(errc::damaged, log.string() + ": its database is missing: bring " +
                                          file.filename().string() + " back, or move the log away, too");
    }
    if (!fs::is_regular_file(file, error)) {
        return failure(errc::not_writable, file.string() + ": is not a file: set store.path to another one");
    }
    if (fs::file_size(file, error) == 0 && !error) return damaged(file, "it is empty");
    return {};
}

api::outcome<void> check(soci::session& session, const fs::path& file) {
    int application_id = 0;
    session << "PRAGMA application_id", soci::into(application_id);
    if (application_id != kApplicationId) {
        return failure(errc::damaged,
                       file.string() + ": is a database of another program: set store.path to another file");
    }
    std::string finding;
    session << "PRAGMA quick_check(1)", soci::into(finding);
    if (finding != "ok") return damaged(file, finding);
    return {};
}

api::outcome<void> back_up(soci::session& session, const SqliteOptions& options, int version) {
    const fs::path backup = backup_name(options.file, version, options.now);
    std::error_code error;
    fs::remove(backup, error);  // of the same second
    if (auto made = make_private_file(backup); !made) return made.error();
    const std::string name = backup.string();
    session << "VACUUM INTO :name", soci::use(name);
    flush_to_disk(backup);
    remove_old_backups(options.file, kBackupsKept);
    if (options.on_notice) options.on_notice(options.file.string() + ": backed up as " + name);
    return {};
}

api::outcome<std::unique_ptr<Database>> open_locked(const SqliteOptions& options, FileLock lock) {
    if (auto found = find_or_make(options.file); !found) return found.error();
    auto database = std::make_unique<SqliteDatabase>(options.file, std::move(lock));
    database->open();
    if (auto checked = check(database->session(), options.file); !checked) return checked.error();
    const Upgrade upgrade{
        .dialect = kDialect,
        .migrations = options.migrations,
        .database = options.file.string(),
        .back_up = [&](int version) { return back_up(database->session(), options, version); },
        .on_notice = options.on_notice};
    if (auto migrated = migrate(database->session(), upgrade); !migrated) return migrated.error();
    return std::unique_ptr<Database>(std::move(database));
}

api::outcome<fs::path> full_path(const fs::path& file) {
    std::error_code error;
    fs::path full = fs::absolute(file, error);
    if (error) return failure(errc::not_writable, "store.path: names no file: " + error.message());
    // SOCI's connection string cannot hold them.
    if (full.string().find('"') == std::string::npos) return full;
    return failure(errc::not_writable, full.string() + ": store.path may not hold quotation marks");
}

}  // namespace

api::outcome<std::unique_ptr<Database>> open_sqlite(SqliteOptions options) {
    auto path = full_path(options.file);
    if (!path) return path.error();
    options.file = std::move(*path);
    if (auto made = make_folder_of(options.file); !made) return made.error();
    auto lock = lock_beside(options.file);
    if (!lock) return lock.error();
    try {
        return open_locked(options, std::move(*lock));
    } catch (const std::exception& error) {
        return failure_of(options.file, error);
    }
}

}  // namespace nunchi::store
