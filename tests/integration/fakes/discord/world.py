"""Users, servers, channels and roles, as Discord's JSON objects."""

import datetime

from . import permission
from .error import RestError
from .snowflake import Snowflakes

TEXT, DIRECT, FORUM = 0, 1, 15
THREADS = (10, 11, 12)
# Flags of an application: privileged intents that were switched on in the portal (limited: under review).
MESSAGE_CONTENT_ON = 1 << 19


def timestamp():
    return datetime.datetime.now(datetime.UTC).isoformat()


class World:
    """Everything but the messages. Ids are strings; objects are shared, so a test may change them."""

    def __init__(self):
        self.ids = Snowflakes()
        self.users = {}
        self.guilds = {}
        self.channels = {}
        self.members = {}  # (guild, user)
        self.bot = self.add_user("nunchi", bot=True)
        self.application = {
            "id": self.bot["id"], "name": "nunchi", "icon": None, "description": "", "summary": "",
            "bot_public": True, "bot_require_code_grant": False, "verify_key": "0" * 64, "flags": MESSAGE_CONTENT_ON,
            "owner": {**self.add_user("operator")}, "bot": self.bot, "team": None, "redirect_uris": [],
            "interactions_endpoint_url": None, "role_connections_verification_url": None,
        }

    def add_user(self, name, bot=False):
        user = {"id": self.ids.next(), "username": name, "discriminator": "0", "global_name": name, "avatar": None,
                "bot": bot, "system": False, "public_flags": 0, "flags": 0}
        self.users[user["id"]] = user
        return user

    def add_guild(self, name, owner, identity=None):
        guild_id = identity or self.ids.next()
        everyone = {"id": guild_id, "name": "@everyone", "permissions": str(permission.EVERYONE), "position": 0,
                    "color": 0, "hoist": False, "managed": False, "mentionable": False, "flags": 0}
        guild = {
            "id": guild_id, "name": name, "icon": None, "owner_id": owner["id"], "roles": [everyone], "emojis": [],
            "features": [], "stickers": [], "region": "korea", "afk_timeout": 300, "verification_level": 0,
            "default_message_notifications": 0, "explicit_content_filter": 0, "mfa_level": 0, "nsfw_level": 0,
            "premium_tier": 0, "premium_progress_bar_enabled": False, "preferred_locale": "ko",
            "system_channel_flags": 0, "system_channel_id": None, "rules_channel_id": None, "afk_channel_id": None,
            "public_updates_channel_id": None, "application_id": None, "splash": None, "discovery_splash": None,
            "banner": None, "description": None, "vanity_url_code": None, "max_members": 500000,
        }
        self.guilds[guild_id] = guild
        self.add_member(guild, self.bot)
        self.add_member(guild, owner)
        return guild

    def add_role(self, guild, name, permissions=0):
        role = {**guild["roles"][0], "id": self.ids.next(), "name": name, "permissions": str(permissions)}
        guild["roles"].append(role)
        return role

    def add_member(self, guild, user, roles=()):
        member = {"user": user, "nick": None, "avatar": None, "roles": [role["id"] for role in roles],
                  "joined_at": timestamp(), "premium_since": None, "deaf": False, "mute": False, "flags": 0,
                  "pending": False}
        self.members[guild["id"], user["id"]] = member
        return member

    def add_channel(self, guild, name, kind=TEXT, parent=None, overwrites=()):
        channel = {"id": self.ids.next(), "type": kind, "guild_id": guild["id"], "name": name, "position": 0,
                   "permission_overwrites": list(overwrites), "nsfw": False, "topic": None, "rate_limit_per_user": 0,
                   "parent_id": parent["id"] if parent else None, "last_message_id": None, "flags": 0}
        if kind in THREADS:
            channel |= {"owner_id": guild["owner_id"], "message_count": 0, "member_count": 1, "thread_metadata": {
                "archived": False, "auto_archive_duration": 1440, "locked": False, "archive_timestamp": timestamp()}}
        self.channels[channel["id"]] = channel
        return channel

    def add_direct_channel(self, user):
        for channel in self.channels.values():
            if channel["type"] == DIRECT and channel["recipients"][0] is user:
                return channel
        channel = {"id": self.ids.next(), "type": DIRECT, "recipients": [user], "last_message_id": None, "flags": 0}
        self.channels[channel["id"]] = channel
        return channel

    def channel(self, identity):
        if identity not in self.channels:
            raise RestError(10003)
        return self.channels[identity]

    def guild(self, identity):
        if identity not in self.guilds:
            raise RestError(10004)
        return self.guilds[identity]

    def guild_of(self, channel):
        return self.guilds[channel["guild_id"]] if channel.get("guild_id") else None

    def channels_of(self, guild, threads=False):
        return [channel for channel in self.channels.values()
                if channel.get("guild_id") == guild["id"] and (channel["type"] in THREADS) == threads]

    def permissions(self, user, channel):
        guild = self.guild_of(channel)
        if not guild:
            return permission.ALL
        member = self.members.get((guild["id"], user["id"]))
        # A thread has the overwrites of its channel.
        ruling = self.channels[channel["parent_id"]] if channel["type"] in THREADS else channel
        return permission.in_channel(guild, ruling, member) if member else 0

    def guild_create(self, guild):
        """The data of GUILD_CREATE."""
        members = [member for (owner, _), member in self.members.items() if owner == guild["id"]]
        return {**guild, "joined_at": timestamp(), "large": False, "unavailable": False, "members": members,
                "member_count": len(members), "channels": self.channels_of(guild),
                "threads": self.channels_of(guild, threads=True), "voice_states": [], "presences": [],
                "stage_instances": [], "guild_scheduled_events": [], "soundboard_sounds": []}
