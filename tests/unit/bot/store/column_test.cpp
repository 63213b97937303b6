#include "bot/store/column.hpp"

#include <gmock/gmock.h>

#include <chrono>

namespace nunchi::store {
namespace {

using namespace std::chrono_literals;
using std::chrono::system_clock;

TEST(Column, KeepsPrintableAsciiAsItIs) {
    EXPECT_EQ(to_column("discord/session/0 ~!"), "discord/session/0 ~!");
}

TEST(Column, EscapesEverythingElse) {
    using namespace std::string_view_literals;
    EXPECT_EQ(to_column("a\0%\n\x7f\xff"sv), "a%00%25%0A%7F%FF");
    EXPECT_EQ(to_column("눈"), "%EB%88%88");
}

TEST(Column, EveryByteComesBack) {
    std::string all;
    for (int byte = 0; byte < 256; ++byte) all += static_cast<char>(byte);
    EXPECT_EQ(from_column(to_column(all)), all);
    EXPECT_EQ(from_column(to_column("%41%")), "%41%");
}

TEST(Column, LeavesAStrangersPercentSignsAlone) {
    EXPECT_EQ(from_column("100% %4 %zz %4"), "100% %4 %zz %4");
}

TEST(Column, ProbabilitiesAreShortAndExact) {
    const Probabilities numbers{0, 1, 0.1F, 1.0F / 3, 1e-30F, 0.5F, 0.25F};
    EXPECT_EQ(probabilities_to_column(numbers), "0 1 0.1 0.33333334 1e-30 0.5 0.25");
    EXPECT_EQ(probabilities_from_column(probabilities_to_column(numbers)), numbers);
}

TEST(Column, RefusesWhatIsNotSevenProbabilities) {
    for (const char* text : {"", "0 1 2 3 4 5", "0 1 2 3 4 5 6 7", "0 1 2 3 4 5 6 ", "0 1 2 3 4 5 x",
                             "0  1 2 3 4 5 6", " 0 1 2 3 4 5 6", "0 1 2 3 4 5 1e999"}) {
        EXPECT_EQ(probabilities_from_column(text), std::nullopt) << text;
    }
}

TEST(Column, RoundsTimesToTheirSide) {
    const system_clock::time_point time(1h + 1500ms);
    EXPECT_EQ(seconds_before(time), 3601);
    EXPECT_EQ(seconds_after(time), 3602);
    EXPECT_EQ(hour_before(time), 1);
    EXPECT_EQ(hour_after(time), 2);
    EXPECT_EQ(hour_after(system_clock::time_point(2h)), 2);
    EXPECT_EQ(hour_before(system_clock::time_point(-1ns)), -1);
    EXPECT_EQ(microseconds_of(system_clock::time_point(-1ns)), -1);
}

}  // namespace
}  // namespace nunchi::store
