"""Discord's permission bits and what a member may do in a channel."""

ADMINISTRATOR = 1 << 3
MANAGE_CHANNELS = 1 << 4
MANAGE_GUILD = 1 << 5
ADD_REACTIONS = 1 << 6
VIEW_CHANNEL = 1 << 10
SEND_MESSAGES = 1 << 11
MANAGE_MESSAGES = 1 << 13
EMBED_LINKS = 1 << 14
READ_MESSAGE_HISTORY = 1 << 16
SEND_MESSAGES_IN_THREADS = 1 << 38

ALL = (1 << 53) - 1
EVERYONE = (ADD_REACTIONS | VIEW_CHANNEL | SEND_MESSAGES | EMBED_LINKS | READ_MESSAGE_HISTORY |
            SEND_MESSAGES_IN_THREADS)


def in_guild(guild, member):
    if guild["owner_id"] == member["user"]["id"]:
        return ALL
    held = 0
    for role in guild["roles"]:
        if role["id"] == guild["id"] or role["id"] in member["roles"]:
            held |= int(role["permissions"])
    return ALL if held & ADMINISTRATOR else held


def in_channel(guild, channel, member):
    """After the channel's overwrites: everyone's, those of the roles together, the member's own."""
    held = in_guild(guild, member)
    if held == ALL:
        return held
    overwrites = {entry["id"]: entry for entry in channel.get("permission_overwrites", [])}
    of_roles = [overwrites[role] for role in member["roles"] if role in overwrites]
    for group in (overwrites.get(guild["id"]), of_roles, overwrites.get(member["user"]["id"])):
        entries = group if isinstance(group, list) else [group] if group else []
        deny = allow = 0
        for entry in entries:
            deny |= int(entry["deny"])
            allow |= int(entry["allow"])
        held = (held & ~deny) | allow
    return held if held & VIEW_CHANNEL else 0
