#include "config/paths.hpp"

#include <gmock/gmock.h>

#include <cstdlib>

#include "config/settings_error.hpp"
#include "tests/unit/config/temporary_folder.hpp"

namespace nunchi::config {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::TemporaryFolder;

TEST(Paths, CandidatesAreTheUsersFileThenTheMachines) {
    EXPECT_THAT(settings_file_candidates({{"HOME", "/home/a"}}),
                ElementsAre("/home/a/.config/nunchi/nunchi.toml", "/etc/nunchi/nunchi.toml"));
    EXPECT_THAT(settings_file_candidates({{"HOME", "/home/a"}, {"XDG_CONFIG_HOME", "/conf"}}),
                ElementsAre("/conf/nunchi/nunchi.toml", "/etc/nunchi/nunchi.toml"));
    EXPECT_THAT(settings_file_candidates({}), ElementsAre("/etc/nunchi/nunchi.toml"));
}

TEST(Paths, RelativeBaseFoldersAreIgnored) {
    EXPECT_THAT(settings_file_candidates({{"HOME", "/home/a"}, {"XDG_CONFIG_HOME", "conf"}}),
                ElementsAre("/home/a/.config/nunchi/nunchi.toml", "/etc/nunchi/nunchi.toml"));
}

TEST(Paths, ExplicitFileWinsOverTheVariableAndTheVariableOverTheFolders) {
    const TemporaryFolder folder;
    const auto file = folder.write("nunchi/nunchi.toml", "");
    Environment environment{{"XDG_CONFIG_HOME", folder.path().string()}};

    EXPECT_EQ(find_settings_file(std::nullopt, environment), file);
    environment["NUNCHI_CONFIG"] = "/by/variable.toml";
    EXPECT_EQ(find_settings_file(std::nullopt, environment), "/by/variable.toml");
    EXPECT_EQ(find_settings_file("/explicit.toml", environment), "/explicit.toml");
}

TEST(Paths, DataAndStateFoldersFollowTheXdgSpecification) {
    EXPECT_EQ(data_dir({{"HOME", "/home/a"}}), "/home/a/.local/share/nunchi");
    EXPECT_EQ(data_dir({{"XDG_DATA_HOME", "/data"}}), "/data/nunchi");
    EXPECT_EQ(state_dir({{"HOME", "/home/a"}}), "/home/a/.local/state/nunchi");
    EXPECT_EQ(state_dir({{"HOME", "/home/a"}, {"XDG_STATE_HOME", "/state"}}), "/state/nunchi");
}

TEST(Paths, WithoutAHomeTheErrorSaysWhatToSet) {
    EXPECT_THAT([] { data_dir({}); },
                ::testing::ThrowsMessage<SettingsError>(HasSubstr("XDG_DATA_HOME: not set")));
}

TEST(Environment, HoldsTheVariablesOfTheProcess) {
    ASSERT_EQ(setenv("NUNCHI_TEST_VARIABLE", "a=b", 1), 0);

    EXPECT_EQ(value_of(process_environment(), "NUNCHI_TEST_VARIABLE"), "a=b");

    ASSERT_EQ(unsetenv("NUNCHI_TEST_VARIABLE"), 0);
    EXPECT_EQ(value_of(process_environment(), "NUNCHI_TEST_VARIABLE"), std::nullopt);
}

TEST(Environment, EmptyVariableHasNoValue) {
    EXPECT_EQ(value_of({{"A", ""}}, "A"), std::nullopt);
}

}  // namespace
}  // namespace nunchi::config
