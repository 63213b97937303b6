// The methods of Slack's Web API that this bot calls, and how each wants to be called.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace nunchi::slack::web_api {

/// There is no conversations.history and no conversations.replies: history is never read (P5).
enum class Method : std::uint8_t {
    auth_test,
    auth_revoke,
    apps_connections_open,  // with the app-level token (S1)
    chat_post_message,
    chat_post_ephemeral,
    chat_update,
    chat_delete,
    reactions_add,
    reactions_remove,
    reactions_get,
    users_info,
    conversations_info,
    conversations_join,
    emoji_list,
    views_publish,
    views_open,
    views_update,
    views_push,
    files_get_upload_url,
    files_complete_upload,
    files_info,
    oauth_v2_access,
    upload,        // the bytes of a file, to the URL of files.getUploadURLExternal
    response_url,  // an answer to a command or a button, to the URL that came with it (C3)
};

inline constexpr std::size_t kMethodCount = static_cast<std::size_t>(Method::response_url) + 1;

enum class Encoding : std::uint8_t {
    json,   // POST with a JSON body
    form,   // POST; the method does not read JSON
    query,  // GET; the same
    bytes,  // POST of the call's bytes to the call's URL
};

/// At most `calls` in any span of this length; 0: no limit that is known.
struct Limit {
    std::size_t calls = 0;
    std::chrono::milliseconds span{60'000};
};

struct MethodTraits {
    std::string_view name;  // "chat.postMessage"
    Encoding encoding = Encoding::json;
    Limit limit{};  // per workspace
    /// Called twice it does what once would have done, so that it may be called again when its outcome is
    /// unknown (W10).
    bool is_repeatable = true;
    bool has_url = false;       // goes to the URL that stands in the call, without a token
    bool is_urgent = false;     // a person or a connection waits: no ordinary call may hold it up (C5)
    bool by_channel = false;    // the limit is for each channel
    bool newest_first = false;  // of the calls that wait (section 3.4)
};

const MethodTraits& traits(Method method);

}  // namespace nunchi::slack::web_api
