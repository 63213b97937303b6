// The file itself: where it is made and who may use it.
#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>

#include "tests/unit/bot/store/test_database.hpp"

namespace nunchi::store::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;
namespace fs = std::filesystem;

class SqliteStore : public ::testing::Test, public StoreFixture {
protected:
    SqliteStore() : StoreFixture(Backend::sqlite) {}

    api::Failure failure() {
        auto opened = open_store(options());
        return opened ? api::Failure{} : opened.error();
    }
};

fs::perms permissions_of(const fs::path& path) {
    return fs::status(path).permissions();
}

TEST_F(SqliteStore, IsMadePrivateInAPrivateFolder) {
    auto own = options();
    own.sqlite_file = database.folder() / "new" / "state" / "nunchi.db";
    open(own);
    ASSERT_TRUE(run(store->put("key", "value")));

    constexpr auto kOwner = fs::perms::owner_read | fs::perms::owner_write;
    EXPECT_EQ(permissions_of(own.sqlite_file.parent_path()), fs::perms::owner_all);
    for (const char* ending : {"", "-wal", "-shm", ".lock"}) {
        EXPECT_EQ(permissions_of(own.sqlite_file.string() + ending), kOwner) << ending;
    }
}

TEST_F(SqliteStore, TakesAnyPath) {
    auto own = options();
    own.sqlite_file = database.folder() / "a = b  c'%20\\한" / "x=y z.db";
    open(own);
    EXPECT_TRUE(run(store->put("key", "value")));
    EXPECT_TRUE(fs::exists(own.sqlite_file));
}

TEST_F(SqliteStore, NoPathAtAllIsAFailure) {
    const auto opened = open_store({});
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, errc::not_writable);
    EXPECT_THAT(opened.error().message, StartsWith("store.path"));
}

TEST_F(SqliteStore, LeavesOneFileWhenItIsClosed) {
    open();
    ASSERT_TRUE(run(store->put("key", "value")));
    store.reset();

    EXPECT_TRUE(fs::exists(database.file()));
    EXPECT_FALSE(fs::exists(database.file().string() + "-wal"));
    EXPECT_FALSE(fs::exists(database.file().string() + ".new"));
}

TEST_F(SqliteStore, IsRefusedToASecondProcess) {
    open();

    EXPECT_EQ(failure().code, errc::in_use);
    EXPECT_THAT(failure().message,
                AllOf(HasSubstr(database.file().string()), HasSubstr("stop the other one")));

    store.reset();
    EXPECT_EQ(failure().message, "");
}

TEST_F(SqliteStore, MovesItsLogIntoTheFileFromTimeToTime) {
    open();
    // More than a thousand pages, after which the log is used again from its beginning.
    for (int i = 0; i < 100; ++i) ASSERT_TRUE(run(store->put("key", std::string(64 * 1024, 'x'))));

    EXPECT_LT(fs::file_size(database.file().string() + "-wal"), 5'000'000U);
}

TEST_F(SqliteStore, GivesFreedRoomBackToTheDisk) {
    open();
    for (int i = 0; i < 30; ++i) ASSERT_TRUE(run(store->put(std::to_string(i), std::string(60'000, 'x'))));
    for (int i = 0; i < 30; ++i) ASSERT_TRUE(run(store->erase(std::to_string(i))));
    const auto pages = [&] {
        int count = 0;
        *database.connect() << "PRAGMA page_count", soci::into(count);
        return count;
    };
    const int before = pages();

    ASSERT_TRUE(run(store->remove_expired()));

    // As many at a time, so that nobody waits for it.
    EXPECT_EQ(before - pages(), 256);
}

/// What a process of another user makes of it: the Failure's sentence, through a pipe. For root, who may do
/// everything, a child process takes the place of that user.
std::string sentence_of_another_user(const Options& options) {
    std::array<int, 2> ends{};
    if (pipe(ends.data()) != 0) return "no pipe";
    const pid_t child = fork();
    if (child == 0) {
        constexpr uid_t kNobody = 65534;
        if (getuid() == 0 && (setgid(kNobody) != 0 || setuid(kNobody) != 0)) _exit(1);
        const auto opened = open_store(options);
        const std::string sentence = opened ? "opened" : opened.error().message;
        const bool is_right = !opened && opened.error().code == errc::not_writable;
        const auto written = write(ends[1], sentence.data(), sentence.size());
        _exit(is_right && written > 0 ? 0 : 1);
    }
    close(ends[1]);
    std::string sentence;
    std::array<char, 256> buffer{};
    for (ssize_t size = 0; (size = read(ends[0], buffer.data(), buffer.size())) > 0;) {
        sentence.append(buffer.data(), static_cast<std::size_t>(size));
    }
    close(ends[0]);
    int status = 0;
    waitpid(child, &status, 0);
    return status == 0 ? sentence : "failed: " + sentence;
}

TEST(SqliteRights, AReadOnlyFolderIsAFailure) {
    // Not below the tests' own folder, which is closed to others.
    std::string pattern = (fs::temp_directory_path() / "nunchi-test-rights-XXXXXX").string();
    const fs::path folder = mkdtemp(pattern.data());
    constexpr auto kReadable = fs::perms::owner_read | fs::perms::owner_exec | fs::perms::group_read |
                               fs::perms::group_exec | fs::perms::others_read | fs::perms::others_exec;
    fs::permissions(folder, kReadable);
    Options options;
    options.sqlite_file = folder / "nunchi.db";

    const std::string in_it = sentence_of_another_user(options);
    options.sqlite_file = folder / "below" / "nunchi.db";
    const std::string below_it = sentence_of_another_user(options);

    fs::permissions(folder, fs::perms::owner_all);
    fs::remove_all(folder);
    EXPECT_THAT(in_it,
                AllOf(StartsWith(folder.string()), HasSubstr("Permission denied"), HasSubstr("store.path")));
    EXPECT_THAT(below_it, AllOf(StartsWith(folder.string()), HasSubstr("Permission denied")));
}

}  // namespace
}  // namespace nunchi::store::testing
