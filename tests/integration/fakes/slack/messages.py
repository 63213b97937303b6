"""The messages of all channels, with their reactions."""

import time
import uuid

from .error import ApiError


class Messages:
    def __init__(self):
        self._of_channel = {}
        self._latest = 0
        self.ephemeral = []  # what chat.postEphemeral and response_urls showed to one person

    def next_ts(self):
        """Microseconds that never repeat. A string, as everywhere."""
        self._latest = max(self._latest + 1, time.time_ns() // 1000)
        return f"{self._latest // 1_000_000}.{self._latest % 1_000_000:06d}"

    def all(self, channel_id):
        """Oldest first."""
        return list(self._of_channel.get(channel_id, {}).values())

    def find(self, channel_id, ts):
        return self._of_channel.get(channel_id, {}).get(ts)

    def get(self, channel_id, ts):
        found = self.find(channel_id, ts)
        if found is None:
            raise ApiError("message_not_found")
        return found

    def remove(self, channel_id, ts):
        self.get(channel_id, ts)
        return self._of_channel[channel_id].pop(ts)

    def add(self, channel, text, *, user=None, thread_ts=None, stored=True, ts=None, **about):
        """`about`: any other fields of the message (bot_id, subtype, blocks, files ...)."""
        message = {"type": "message", "channel": channel["id"], "text": text, "ts": ts or self.next_ts()}
        if user is not None:
            message |= {"user": user["id"], "team": user["team_id"]}
            if user["team_id"] != channel["context_team_id"]:  # Slack Connect
                message |= {"user_team": user["team_id"], "source_team": user["team_id"]}
            if not user["is_bot"] and "subtype" not in about:
                message["client_msg_id"] = str(uuid.uuid4())
        if thread_ts:
            message["thread_ts"] = thread_ts
            parent = self.find(channel["id"], thread_ts)
            if parent:
                message["parent_user_id"] = parent.get("user", "USLACKBOT")
        message |= about
        if stored:
            self._of_channel.setdefault(channel["id"], {})[message["ts"]] = message
        return message

    @staticmethod
    def shown(message):
        """As the Web API shows it."""
        return {key: value for key, value in message.items() if key != "channel"}

    def react(self, message, name, user_id):
        reactions = message.setdefault("reactions", [])
        found = next((entry for entry in reactions if entry["name"] == name), None)
        if found and user_id in found["users"]:
            raise ApiError("already_reacted")
        if sum(user_id in entry["users"] for entry in reactions) >= 23:
            raise ApiError("too_many_reactions")
        if found is None:
            found = {"name": name, "users": [], "count": 0}
            reactions.append(found)
        found["users"].append(user_id)
        found["count"] += 1

    def unreact(self, message, name, user_id):
        reactions = message.get("reactions", [])
        found = next((entry for entry in reactions if entry["name"] == name), None)
        if found is None or user_id not in found["users"]:
            raise ApiError("no_reaction")
        found["users"].remove(user_id)
        found["count"] -= 1
        if not found["count"]:
            reactions.remove(found)

    @staticmethod
    def reactions_of(message, user_id):
        """The names that the user gave it."""
        return [entry["name"] for entry in message.get("reactions", []) if user_id in entry["users"]]
