"""conversations.*"""

from . import arguments
from .error import ApiError
from .method import Method
from .world import KINDS

PREFIX = {"channel": "channels", "group": "groups", "im": "im", "mpim": "mpim"}
TYPES = {"public_channel": "channel", "private_channel": "group", "im": "im", "mpim": "mpim"}


class ConversationMethods:
    def __init__(self, fake):
        self._fake = fake
        self._world = fake.world

    def table(self):
        read, history = self._scopes("read"), self._scopes("history")
        return {
            "conversations.info": Method(self.info, read, takes_json=False),
            "conversations.list": Method(self.list, self._scopes_of_types, tier=2, takes_json=False),
            "conversations.members": Method(self.members, read, tier=4, takes_json=False),
            "conversations.join": Method(self.join, ("channels:join",)),
            "conversations.open": Method(self.open, ("im:write", "mpim:write")),
            "conversations.history": Method(self.history, history),
            "conversations.replies": Method(self.replies, history, takes_json=False),
            "users.conversations": Method(self.list_own, self._scopes_of_types, takes_json=False),
        }

    def _scopes(self, verb):
        """That the named channel needs; of a channel that is not there, that of public ones."""
        def scopes(request):
            channel = self._world.channels.get(request.args.get("channel"))
            return (f"{PREFIX[self._world.kind_of(channel) if channel else 'channel']}:{verb}",)
        return scopes

    @staticmethod
    def _kinds(args):
        names = (args.get("types") or "public_channel").split(",")
        if any(name.strip() not in TYPES for name in names):
            raise ApiError("invalid_types")
        return [TYPES[name.strip()] for name in names]

    def _scopes_of_types(self, request):
        held = request.token.scopes
        needed = [f"{PREFIX[kind]}:read" for kind in self._kinds(request.args)]
        return [scope for scope in needed if scope not in held][:1] or needed[:1]

    def _channel(self, request):
        return self._world.channel(request.team, arguments.text(request.args, "channel", "channel_not_found"))

    def info(self, request):
        return {"channel": self._world.shown(self._channel(request))}

    def _all(self, request):
        return [self._world.shown(channel) for channel in self._world.channels.values()
                if channel["context_team_id"] == request.team.id and
                self._world.kind_of(channel) in self._kinds(request.args) and
                (not channel["is_private"] or self._world.has_bot(channel)) and
                not (arguments.flag(request.args, "exclude_archived") and channel["is_archived"])]

    def list(self, request):
        channels, told = arguments.page(request.args, self._all(request))
        return {"channels": channels, "response_metadata": told}

    def list_own(self, request):
        own = [channel for channel in self._all(request) if channel["is_member"]]
        channels, told = arguments.page(request.args, own)
        return {"channels": channels, "response_metadata": told}

    def members(self, request):
        members, told = arguments.page(request.args, self._world.members[self._channel(request)["id"]])
        return {"members": members, "response_metadata": told}

    def join(self, request):
        channel = self._channel(request)
        if not channel["is_channel"]:
            raise ApiError("method_not_supported_for_channel_type")
        if self._world.has_bot(channel):
            return {"channel": self._world.shown(channel), "warning": "already_in_channel",
                    "response_metadata": {"warnings": ["already_in_channel"]}}
        self._world.members[channel["id"]].append(request.team.bot["id"])
        return {"channel": self._world.shown(channel)}

    def open(self, request):
        users = [self._world.user(name) for name in arguments.text(request.args, "users", "users_list_not_supplied")
                 .split(",")]
        if len(users) == 1:
            channel = self._world.direct_channel(request.team, users[0])
        else:
            channel = self._world.add_channel(request.team, "mpdm", KINDS[3], [*users, request.team.bot])
        return {"channel": {"id": channel["id"]}}

    # A client of ours never calls these two; others may.

    def history(self, request):
        channel = self._channel(request)
        shown = [self._fake.messages.shown(message) for message in self._fake.messages.all(channel["id"])
                 if message.get("thread_ts") in (None, message["ts"]) or message.get("subtype") == "thread_broadcast"]
        messages, told = arguments.page(request.args, shown[::-1])
        return {"messages": messages, "has_more": bool(told["next_cursor"]), "response_metadata": told}

    def replies(self, request):
        channel = self._channel(request)
        ts = arguments.text(request.args, "ts", "thread_not_found")
        shown = [self._fake.messages.shown(message) for message in self._fake.messages.all(channel["id"])
                 if ts in (message["ts"], message.get("thread_ts"))]
        if not shown:
            raise ApiError("thread_not_found")
        return {"messages": shown, "has_more": False}
