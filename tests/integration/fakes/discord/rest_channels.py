"""Routes of channels: messages, reactions, threads."""

import urllib.parse

from . import permission, world
from .deviation import Deviation
from .error import RestError, invalid
from .messages import check_content

MAX_REACTIONS = 20


def is_emoji(text):
    """Symbols only; flags and joined emoji are several of them."""
    return 0 < len(text) <= 20 and all(ord(c) >= 0x2000 and not 0xAC00 <= ord(c) <= 0xD7A3 for c in text)


class ChannelRoutes:
    def __init__(self, fake):
        self._fake = fake

    def table(self):
        channel = "/channels/{channel}"
        message = channel + "/messages/{message}"
        reaction = message + "/reactions/{emoji}"
        return {
            ("GET", channel): self.get_channel,
            ("GET", channel + "/messages"): self.list_messages,
            ("GET", message): self.get_message,
            ("POST", channel + "/messages"): self.create_message,
            ("PATCH", message): self.edit_message,
            ("DELETE", message): self.delete_message,
            ("PUT", reaction + "/@me"): self.put_reaction,
            ("DELETE", reaction + "/@me"): self.delete_reaction,
            ("GET", reaction): self.list_reactions,
            ("POST", channel + "/typing"): self.type,
            ("POST", channel + "/threads"): self.start_thread,
            ("POST", message + "/threads"): self.start_thread,
        }

    def _visible(self, request, needed=0):
        """The channel; refuses those that the bot does not see or may not use so."""
        channel = self._fake.world.channel(request.match_info["channel"])
        held = self._fake.world.permissions(self._fake.world.bot, channel)
        if not held & permission.VIEW_CHANNEL:
            raise RestError(50001)
        if needed and not held & needed:
            raise RestError(50013)
        return channel

    def _message(self, request, channel):
        return self._fake.messages.get(channel["id"], request.match_info["message"])

    def get_channel(self, request, _body):
        return self._visible(request)

    def list_messages(self, request, _body):
        channel = self._visible(request)
        held = self._fake.world.permissions(self._fake.world.bot, channel)
        limit = min(100, int(request.query.get("limit", 50)))
        if not held & permission.READ_MESSAGE_HISTORY:
            return []
        return self._fake.messages.page(channel["id"], request.query.get("after"), request.query.get("before"), limit)

    def get_message(self, request, _body):
        return self._message(request, self._visible(request, permission.READ_MESSAGE_HISTORY))

    async def create_message(self, request, body):
        channel = self._fake.world.channel(request.match_info["channel"])
        if not isinstance(body, dict):
            raise RestError(50109)
        reference = body.get("message_reference")
        if reference and Deviation.MISSING_REFERENCE_FAILS in self._fake.deviations:
            if self._fake.messages.find(channel["id"], str(reference.get("message_id"))) is None:
                raise RestError(10008)
        message, is_new = self._fake.messages.create(channel, self._fake.world.bot, body)
        if is_new:
            self._fake.announce("MESSAGE_CREATE", message, channel)
            if Deviation.OWN_EVENT_FIRST in self._fake.deviations:
                await self._fake.pause(0.05)
        return message

    def edit_message(self, request, body):
        channel = self._visible(request)
        message = self._message(request, channel)
        if message["author"] is not self._fake.world.bot:
            raise RestError(50005)
        check_content({"content": message["content"], "components": message["components"], **body})
        message |= {key: body[key] for key in ("content", "components", "embeds", "flags") if body.get(key) is not None}
        message["edited_timestamp"] = world.timestamp()
        self._fake.announce("MESSAGE_UPDATE", message, channel)
        return message

    def delete_message(self, request, _body):
        channel = self._visible(request)
        message = self._message(request, channel)
        if message["author"] is not self._fake.world.bot:
            self._visible(request, permission.MANAGE_MESSAGES)
        self._fake.remove_message(channel, message)

    def _emoji(self, request):
        raw = request.raw_path.split("/reactions/")[1].split("?")[0].removesuffix("/@me")
        text = urllib.parse.unquote(raw)
        if not raw.isascii() or "/" in raw:
            raise RestError(10014)
        name, colon, identity = text.partition(":")
        if colon:
            known = any(emoji["id"] == identity for guild in self._fake.world.guilds.values()
                        for emoji in guild["emojis"])
            if not known:
                raise RestError(10014)
            return {"id": identity, "name": name}
        if not is_emoji(text) and Deviation.ANY_EMOJI_ACCEPTED not in self._fake.deviations:
            raise RestError(10014)
        return {"id": None, "name": text}

    def put_reaction(self, request, _body):
        channel = self._visible(request, permission.READ_MESSAGE_HISTORY)
        message, emoji = self._message(request, channel), self._emoji(request)
        given = message.setdefault("reactions", [])
        found = next((entry for entry in given if entry["emoji"] == emoji), None)
        if found is None:
            self._visible(request, permission.ADD_REACTIONS)
            if len(given) >= MAX_REACTIONS:
                raise RestError(30010)
            found = {"emoji": emoji, "count": 0, "me": False}
            given.append(found)
        if not found["me"]:
            found |= {"count": found["count"] + 1, "me": True}
            self._tell_reaction("MESSAGE_REACTION_ADD", channel, message, emoji)

    def delete_reaction(self, request, _body):
        channel = self._visible(request)
        message, emoji = self._message(request, channel), self._emoji(request)
        given = message.get("reactions", [])
        found = next((entry for entry in given if entry["emoji"] == emoji and entry["me"]), None)
        if found is None:
            raise RestError(10014)
        found |= {"count": found["count"] - 1, "me": False}
        if found["count"] == 0:
            given.remove(found)
        self._tell_reaction("MESSAGE_REACTION_REMOVE", channel, message, emoji)

    def list_reactions(self, request, _body):
        channel = self._visible(request)
        message, emoji = self._message(request, channel), self._emoji(request)
        is_mine = any(entry["me"] and entry["emoji"] == emoji for entry in message.get("reactions", []))
        return [self._fake.world.bot] if is_mine else []

    def _tell_reaction(self, event, channel, message, emoji):
        data = {"user_id": self._fake.world.bot["id"], "channel_id": channel["id"], "message_id": message["id"],
                "emoji": emoji, "burst": False, "type": 0}
        if channel.get("guild_id"):
            data["guild_id"] = channel["guild_id"]
        self._fake.gateway.dispatch(event, data, channel.get("guild_id"), channel)

    def type(self, request, _body):
        self._visible(request, permission.SEND_MESSAGES)

    def start_thread(self, request, body):
        channel = self._visible(request, permission.SEND_MESSAGES)
        if not 1 <= len(body.get("name", "")) <= 100:
            raise invalid("name", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length.")
        return self._fake.add_thread(channel, body["name"])

