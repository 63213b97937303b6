"""What Slack does against its documentation, or only sometimes; each to be switched on by itself."""

import enum


class Deviation(enum.Enum):
    OWN_MESSAGES_WITHOUT_BOT_ID = "events of the bot's own messages have no bot_id"
    MENTION_FIRST = "app_mention comes before message"
    MENTIONS_ONLY_AS_MESSAGES = "no app_mention at all"
    RETRIES_ARE_FIRST_ATTEMPTS = "a delivery that comes again says retry_attempt 0"
    RETRIES_HAVE_NEW_IDS = "a delivery that comes again has another envelope_id"
    NO_WARNING = "a link ends without warning and refresh_requested"
    WARNED_LINKS_GET_NOTHING = "no envelope goes over a link that was warned"
    RATE_LIMITED_SPELLING = "429 of chat.postMessage says rate_limited"
    RETRY_AFTER_ABSENT = "429 without Retry-After"
    ERRORS_ARE_HTML = "every ok:false is an HTML page"
    NO_SCOPE_HEADERS = "answers without x-oauth-scopes"
