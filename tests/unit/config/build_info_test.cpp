#include "config/build_info.hpp"

#include <gmock/gmock.h>

namespace nunchi::config {
namespace {

TEST(BuildInfo, HoldsTheVersionAndTheCompiler) {
    EXPECT_THAT(std::string(build_info().version), ::testing::MatchesRegex("[0-9]+\\.[0-9]+\\.[0-9]+"));
    EXPECT_THAT(std::string(build_info().compiler), ::testing::MatchesRegex("(GNU|Clang) [0-9.]+"));
}

TEST(BuildInfo, CommitIsEmptyOrTwelveDigits) {
    EXPECT_THAT(std::string(build_info().commit), ::testing::MatchesRegex("|[0-9a-f]{12}(-dirty)?"));
}

TEST(BuildInfo, VersionLineNamesWhatIsKnown) {
    EXPECT_EQ(version_line("nunchi", {"1.2.3", "0123456789ab", "GNU 12.2.0", "Release"}),
              "nunchi 1.2.3 (0123456789ab, GNU 12.2.0, Release)");
    EXPECT_EQ(version_line("nunchi", {"1.2.3", "", "GNU 12.2.0", ""}), "nunchi 1.2.3 (GNU 12.2.0)");
    EXPECT_EQ(version_line("nunchi", {"1.2.3", "", "", ""}), "nunchi 1.2.3");
}

}  // namespace
}  // namespace nunchi::config
