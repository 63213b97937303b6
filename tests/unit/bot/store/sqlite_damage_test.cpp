// Files that are not in order, and disks that are full: error values, and never a crash.
#include <gmock/gmock.h>
#include <sys/mount.h>
#include <sys/resource.h>

#include <csignal>
#include <fstream>
#include <iterator>
#include <random>

#include <soci/sqlite3/soci-sqlite3.h>

#include "tests/unit/bot/store/test_database.hpp"

namespace nunchi::store::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;
namespace fs = std::filesystem;

std::string read(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void write(const fs::path& file, const std::string& bytes) {
    std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
}

/// The bytes with random ones (the same in every run) from `at` on.
std::string with_noise(std::string bytes, std::size_t at, std::size_t size) {
    std::mt19937 random(42);
    for (std::size_t i = at; i < at + size; ++i) bytes.at(i) = static_cast<char>(random());
    return bytes;
}

class SqliteDamage : public ::testing::Test, public StoreFixture {
protected:
    SqliteDamage() : StoreFixture(Backend::sqlite) {}

    /// A database of some pages, and no log beside it. Its bytes.
    std::string make_database() {
        open();
        for (int i = 0; i < 50; ++i) {
            EXPECT_TRUE(run(store->put("key" + std::to_string(i), std::string(1000, 'x'))));
            EXPECT_TRUE(run(store->record(message(std::to_string(i), now))));
        }
        store.reset();
        return read(database.file());
    }

    api::Failure failure() {
        auto opened = open_store(options());
        return opened ? api::Failure{} : opened.error();
    }
};

TEST_F(SqliteDamage, IsAFailureWithAWayOut) {
    const std::string intact = make_database();
    write(database.file().string() + ".v1-20261123T101010Z.bak", "newer");
    write(database.file().string() + ".v2-20261122T101010Z.bak", "older");
    const std::vector<std::pair<const char*, std::string>> damages{
        {"empty", ""},
        {"cut within the header", intact.substr(0, 50)},
        {"cut in the middle", intact.substr(0, intact.size() / 2)},
        {"cut at a page", intact.substr(0, intact.size() - 4096)},
        {"noise in the header", with_noise(intact, 0, 100)},
        {"noise behind the header", with_noise(intact, 100, 400)},
        {"noise in a table", with_noise(intact, intact.size() - 3 * 4096, 3 * 4096)},
        {"noise everywhere", with_noise(intact, 0, intact.size())},
        {"a text", "It was a dark and stormy night.\n"},
    };
    for (const auto& [what, bytes] : damages) {
        SCOPED_TRACE(what);
        write(database.file(), bytes);

        const api::Failure found = failure();

        EXPECT_EQ(found.code, errc::damaged) << found.message;
        EXPECT_THAT(found.message, AllOf(HasSubstr(database.file().string() + ": is damaged"),
                                         HasSubstr("move nunchi.db, nunchi.db-wal and nunchi.db-shm out of"),
                                         HasSubstr("nunchi.db.v1-20261123T101010Z.bak")));
        // The evidence stays as it was.
        EXPECT_EQ(read(database.file()), bytes);
    }
    write(database.file(), intact);
    EXPECT_EQ(failure().message, "");
}

TEST_F(SqliteDamage, AnotherProgramsDatabaseIsRefused) {
    *database.connect() << "CREATE TABLE bookmark (url TEXT)";

    EXPECT_EQ(failure().code, errc::damaged);
    EXPECT_THAT(failure().message, HasSubstr("is a database of another program"));
}

TEST_F(SqliteDamage, AFolderInPlaceOfTheFileIsRefused) {
    fs::create_directory(database.file());

    EXPECT_EQ(failure().code, errc::not_writable);
    EXPECT_THAT(failure().message, HasSubstr("is not a file"));
}

TEST_F(SqliteDamage, ALogWithoutItsDatabaseIsNotPlayedIntoANewOne) {
    const fs::path log = database.file().string() + "-wal";
    write(log, "of another database");

    EXPECT_EQ(failure().code, errc::damaged);
    EXPECT_THAT(failure().message, HasSubstr("move the log away"));
    EXPECT_FALSE(fs::exists(database.file()));

    fs::remove(log);
    EXPECT_EQ(failure().message, "");
}

TEST_F(SqliteDamage, AnUnfinishedNewFileIsMadeAnew) {
    write(database.file().string() + ".new", "half");

    EXPECT_EQ(failure().message, "");
}

/// Room for a megabyte in the folder: a file system of its own where the process may mount one, else a limit
/// for the size of each file.
class SmallDisk {
public:
    explicit SmallDisk(fs::path folder) : folder_(std::move(folder)) {
        is_mounted_ = mount("tmpfs", folder_.c_str(), "tmpfs", 0, "size=1m") == 0;
        if (is_mounted_) return;
        std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &unlimited_);
        limit(1'000'000);
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;
    ~SmallDisk() {
        grow();
        if (is_mounted_) umount(folder_.c_str());
    }

    void grow() const {
        if (is_mounted_) {
            mount("tmpfs", folder_.c_str(), "tmpfs", MS_REMOUNT, "size=8m");
        } else {
            limit(unlimited_.rlim_cur);
        }
    }

private:
    void limit(rlim_t size) const {
        rlimit changed = unlimited_;
        changed.rlim_cur = size;
        setrlimit(RLIMIT_FSIZE, &changed);
    }

    fs::path folder_;
    bool is_mounted_ = false;
    rlimit unlimited_{};
};

TEST_F(SqliteDamage, AFullDiskIsAnErrorUntilThereIsRoom) {
    const SmallDisk disk(database.folder());
    open();
    int kept = 0;
    result<void> answer;
    while (kept < 100 && (answer = run(store->put(std::to_string(kept), std::string(60'000, 'x'))))) ++kept;

    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error(), errc::failed);
    ASSERT_FALSE(errors.all().empty());
    EXPECT_THAT(errors.all().front(), StartsWith("put failed: " + database.file().string()));
    EXPECT_TRUE(run(store->get("0")).value());

    disk.grow();
    EXPECT_TRUE(run(store->put(std::to_string(kept), std::string(60'000, 'x'))));
    open();
    for (int i = 0; i <= kept; ++i)
        EXPECT_EQ(run(store->get(std::to_string(i))).value()->size(), 60'000U) << i;
    store.reset();
}

}  // namespace
}  // namespace nunchi::store::testing
