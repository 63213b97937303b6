// Slack's error codes, and what each means for the call and for those after it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace nunchi::slack::web_api {

/// The codes that something here, or in the adapter, depends on. All others are `other`; their text is in
/// the Failure.
enum class SlackError : std::uint8_t {
    none,  // no code: ok, or no answer of Slack's form
    other,
    // reactions (section 3.2)
    already_reacted,
    no_reaction,
    invalid_name,
    message_not_found,
    channel_not_found,
    not_in_channel,
    no_access,
    is_archived,
    thread_locked,
    not_reactable,
    too_many_emoji,
    too_many_reactions,
    external_channel_migrating,
    bad_timestamp,
    no_item_specified,
    // messages, users, views
    cant_update_message,
    edit_window_closed,
    msg_too_long,
    no_text,
    messages_tab_disabled,
    user_not_found,
    hash_conflict,
    expired_trigger_id,
    invalid_arguments,
    missing_args,
    // worth another try (section 3.3)
    ratelimited,  // rate_limited too
    internal_error,
    fatal_error,
    service_unavailable,
    request_timeout,
    team_added_to_org,
    // of the token
    invalid_auth,
    not_authed,
    account_inactive,
    token_revoked,
    token_expired,
    not_allowed_token_type,
    user_removed_from_team,
    team_disabled,
    org_login_required,
    ekm_access_denied,
    accesslimited,
    two_factor_setup_required,
    // of the token and the method
    missing_scope,
    no_permission,
    // oauth.v2.access
    invalid_code,
    invalid_refresh_token,
    bad_client_secret,
};

inline constexpr std::size_t kSlackErrorCount = static_cast<std::size_t>(SlackError::bad_client_secret) + 1;

/// `other` for a code that is not listed, `none` for an empty one.
SlackError slack_error_of(std::string_view code);
/// "already_reacted"; "other", "none".
std::string_view name_of(SlackError error);

enum class Remedy : std::uint8_t {
    drop,                 // the call alone has failed
    wait_told,            // the rate limit: as long as Slack says
    retry,                // Slack says that it did nothing
    retry_if_harmless,    // Slack may have done it
    stop_token,           // until the caller has another token
    stop_team_a_while,    // a setting of the workspace, which its people may change
    stop_method_a_while,  // a scope or a permission is missing
    report_bug,           // dropped; our request was wrong
};

Remedy remedy_for(SlackError error);

}  // namespace nunchi::slack::web_api
