"""reactions.*"""

import re

from . import arguments, emoji
from .error import ApiError
from .method import Method

TS = re.compile(r"\d{10}\.\d{6}")


class ReactionMethods:
    def __init__(self, fake):
        self._fake = fake
        self._messages = fake.messages

    def table(self):
        return {
            "reactions.add": Method(self.add, ("reactions:write",)),
            "reactions.remove": Method(self.remove, ("reactions:write",), tier=2),
            "reactions.get": Method(self.get, ("reactions:read",), takes_json=False),
        }

    def _name(self, args):
        name = arguments.text(args, "name", "invalid_name").strip(":").split("::")[0]
        if name not in emoji.NAMES and name not in self._fake.world.emoji:
            raise ApiError("invalid_name")
        return name

    def _item(self, request):
        """(channel, message)."""
        args = request.args
        if not args.get("channel") and not args.get("timestamp"):
            raise ApiError("no_item_specified")
        channel = self._fake.world.channel(request.team, arguments.text(args, "channel", "channel_not_found"))
        ts = arguments.text(args, "timestamp", "bad_timestamp")
        if not TS.fullmatch(ts):
            raise ApiError("bad_timestamp")
        if channel["is_archived"]:
            raise ApiError("is_archived")
        if not self._fake.world.has_bot(channel):
            raise ApiError("not_in_channel")
        return channel, self._messages.get(channel["id"], ts)

    def add(self, request):
        name = self._name(request.args)
        channel, message = self._item(request)
        self._messages.react(message, name, request.team.bot["id"])
        self._fake.events.announce_reaction(channel, message, name, request.team.bot["id"])
        return {}

    def remove(self, request):
        name = self._name(request.args)
        channel, message = self._item(request)
        self._messages.unreact(message, name, request.team.bot["id"])
        self._fake.events.announce_reaction(channel, message, name, request.team.bot["id"], "reaction_removed")
        return {}

    def get(self, request):
        channel, message = self._item(request)
        return {"type": "message", "channel": channel["id"], "message": self._messages.shown(message)}
