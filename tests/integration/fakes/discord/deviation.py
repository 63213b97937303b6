"""What real servers of this protocol do against the documentation, each to be switched on by itself.

The values are the numbers of the contract's list.
"""

import enum


class Deviation(enum.Enum):
    READY_HAS_SEQUENCE_ZERO = "D1"
    READY_OF_VERSION_NINE = "D2"  # with unknown fields, and READY_SUPPLEMENTAL behind it
    RESUMES_REFUSED = "D3"
    BAD_TOKEN_IS_UNKNOWN_ERROR = "D4"  # close 4000; REST 400 with code 40001
    SILENCE_CLOSES = "D5"  # interval 30000, closes 4009 after 45 s of silence, ACKs have d:{}
    INTENTS_IGNORED = "D6"
    ZSTD_FRAME_PER_MESSAGE = "D7"
    OVERSIZE_CLOSES_1009 = "D8"
    BAD_PAYLOADS_IGNORED = "D9"
    RESTART_DROPS = "D10"  # no op 7 before a restart
    EVERY_SHARD_GETS_ALL = "D11"  # and /gateway/bot always says 1 shard, 999 remaining
    COMMANDS_WITHOUT_IDS = "D12-ids"
    OPTION_LOCALIZATIONS_REFUSED = "D12-localizations"
    BARE_INTERACTIONS = "D13"
    DEFERRALS_VANISH = "D14"  # type 5 without data: 400; with it no message appears, webhooks are unknown
    EPHEMERAL_FAILS = "D15"
    LATE_CALLBACKS_ACCEPTED = "D16"  # and an unknown interaction never gets an answer
    STATUS_AS_CODE = "D17"
    MISSING_REFERENCE_FAILS = "D18"
    ANY_EMOJI_ACCEPTED = "D19"
    NEW_DIRECT_CHANNELS_SILENT = "D20"
    ODD_RATE_LIMITS = "D21-odd"
    NO_RATE_LIMIT_HEADERS = "D21-none"
    USER_AGENT_REQUIRED = "D22"
    TOKEN_WITH_PREFIX_ACCEPTED = "D23"  # in Identify
    OWN_EVENT_FIRST = "D25"
    VERSION_IGNORED = "D26"
    VERIFY_KEY_IS_PLACEHOLDER = "D27"
    # D24, no TLS at all, is a fake that was given no certificate.
