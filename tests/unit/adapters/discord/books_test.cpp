// What the adapter remembers: threads and the last seen messages.
#include <gtest/gtest.h>

#include <string>

#include "adapters/discord/catch_up.hpp"
#include "adapters/discord/threads.hpp"

namespace nunchi::discord {
namespace {

using nlohmann::json;

TEST(ThreadBook, KnowsTheParentOfThreadsAndForumPosts) {
    ThreadBook book;
    book.learn("GUILD_CREATE", {{"channels", {{{"id", "10"}, {"type", 0}, {"parent_id", "5"}}}},
                                {"threads", {{{"id", "11"}, {"type", 11}, {"parent_id", "10"}}}}});
    book.learn("THREAD_CREATE", {{"id", "12"}, {"type", 12}, {"parent_id", "10"}});

    EXPECT_EQ(book.parent_of("11"), "10");
    EXPECT_EQ(book.parent_of("12"), "10");
    EXPECT_EQ(book.parent_of("10"), "");  // the parent of a channel is a category
    EXPECT_EQ(book.parent_of("13"), std::nullopt);
}

TEST(ThreadBook, IgnoresWhatIsNoChannel) {
    ThreadBook book;
    for (const auto& data : {json(), json(1), json::array(), json{{"id", 1}}, json{{"threads", 5}},
                             json{{"id", "x"}, {"type", 11}}}) {
        book.learn("THREAD_CREATE", data);
        book.learn("GUILD_CREATE", data);
    }
    EXPECT_EQ(book.parent_of("1"), std::nullopt);
}

TEST(SeenMessages, KeepsTheLatestOfEachChannel) {
    SeenMessages seen;
    seen.on_message("1", "10", "99");
    seen.on_message("1", "10", "100");  // one digit more: later
    seen.on_message("1", "10", "98");
    EXPECT_EQ(seen.channels().at("10").message, "100");
}

TEST(SeenMessages, ComesBackFromItsJsonAndLeavesOutWhatIsBroken) {
    SeenMessages seen;
    seen.on_message("1", "10", "100");
    seen.on_message("", "20", "50");
    SeenMessages back;
    back.add_json(seen.to_json());
    EXPECT_EQ(back.channels().at("10").guild, "1");
    EXPECT_EQ(back.channels().at("20").message, "50");

    for (const char* text : {"", "{", "5", "[1, {}, {\"channel\": \"x\", \"message\": \"1\"}]"})
        back.add_json(text);
    EXPECT_EQ(back.channels().size(), 2U);
}

TEST(SeenMessages, ForgetsTheChannelThatWasQuietForLongest) {
    SeenMessages seen;
    for (std::size_t i = 0; i <= SeenMessages::kMaxChannels; ++i) {
        seen.on_message("1", std::to_string(1000 + i), std::to_string(5000 + i));
    }
    EXPECT_EQ(seen.channels().size(), SeenMessages::kMaxChannels);
    EXPECT_FALSE(seen.channels().contains("1000"));
}

}  // namespace
}  // namespace nunchi::discord
