"""Teams, users and channels, as Slack's JSON objects."""

import itertools
import secrets
import time

from .error import ApiError

KINDS = ("channel", "group", "im", "mpim")


class Team:
    """A workspace with the app in it."""

    def __init__(self, identity, name, token, enterprise_id=None):
        self.id = identity
        self.name = name
        self.domain = f"{name.lower()}.fake"
        self.enterprise_id = enterprise_id
        self.token = token
        self.installer = None  # the user who installed the app, an admin
        self.bot = None  # the bot's user
        self.bot_id = None
        self.is_org_install = False


class World:
    """Everything but the messages. Objects are shared, so a test may change them."""

    def __init__(self, tokens):
        self._tokens = tokens
        # Ids do not repeat from one fake to the next: a bot keeps them in its database.
        self._stem = secrets.token_hex(2).upper()
        self._numbers = itertools.count(1)
        self.app_id = self.next_id("A")
        self.teams = {}
        self.users = {}
        self.channels = {}
        self.members = {}  # by channel: ids of users
        self.emoji = {}  # custom ones by name, for all teams

    def next_id(self, prefix):
        return f"{prefix}{self._stem}{next(self._numbers):06X}"

    def add_team(self, name, enterprise_id=None, **about):
        identity = self.next_id("T")
        team = Team(identity, name, self._tokens.issue("bot", identity, **about), enterprise_id)
        self.teams[team.id] = team
        team.bot = self.add_user(team, "nunchi", is_bot=True)
        team.installer = self.add_user(team, "관리자", is_admin=True)
        team.bot_id = self.next_id("B")
        team.bot["profile"] |= {"bot_id": team.bot_id, "api_app_id": self.app_id}
        return team

    def add_user(self, team, name, **about):
        """`about`: is_admin, is_owner, is_restricted, is_stranger, team_id of another workspace ..."""
        user = {
            "id": self.next_id("U"), "team_id": team.id, "name": name, "deleted": False, "color": "9f69e7",
            "real_name": name, "tz": "Asia/Seoul", "tz_label": "Korea Standard Time", "tz_offset": 32400,
            "profile": {"real_name": name, "display_name": name, "avatar_hash": "g0", "team": team.id},
            "is_admin": False, "is_owner": False, "is_primary_owner": False, "is_restricted": False,
            "is_ultra_restricted": False, "is_bot": False, "is_app_user": False, "updated": int(time.time()),
            "is_email_confirmed": True, "who_can_share_contact_card": "EVERYONE", **about,
        }
        self.users[user["id"]] = user
        return user

    def add_channel(self, team, name, kind="channel", members=(), **about):
        assert kind in KINDS, kind
        prefix = {"channel": "C", "group": "C", "im": "D", "mpim": "G"}[kind]
        channel = {
            "id": self.next_id(prefix), "name": name, "name_normalized": name, "is_channel": kind == "channel",
            "is_group": kind == "group", "is_im": kind == "im", "is_mpim": kind == "mpim",
            "is_private": kind != "channel", "created": int(time.time()), "is_archived": False, "is_general": False,
            "unlinked": 0, "is_shared": False, "is_org_shared": False, "is_ext_shared": False,
            "is_pending_ext_shared": False, "pending_shared": [], "context_team_id": team.id,
            "shared_team_ids": [team.id], "creator": team.bot["id"], "previous_names": [],
            "topic": {"value": "", "creator": "", "last_set": 0},
            "purpose": {"value": "", "creator": "", "last_set": 0}, **about,
        }
        if kind == "im":
            channel["user"] = members[0]["id"]
        self.channels[channel["id"]] = channel
        self.members[channel["id"]] = [user["id"] for user in members]
        return channel

    def direct_channel(self, team, user):
        for channel in self.channels.values():
            if channel.get("user") == user["id"] and channel["context_team_id"] == team.id:
                return channel
        return self.add_channel(team, user["name"], "im", (user, team.bot))

    @staticmethod
    def kind_of(channel):
        return next(kind for kind in KINDS if channel[f"is_{kind}"])

    def team_of(self, channel):
        return self.teams[channel["context_team_id"]]

    def has_bot(self, channel):
        return self.team_of(channel).bot["id"] in self.members[channel["id"]]

    def channel(self, team, identity):
        """That the team's bot may know of."""
        channel = self.channels.get(identity)
        is_hidden = channel is not None and channel["is_private"] and not self.has_bot(channel)
        if channel is None or channel["context_team_id"] != team.id or is_hidden:
            raise ApiError("channel_not_found")
        return channel

    def user(self, identity, error="user_not_found"):
        if identity not in self.users:
            raise ApiError(error)
        return self.users[identity]

    def shown(self, channel):
        """As conversations.info tells the bot."""
        return {**channel, "is_member": self.has_bot(channel), "num_members": len(self.members[channel["id"]])}
