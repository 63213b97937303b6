#include "config/secret_file.hpp"

#include <gmock/gmock.h>

#include "tests/unit/config/temporary_folder.hpp"

namespace nunchi::config {
namespace {

using ::testing::HasSubstr;
using testing::TemporaryFolder;

TEST(SecretFile, HoldsTheContentWithoutItsTrailingLineBreak) {
    const TemporaryFolder folder;
    EXPECT_EQ(read_secret_file(folder.write("a", "hunter2")).secret.reveal(), "hunter2");
    EXPECT_EQ(read_secret_file(folder.write("b", "hunter2\n")).secret.reveal(), "hunter2");
    EXPECT_EQ(read_secret_file(folder.write("c", "hunter2\r\n")).secret.reveal(), "hunter2");
    EXPECT_EQ(read_secret_file(folder.write("d", "two\nlines\n\n")).secret.reveal(), "two\nlines\n");
}

TEST(SecretFile, FileOfTheOwnerAloneGivesNoWarning) {
    const TemporaryFolder folder;
    const SecretFile file = read_secret_file(folder.write("a", "hunter2"));
    EXPECT_EQ(file.problem, "");
    EXPECT_EQ(file.warning, "");
}

TEST(SecretFile, FileThatEverybodyMayReadGivesAWarningThatNamesIt) {
    const TemporaryFolder folder;
    const auto path = folder.write("a", "hunter2");
    std::filesystem::permissions(path, std::filesystem::perms::others_read,
                                 std::filesystem::perm_options::add);

    const SecretFile file = read_secret_file(path);

    EXPECT_EQ(file.secret.reveal(), "hunter2");
    EXPECT_THAT(file.warning, HasSubstr("chmod o-r " + path.string()));
}

TEST(SecretFile, MissingFileIsAProblemThatNamesIt) {
    const TemporaryFolder folder;
    const auto path = folder.path() / "none";
    EXPECT_EQ(read_secret_file(path).problem,
              "the secret's file " + path.string() + " cannot be read: No such file or directory");
}

TEST(SecretFile, FolderIsAProblemThatNamesIt) {
    const TemporaryFolder folder;
    EXPECT_THAT(read_secret_file(folder.path()).problem, HasSubstr(folder.path().string()));
}

TEST(SecretFile, EmptyFileIsAProblemThatNamesIt) {
    const TemporaryFolder folder;
    for (const char* content : {"", "\n", "\r\n"}) {
        const auto path = folder.write("empty", content);
        EXPECT_THAT(read_secret_file(path).problem, HasSubstr(path.string() + " is empty"));
    }
}

TEST(SecretFile, OversizedFileIsAProblemThatNamesIt) {
    const TemporaryFolder folder;
    const auto fits = folder.write("fits", std::string(65536, 'x'));
    const auto large = folder.write("large", std::string(65537, 'x'));

    EXPECT_EQ(read_secret_file(fits).problem, "");
    EXPECT_THAT(read_secret_file(large).problem,
                HasSubstr(large.string() + " cannot be read: it is longer than 65536"));
}

}  // namespace
}  // namespace nunchi::config
