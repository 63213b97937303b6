"""chat.*"""

from . import arguments
from .deviation import Deviation
from .error import ApiError
from .method import Method

MAX_TEXT, MAX_BLOCKS, MAX_SECTION = 40000, 50, 3000


class ChatMethods:
    def __init__(self, fake):
        self._fake = fake
        self._messages = fake.messages

    def table(self):
        write = ("chat:write",)
        return {
            "chat.postMessage": Method(self.post, write, tier=None),
            "chat.update": Method(self.update, write),
            "chat.delete": Method(self.delete, write),
            "chat.postEphemeral": Method(self.post_ephemeral, write, tier=4),
        }

    def _channel(self, request):
        world, identity = self._fake.world, arguments.text(request.args, "channel", "channel_not_found")
        if identity.startswith("U"):  # a person: the direct conversation
            return world.direct_channel(request.team, world.user(identity, "channel_not_found"))
        channel = world.channel(request.team, identity)
        if channel["is_archived"]:
            raise ApiError("is_archived")
        may_write = world.has_bot(channel) or (
            channel["is_channel"] and "chat:write.public" in request.token.scopes)
        if not may_write:
            raise ApiError("not_in_channel")
        if channel["is_im"] and not self._fake.has_messages_tab:
            raise ApiError("messages_tab_disabled")
        return channel

    @staticmethod
    def _content(args):
        """Text and blocks, as they are kept."""
        blocks = arguments.structure(args, "blocks", "invalid_blocks_format", [])
        text = args.get("text") or ""
        if not text and not blocks and not args.get("attachments"):
            raise ApiError("no_text")
        if not isinstance(blocks, list) or len(blocks) > MAX_BLOCKS:
            raise ApiError("invalid_blocks")
        sections = [block for block in blocks if block.get("type") == "section"]
        if any(len(section.get("text", {}).get("text", "")) > MAX_SECTION for section in sections):
            told = {"messages": ["[ERROR] must be less than 3001 characters"]}
            raise ApiError("invalid_blocks", response_metadata=told)
        return text[:MAX_TEXT], blocks

    def post(self, request):
        channel = self._channel(request)
        text, blocks = self._content(request.args)
        team, thread_ts = request.team, request.args.get("thread_ts")
        if thread_ts and self._messages.find(channel["id"], thread_ts) is None:
            raise ApiError("thread_not_found")
        is_broadcast = bool(thread_ts) and arguments.flag(request.args, "reply_broadcast")
        about = {"subtype": "thread_broadcast"} if is_broadcast else {}
        message = self._messages.add(channel, text, user=team.bot, thread_ts=thread_ts, blocks=blocks,
                                     bot_id=team.bot_id, app_id=self._fake.world.app_id, **about)
        self._announce(channel, message)
        return {"channel": channel["id"], "ts": message["ts"], "message": self._messages.shown(message)}

    def _announce(self, channel, message):
        told = message
        if Deviation.OWN_MESSAGES_WITHOUT_BOT_ID in self._fake.deviations:
            told = {key: value for key, value in message.items() if key not in ("bot_id", "app_id")}
        self._fake.events.announce(channel, told)

    def _own(self, request, error):
        """(channel, message of the bot's own)."""
        channel = self._channel(request)
        message = self._messages.get(channel["id"], arguments.text(request.args, "ts", "message_not_found"))
        if message.get("bot_id") != request.team.bot_id:
            raise ApiError(error)
        return channel, message

    def update(self, request):
        channel, message = self._own(request, "cant_update_message")
        text, blocks = self._content(request.args)
        before = dict(message)
        message |= {"text": text, "blocks": blocks,
                    "edited": {"user": request.team.bot["id"], "ts": self._messages.next_ts()}}
        self._fake.announce_change(channel, message, before)
        return {"channel": channel["id"], "ts": message["ts"], "text": text,
                "message": self._messages.shown(message)}

    def delete(self, request):
        channel, message = self._own(request, "cant_delete_message")
        self._fake.delete_message(message)
        return {"channel": channel["id"], "ts": message["ts"]}

    def post_ephemeral(self, request):
        channel = self._channel(request)
        text, blocks = self._content(request.args)
        user = self._fake.world.user(arguments.text(request.args, "user", "user_not_in_channel"), "user_not_in_channel")
        if user["id"] not in self._fake.world.members[channel["id"]]:
            raise ApiError("user_not_in_channel")
        message = self._messages.add(channel, text, user=request.team.bot, blocks=blocks, bot_id=request.team.bot_id,
                                     thread_ts=request.args.get("thread_ts"), stored=False)
        self._messages.ephemeral.append({**message, "to": user["id"]})
        return {"message_ts": message["ts"]}
