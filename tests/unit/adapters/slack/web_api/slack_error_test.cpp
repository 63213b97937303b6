#include "adapters/slack/web_api/slack_error.hpp"

#include <gtest/gtest.h>

namespace nunchi::slack::web_api {
namespace {

void expect_remedy(Remedy remedy, std::initializer_list<const char*> codes) {
    for (const char* code : codes) {
        const SlackError error = slack_error_of(code);
        EXPECT_NE(error, SlackError::other) << code;
        EXPECT_EQ(remedy_for(error), remedy) << code;
    }
}

TEST(SlackError, HasTheActionOfTheTables) {
    // Section 3.2.
    expect_remedy(Remedy::drop,
                  {"already_reacted", "message_not_found", "invalid_name", "not_in_channel",
                   "channel_not_found", "no_access", "is_archived", "thread_locked", "not_reactable",
                   "too_many_emoji", "too_many_reactions", "external_channel_migrating"});
    expect_remedy(Remedy::report_bug, {"bad_timestamp", "no_item_specified"});
    // Section 3.3.
    expect_remedy(Remedy::wait_told, {"ratelimited", "rate_limited"});
    expect_remedy(Remedy::retry_if_harmless, {"internal_error", "fatal_error"});
    expect_remedy(Remedy::retry, {"service_unavailable", "request_timeout", "team_added_to_org"});
    expect_remedy(Remedy::stop_token, {"invalid_auth", "not_authed", "account_inactive", "token_revoked",
                                       "token_expired", "not_allowed_token_type"});
    expect_remedy(Remedy::stop_team_a_while,
                  {"org_login_required", "ekm_access_denied", "accesslimited", "two_factor_setup_required"});
    expect_remedy(Remedy::stop_method_a_while, {"missing_scope", "no_permission"});
}

TEST(SlackError, DropsTheCallForACodeThatIsNotKnown) {
    EXPECT_EQ(slack_error_of("other"), SlackError::other);
    EXPECT_EQ(slack_error_of("none"), SlackError::other);
    EXPECT_EQ(slack_error_of("new_in_2030"), SlackError::other);
    EXPECT_EQ(slack_error_of(""), SlackError::none);
    EXPECT_EQ(remedy_for(SlackError::other), Remedy::drop);
}

TEST(SlackError, HasANameForEach) {
    for (std::size_t i = 2; i < kSlackErrorCount; ++i) {
        const auto error = static_cast<SlackError>(i);
        EXPECT_EQ(slack_error_of(name_of(error)), error);
    }
}

}  // namespace
}  // namespace nunchi::slack::web_api
