#include "adapters/slack/web_api/slack_error.hpp"

#include <algorithm>
#include <array>

namespace nunchi::slack::web_api {
namespace {

struct Row {
    SlackError error;
    std::string_view name;
    Remedy remedy = Remedy::drop;
};

using enum SlackError;

// In the order of SlackError.
constexpr std::array<Row, kSlackErrorCount> kRows{{
    {none, "none"},
    {other, "other"},
    {already_reacted, "already_reacted"},
    {no_reaction, "no_reaction"},
    {invalid_name, "invalid_name"},
    {message_not_found, "message_not_found"},
    {channel_not_found, "channel_not_found"},
    {not_in_channel, "not_in_channel"},
    {no_access, "no_access"},
    {is_archived, "is_archived"},
    {thread_locked, "thread_locked"},
    {not_reactable, "not_reactable"},
    {too_many_emoji, "too_many_emoji"},
    {too_many_reactions, "too_many_reactions"},
    {external_channel_migrating, "external_channel_migrating"},
    {bad_timestamp, "bad_timestamp", Remedy::report_bug},
    {no_item_specified, "no_item_specified", Remedy::report_bug},
    {cant_update_message, "cant_update_message"},
    {edit_window_closed, "edit_window_closed"},
    {msg_too_long, "msg_too_long", Remedy::report_bug},
    {no_text, "no_text", Remedy::report_bug},
    {messages_tab_disabled, "messages_tab_disabled"},
    {user_not_found, "user_not_found"},
    {hash_conflict, "hash_conflict"},
    {expired_trigger_id, "expired_trigger_id"},
    {invalid_arguments, "invalid_arguments", Remedy::report_bug},
    {missing_args, "missing_args", Remedy::report_bug},
    {ratelimited, "ratelimited", Remedy::wait_told},
    // Slack's pages say of these two that parts of the call may have been carried out.
    {internal_error, "internal_error", Remedy::retry_if_harmless},
    {fatal_error, "fatal_error", Remedy::retry_if_harmless},
    {service_unavailable, "service_unavailable", Remedy::retry},
    {request_timeout, "request_timeout", Remedy::retry},
    {team_added_to_org, "team_added_to_org", Remedy::retry},
    {invalid_auth, "invalid_auth", Remedy::stop_token},
    {not_authed, "not_authed", Remedy::stop_token},
    {account_inactive, "account_inactive", Remedy::stop_token},
    {token_revoked, "token_revoked", Remedy::stop_token},
    {token_expired, "token_expired", Remedy::stop_token},
    {not_allowed_token_type, "not_allowed_token_type", Remedy::stop_token},
    {user_removed_from_team, "user_removed_from_team", Remedy::stop_token},
    {team_disabled, "team_disabled", Remedy::stop_token},
    {org_login_required, "org_login_required", Remedy::stop_team_a_while},
    {ekm_access_denied, "ekm_access_denied", Remedy::stop_team_a_while},
    {accesslimited, "accesslimited", Remedy::stop_team_a_while},
    {two_factor_setup_required, "two_factor_setup_required", Remedy::stop_team_a_while},
    {missing_scope, "missing_scope", Remedy::stop_method_a_while},
    {no_permission, "no_permission", Remedy::stop_method_a_while},
    {invalid_code, "invalid_code"},
    {invalid_refresh_token, "invalid_refresh_token"},
    {bad_client_secret, "bad_client_secret"},
}};

constexpr bool is_in_order() {
    for (std::size_t i = 0; i < kRows.size(); ++i) {
        if (static_cast<std::size_t>(kRows[i].error) != i) return false;
    }
    return true;
}
static_assert(is_in_order());

const Row& row_of(SlackError error) {
    return kRows[static_cast<std::size_t>(error)];
}

}  // namespace

SlackError slack_error_of(std::string_view code) {
    if (code.empty()) return none;
    if (code == "rate_limited") return ratelimited;  // W4
    const auto found =
        std::find_if(kRows.begin() + 2, kRows.end(), [&](const Row& row) { return row.name == code; });
    return found == kRows.end() ? other : found->error;
}

std::string_view name_of(SlackError error) {
    return row_of(error).name;
}

Remedy remedy_for(SlackError error) {
    return row_of(error).remedy;
}

}  // namespace nunchi::slack::web_api
