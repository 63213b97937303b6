#include "config/secret.hpp"

#include <gtest/gtest.h>

#include <spdlog/logger.h>
#include <spdlog/sinks/ostream_sink.h>

#include <algorithm>
#include <array>
#include <new>
#include <nlohmann/json.hpp>
#include <sstream>

namespace nunchi::config {
namespace {

// Short enough to lie inside of the string object.
constexpr std::string_view kShort = "hunter2";

/// The bytes that a Secret lived in.
class Storage {
public:
    void* place() { return bytes_.data(); }
    bool holds(std::string_view text) const {
        return std::search(bytes_.begin(), bytes_.end(), text.begin(), text.end()) != bytes_.end();
    }

private:
    alignas(Secret) std::array<char, sizeof(Secret)> bytes_{};
};

TEST(Secret, RevealsItsTextOnlyOnRequest) {
    const Secret secret("hunter2");

    EXPECT_EQ(secret.reveal(), "hunter2");
    EXPECT_FALSE(secret.empty());
    EXPECT_TRUE(Secret().empty());
}

TEST(Secret, PrintsAsStarsInAStream) {
    std::ostringstream out;
    out << Secret("hunter2");
    EXPECT_EQ(out.str(), "***");
}

TEST(Secret, PrintsAsStarsInFmt) {
    EXPECT_EQ(fmt::format("{}|{:>5}", Secret("hunter2"), Secret("x")), "***|  ***");
}

TEST(Secret, PrintsAsStarsInSpdlog) {
    std::ostringstream out;
    spdlog::logger logger("test", std::make_shared<spdlog::sinks::ostream_sink_st>(out));

    logger.info("token {}", Secret("hunter2"));

    EXPECT_NE(out.str().find("token ***"), std::string::npos);
    EXPECT_EQ(out.str().find("hunter2"), std::string::npos);
}

TEST(Secret, PrintsAsStarsInJson) {
    EXPECT_EQ(nlohmann::json(Secret("hunter2")).dump(), R"("***")");
    EXPECT_EQ((nlohmann::json{{"token", Secret("hunter2")}}).dump(), R"({"token":"***"})");
}

TEST(Secret, IsWipedOnDestruction) {
    Storage storage;
    auto* secret = new (storage.place()) Secret(std::string(kShort));
    ASSERT_TRUE(storage.holds(kShort));

    secret->~Secret();

    EXPECT_FALSE(storage.holds(kShort));
    EXPECT_FALSE(storage.holds(kShort.substr(3)));
}

TEST(Secret, IsWipedWhenMovedFrom) {
    Storage storage;
    auto* secret = new (storage.place()) Secret(std::string(kShort));

    const Secret constructed(std::move(*secret));

    EXPECT_EQ(constructed.reveal(), kShort);
    EXPECT_FALSE(storage.holds(kShort.substr(1)));
    secret->~Secret();
}

TEST(Secret, IsWipedWhenAssignedTo) {
    Storage storage;
    auto* secret = new (storage.place()) Secret(std::string(kShort));

    *secret = Secret("x");

    EXPECT_EQ(secret->reveal(), "x");
    EXPECT_FALSE(storage.holds(kShort.substr(2)));
    secret->~Secret();
}

TEST(Secret, CopiesAndSurvivesSelfAssignment) {
    Secret secret("hunter2");
    const Secret copy = secret;
    Secret& same = secret;

    secret = same;

    EXPECT_EQ(copy.reveal(), "hunter2");
    EXPECT_EQ(secret.reveal(), "hunter2");
}

TEST(Secret, WipeClearsTheWholeCapacity) {
    std::string text(100, 's');
    text.resize(10);
    const char* bytes = text.data();

    wipe(text);

    EXPECT_TRUE(text.empty());
    // Behind the string's size, but inside of the memory that it still owns.
    EXPECT_TRUE(std::all_of(bytes, bytes + 100, [](char byte) { return byte == '\0'; }));
}

}  // namespace
}  // namespace nunchi::config
