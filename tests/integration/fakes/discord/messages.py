"""The messages of all channels, and what Discord checks when one is made."""

import re
import time

from . import permission, world
from .error import RestError, invalid

MENTION = re.compile(r"<@!?(\d+)>")
ROLE_MENTION = re.compile(r"<@&(\d+)>")
EVERYONE = re.compile(r"@(everyone|here)\b")
REPLY = 19
NONCE_SECONDS = 300
USER_TYPES = (0, REPLY)


class Messages:
    def __init__(self, around):
        self.world = around
        self._of_channel = {}
        self._nonces = {}

    def all(self, channel_id):
        """Oldest first."""
        return list(self._of_channel.get(channel_id, {}).values())

    def find(self, channel_id, identity):
        return self._of_channel.get(channel_id, {}).get(identity)

    def get(self, channel_id, identity):
        found = self.find(channel_id, identity)
        if found is None:
            raise RestError(10008)
        return found

    def remove(self, channel_id, identity):
        self.get(channel_id, identity)
        return self._of_channel[channel_id].pop(identity)

    def page(self, channel_id, after=None, before=None, limit=50):
        """Newest first, as the API gives them; `after` takes those that follow it directly."""
        chosen = [message for message in self.all(channel_id)
                  if int(message["id"]) > int(after or 0) and (not before or int(message["id"]) < int(before))]
        chosen = chosen[:limit] if after else chosen[-limit:]
        return chosen[::-1]

    def add(self, channel, author, content, *, kind=0, reference=None, nonce=None, components=(), allowed=None,
            webhook_id=None, flags=0, embeds=(), stored=True):
        replied_to = self.find(channel["id"], reference["message_id"]) if reference else None
        message = {
            "id": self.world.ids.next(), "channel_id": channel["id"], "author": author, "content": content,
            "timestamp": world.timestamp(), "edited_timestamp": None, "tts": False, "attachments": [],
            "embeds": list(embeds), "pinned": False, "type": REPLY if replied_to else kind,
            "components": list(components), "flags": flags, **self._pings(channel, content, allowed, replied_to),
        }
        if nonce is not None:
            message["nonce"] = nonce
        if webhook_id:
            message["webhook_id"] = webhook_id
        if replied_to:
            message["message_reference"] = {"type": 0, "channel_id": channel["id"], **reference}
            message["referenced_message"] = {key: value for key, value in replied_to.items()
                                             if key != "referenced_message"}
        if stored:
            self._of_channel.setdefault(channel["id"], {})[message["id"]] = message
            channel["last_message_id"] = message["id"]
        return message

    def create(self, channel, author, body):
        """Create Message by the bot: (message, whether it is new)."""
        self._check(channel, author, body)
        nonce = body.get("nonce")
        if body.get("enforce_nonce") and nonce is not None:
            known = self._nonces.get((author["id"], channel["id"], str(nonce)))
            if known and time.monotonic() - known[0] < NONCE_SECONDS:
                return known[1], False
        message = self.add(channel, author, body.get("content") or "", reference=self._reference(channel, body),
                           nonce=nonce, components=body.get("components") or (), flags=body.get("flags", 0),
                           allowed=body.get("allowed_mentions", {"parse": ["users", "roles", "everyone"],
                                                                "replied_user": True}),
                           embeds=body.get("embeds") or ())
        if nonce is not None:
            self._nonces[author["id"], channel["id"], str(nonce)] = (time.monotonic(), message)
        return message, True

    def _check(self, channel, author, body):
        held = self.world.permissions(author, channel)
        is_thread = channel["type"] in world.THREADS
        if not held & permission.VIEW_CHANNEL:
            raise RestError(50001)
        if not held & (permission.SEND_MESSAGES_IN_THREADS if is_thread else permission.SEND_MESSAGES):
            raise RestError(50013)
        if is_thread and channel["thread_metadata"]["archived"] and channel["thread_metadata"]["locked"]:
            raise RestError(50083)
        if body.get("message_reference") and not held & permission.READ_MESSAGE_HISTORY:
            raise RestError(160002)
        check_content(body)
        if len(str(body.get("nonce", ""))) > 25:
            raise invalid("nonce", "NONCE_TYPE_TOO_LONG", "Must be between 0 and 25 in length.")

    def _reference(self, channel, body):
        reference = body.get("message_reference")
        if not reference:
            return None
        target = self.find(channel["id"], str(reference.get("message_id")))
        if target is None:
            if reference.get("fail_if_not_exists", True):
                raise invalid("message_reference", "MESSAGE_REFERENCE_UNKNOWN_MESSAGE", "Unknown message")
            return None
        if target["type"] not in USER_TYPES:
            raise invalid("message_reference", "REPLIES_CANNOT_REPLY_TO_SYSTEM_MESSAGE",
                          "Cannot reply to a system message")
        return {"message_id": target["id"]}

    def _pings(self, channel, content, allowed, replied_to):
        """Whom the message mentions. `allowed` None: a person wrote it, everything counts."""
        parse = {"users", "roles", "everyone"} if allowed is None else set(allowed.get("parse", []))
        listed = set() if allowed is None else set(allowed.get("users", []))
        named = [self.world.users[identity] for identity in dict.fromkeys(MENTION.findall(content))
                 if identity in self.world.users and ("users" in parse or identity in listed)]
        if replied_to and (allowed is None or allowed.get("replied_user")) and replied_to["author"] not in named:
            named.append(replied_to["author"])
        return {"mentions": named, "mention_everyone": "everyone" in parse and bool(EVERYONE.search(content)),
                "mention_roles": ROLE_MENTION.findall(content) if "roles" in parse else []}


def check_content(body):
    """The limits that Create Message, edits and answers to interactions share."""
    content = body.get("content")
    if content is not None and not isinstance(content, str):
        raise invalid("content", "STRING_TYPE_CONVERT", "Could not interpret as string.")
    if content and len(content) > 2000:
        raise invalid("content", "BASE_TYPE_MAX_LENGTH", "Must be 2000 or fewer in length.")
    if not content and not body.get("embeds") and not body.get("components"):
        raise RestError(50006)
    allowed = body.get("allowed_mentions") or {}
    if "users" in allowed.get("parse", []) and allowed.get("users"):
        raise invalid("allowed_mentions", "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                      'parse:["users"] and users: [ids...] are mutually exclusive.')
    check_components(body.get("components") or [])


def check_components(rows):
    if len(rows) > 5:
        raise invalid("components", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.")
    for index, row in enumerate(rows):
        buttons = row.get("components", [])
        if row.get("type") != 1 or not 1 <= len(buttons) <= 5:
            raise invalid(f"components.{index}", "COMPONENT_TYPE_INVALID", "Must be an action row of 1 to 5.")
        for button in buttons:
            if not 1 <= len(button.get("custom_id", "x")) <= 100 or len(button.get("label", "")) > 80:
                raise invalid(f"components.{index}.components", "BASE_TYPE_BAD_LENGTH", "Too long.")
