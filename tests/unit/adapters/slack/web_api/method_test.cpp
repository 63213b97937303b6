#include "adapters/slack/web_api/method.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace nunchi::slack::web_api {
namespace {

struct Expected {
    Method method;
    const char* name;
    Encoding encoding;
    std::size_t calls;
};

// The table of section 3 of the protocol page; chat.delete, reactions.get, auth.revoke, views.update and
// views.push are of Slack's own pages.
const std::vector<Expected> kTable = {
    {Method::auth_test, "auth.test", Encoding::json, 0},
    {Method::auth_revoke, "auth.revoke", Encoding::form, 50},
    {Method::apps_connections_open, "apps.connections.open", Encoding::json, 50},
    {Method::chat_post_message, "chat.postMessage", Encoding::json, 1},
    {Method::chat_post_ephemeral, "chat.postEphemeral", Encoding::json, 100},
    {Method::chat_update, "chat.update", Encoding::json, 50},
    {Method::chat_delete, "chat.delete", Encoding::json, 50},
    {Method::reactions_add, "reactions.add", Encoding::json, 50},
    {Method::reactions_remove, "reactions.remove", Encoding::json, 20},
    {Method::reactions_get, "reactions.get", Encoding::query, 50},
    {Method::users_info, "users.info", Encoding::query, 100},
    {Method::conversations_info, "conversations.info", Encoding::query, 50},
    {Method::conversations_join, "conversations.join", Encoding::json, 50},
    {Method::emoji_list, "emoji.list", Encoding::query, 20},
    {Method::views_publish, "views.publish", Encoding::json, 100},
    {Method::views_open, "views.open", Encoding::json, 100},
    {Method::views_update, "views.update", Encoding::json, 100},
    {Method::views_push, "views.push", Encoding::json, 100},
    {Method::files_get_upload_url, "files.getUploadURLExternal", Encoding::form, 100},
    {Method::files_complete_upload, "files.completeUploadExternal", Encoding::json, 100},
    {Method::files_info, "files.info", Encoding::query, 100},
    {Method::oauth_v2_access, "oauth.v2.access", Encoding::form, 0},
    {Method::upload, "upload_url", Encoding::bytes, 0},
    {Method::response_url, "response_url", Encoding::json, 0},
};

TEST(Method, IsCalledAsSlacksTableSays) {
    ASSERT_EQ(kTable.size(), kMethodCount);
    for (const Expected& expected : kTable) {
        const MethodTraits& method = traits(expected.method);
        EXPECT_EQ(method.name, expected.name);
        EXPECT_EQ(method.encoding, expected.encoding) << expected.name;
        EXPECT_EQ(method.limit.calls, expected.calls) << expected.name;
    }
}

TEST(Method, NeverReadsHistory) {
    for (const Expected& expected : kTable) {
        const std::string name(traits(expected.method).name);
        EXPECT_EQ(name.find("history"), std::string::npos);
        EXPECT_EQ(name.find("replies"), std::string::npos);
    }
}

TEST(Method, IsRepeatableUnlessItPostsSomethingOrUsesSomethingUp) {
    for (const Expected& expected : kTable) {
        const std::string name = expected.name;
        const bool is_once_only = name == "chat.postMessage" || name == "chat.postEphemeral" ||
                                  name == "files.completeUploadExternal" || name == "oauth.v2.access" ||
                                  name == "response_url";
        EXPECT_EQ(traits(expected.method).is_repeatable, !is_once_only) << name;
    }
}

TEST(Method, PostsOnceASecondInEachChannel) {
    const MethodTraits& method = traits(Method::chat_post_message);
    EXPECT_TRUE(method.by_channel);
    EXPECT_EQ(method.limit.span, std::chrono::seconds(1));
    EXPECT_FALSE(traits(Method::reactions_add).by_channel);
}

TEST(Method, AddsTheNewestReactionFirst) {
    EXPECT_TRUE(traits(Method::reactions_add).newest_first);
    EXPECT_FALSE(traits(Method::chat_post_message).newest_first);
}

}  // namespace
}  // namespace nunchi::slack::web_api
