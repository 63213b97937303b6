#include "bot/store/migration.hpp"

#include <gmock/gmock.h>
#include <soci/soci.h>

#include <fstream>
#include <iterator>

#include "bot/store/database.hpp"
#include "bot/store/postgresql_database.hpp"
#include "bot/store/sqlite_database.hpp"
#include "tests/unit/bot/store/test_database.hpp"

namespace nunchi::store::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
namespace fs = std::filesystem;

TEST(InDialect, TakesOwnWordsAndDropsForeignOnes) {
    constexpr const char* kStatement =
        "CREATE TABLE a (b INTEGER)/*sqlite  WITHOUT ROWID*//*postgresql  WITH x*/;";
    EXPECT_EQ(in_dialect(kStatement, "sqlite"), "CREATE TABLE a (b INTEGER)  WITHOUT ROWID;");
    EXPECT_EQ(in_dialect(kStatement, "postgresql"), "CREATE TABLE a (b INTEGER)  WITH x;");
    EXPECT_EQ(in_dialect("/*sqlite ANALYZE*/", "postgresql"), "");
}

class Migrations : public ::testing::TestWithParam<Backend> {
protected:
    void SetUp() override { NUNCHI_NEEDS(database_); }

    api::outcome<std::unique_ptr<Database>> open(const std::vector<Migration>& migrations) {
        if (GetParam() == Backend::postgresql) {
            return open_postgresql({.url = config::Secret(database_.url()),
                                    .migrations = migrations,
                                    .on_notice = notices_.listener()});
        }
        return open_sqlite({.file = database_.file(),
                            .migrations = migrations,
                            .now = now_,
                            .on_notice = notices_.listener()});
    }

    /// As the first version's program would have left it, made by hand.
    void make_version_one() {
        ASSERT_TRUE(open({}));  // a file of Nunchi's without tables
        const auto session = database_.connect();
        *session << "CREATE TABLE schema_version (version INTEGER NOT NULL)";
        *session << "INSERT INTO schema_version (version) VALUES (1)";
        *session << "CREATE TABLE pet (name TEXT NOT NULL)";
        *session << "INSERT INTO pet (name) VALUES ('cat')";
    }

    int number(const std::string& query) {
        int found = 0;
        *database_.connect() << query, soci::into(found);
        return found;
    }

    std::vector<std::string> backups() const {
        std::vector<std::string> names;
        for (const auto& entry : fs::directory_iterator(database_.folder())) {
            if (entry.path().extension() == ".bak") names.push_back(entry.path().filename().string());
        }
        std::sort(names.begin(), names.end());
        return names;
    }

    const Migration first_{"CREATE TABLE pet (name TEXT NOT NULL)"};
    const Migration second_{"ALTER TABLE pet ADD COLUMN legs INTEGER NOT NULL DEFAULT 4",
                            "INSERT INTO pet (name, legs) VALUES ('bird', 2)"};
    const Migration broken_{"INSERT INTO pet (name, legs) VALUES ('fish', 0)",
                            "INSERT INTO nowhere VALUES (1)"};

    TestDatabase database_{GetParam()};
    Sentences notices_;
    Clock::time_point now_{std::chrono::seconds(1795342210)};  // 2026-11-22 10:10:10 UTC, by date(1)
};

INSTANTIATE_TEST_SUITE_P(Databases, Migrations, ::testing::Values(Backend::sqlite, Backend::postgresql),
                         name_of);

TEST_P(Migrations, BringAnOlderDatabaseUpToDate) {
    make_version_one();

    const auto opened = open({first_, second_});

    ASSERT_TRUE(opened) << opened.error().message;
    EXPECT_EQ(number("SELECT version FROM schema_version"), 2);
    EXPECT_EQ(number("SELECT legs FROM pet WHERE name = 'cat'"), 4);
    EXPECT_EQ(number("SELECT legs FROM pet WHERE name = 'bird'"), 2);
}

TEST_P(Migrations, RunOnce) {
    ASSERT_TRUE(open({first_, second_}));
    ASSERT_TRUE(open({first_, second_}));

    EXPECT_EQ(number("SELECT count(*) FROM pet"), 1);
    EXPECT_EQ(number("SELECT count(*) FROM schema_version"), 1);
}

TEST_P(Migrations, LeaveNothingOfAStepThatFails) {
    make_version_one();

    const auto opened = open({first_, second_, broken_});

    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, errc::failed);
    EXPECT_THAT(opened.error().message, HasSubstr("nowhere"));
    EXPECT_EQ(number("SELECT version FROM schema_version"), 2);
    EXPECT_EQ(number("SELECT count(*) FROM pet WHERE name = 'fish'"), 0);
    EXPECT_TRUE(open({first_, second_}));
}

TEST_P(Migrations, RefuseANewerDatabase) {
    ASSERT_TRUE(open({first_, second_}));

    const auto opened = open({first_});

    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, errc::newer_schema);
    EXPECT_THAT(opened.error().message, HasSubstr("have version 2, this program knows 1 at most"));
    EXPECT_THAT(opened.error().message, HasSubstr("run the newer program"));
    EXPECT_EQ(number("SELECT version FROM schema_version"), 2);
}

TEST_P(Migrations, ComeAfterABackupOrAReminderOfOne) {
    make_version_one();

    ASSERT_TRUE(open({first_, second_}));

    if (GetParam() == Backend::postgresql) {
        ASSERT_THAT(notices_.all(), SizeIs(2));
        EXPECT_THAT(notices_.all()[0], HasSubstr("pg_dump"));
        return;
    }
    ASSERT_THAT(backups(), ElementsAre("nunchi.db.v1-20261122T101010Z.bak"));
    const fs::path backup = database_.folder() / backups()[0];
    EXPECT_EQ(fs::status(backup).permissions(), fs::perms::owner_read | fs::perms::owner_write);
    EXPECT_THAT(notices_.all(), ElementsAre(EndsWith(": backed up as " + backup.string()),
                                            EndsWith(": brought from version 1 to 2")));
    // The backup is a database of version 1.
    fs::copy_file(backup, database_.file(), fs::copy_options::overwrite_existing);
    EXPECT_EQ(number("SELECT version FROM schema_version"), 1);
    EXPECT_EQ(number("SELECT count(*) FROM pet"), 1);
    EXPECT_TRUE(open({first_}));
}

class Backups : public Migrations {};

INSTANTIATE_TEST_SUITE_P(Databases, Backups, ::testing::Values(Backend::sqlite), name_of);

TEST_P(Backups, TheLastThreeAreKept) {
    make_version_one();
    std::vector<Migration> migrations{first_};
    for (int round = 0; round < 5; ++round) {
        migrations.push_back({"INSERT INTO pet (name) VALUES ('mouse')"});
        now_ += std::chrono::hours(24 * 20);
        ASSERT_TRUE(open(migrations));
    }

    // Of 2026-12-12, 2027-01-01, -21, 2027-02-10, 2027-03-02.
    EXPECT_THAT(backups(),
                ElementsAre("nunchi.db.v3-20270121T101010Z.bak", "nunchi.db.v4-20270210T101010Z.bak",
                            "nunchi.db.v5-20270302T101010Z.bak"));
}

TEST_P(Migrations, NewDatabaseNeedsNoBackup) {
    ASSERT_TRUE(open({first_, second_}));

    EXPECT_THAT(backups(), IsEmpty());
    EXPECT_THAT(notices_.all(), ElementsAre(EndsWith(": new, version 2")));
}

}  // namespace
}  // namespace nunchi::store::testing
