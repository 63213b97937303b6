"""Which events a session gets, and how much of a message."""

GUILDS = 1 << 0
GUILD_MEMBERS = 1 << 1
GUILD_PRESENCES = 1 << 8
GUILD_MESSAGES = 1 << 9
GUILD_MESSAGE_REACTIONS = 1 << 10
DIRECT_MESSAGES = 1 << 12
DIRECT_MESSAGE_REACTIONS = 1 << 13
MESSAGE_CONTENT = 1 << 15

PRIVILEGED = GUILD_MEMBERS | GUILD_PRESENCES | MESSAGE_CONTENT
KNOWN = sum(1 << bit for bit in (*range(17), 20, 21, 24, 25))

# (in a guild, in a direct message)
_NEEDED = {
    "MESSAGE": (GUILD_MESSAGES, DIRECT_MESSAGES),
    "MESSAGE_REACTION": (GUILD_MESSAGE_REACTIONS, DIRECT_MESSAGE_REACTIONS),
    "GUILD_MEMBER": (GUILD_MEMBERS, GUILD_MEMBERS),
    "GUILD": (GUILDS, GUILDS),
    "CHANNEL": (GUILDS, GUILDS),
    "THREAD": (GUILDS, GUILDS),
}
_FAMILIES = sorted(_NEEDED, key=len, reverse=True)
EMPTIED = {"content": "", "embeds": [], "attachments": [], "components": []}


def needed(event, in_guild):
    """The bit that lets the event through; 0: it needs none."""
    for family in _FAMILIES:
        if event.startswith(family + "_"):
            return _NEEDED[family][0 if in_guild else 1]
    return 0


def is_let_through(event, in_guild, intents):
    bit = needed(event, in_guild)
    return bit == 0 or bool(intents & bit)


def may_read(message, bot_id, intents):
    """Whether the content is sent: the intent, or what addresses the bot, or its own."""
    if intents & MESSAGE_CONTENT or not message.get("guild_id"):
        return True
    if message.get("author", {}).get("id") == bot_id:
        return True
    replied_to = (message.get("referenced_message") or {}).get("author", {}).get("id")
    return replied_to == bot_id or any(user["id"] == bot_id for user in message.get("mentions", []))


def visible(message, bot_id, intents):
    """The message as a session with these intents sees it."""
    if may_read(message, bot_id, intents):
        return message
    hidden = {**message, **{key: value for key, value in EMPTIED.items() if key in message}}
    hidden.pop("poll", None)
    return hidden
