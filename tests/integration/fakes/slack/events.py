"""Events around messages and people, in the envelope of the Events API."""

import secrets
import time

# What the manifest subscribes to; a test may add to it ("reaction_added").
SUBSCRIBED = ("message.channels", "message.groups", "message.im", "message.mpim", "app_mention", "app_home_opened",
              "app_uninstalled", "tokens_revoked")
OF_KIND = {"channel": "message.channels", "group": "message.groups", "im": "message.im", "mpim": "message.mpim"}


def event_id():
    return "Ev" + secrets.token_hex(5).upper()


class Events:
    def __init__(self, fake):
        self._fake = fake
        self.subscribed = set(SUBSCRIBED)
        self.verification_token = secrets.token_hex(12)
        self.about = {}  # in place of what every envelope has: {"api_app_id": "A0OTHER"}; None leaves it out

    def envelope(self, team, event, **about):
        bot = {"enterprise_id": team.enterprise_id, "team_id": team.id, "user_id": team.bot["id"], "is_bot": True,
               "is_enterprise_install": team.is_org_install}
        envelope = {
            "token": self.verification_token, "team_id": team.id, "context_team_id": team.id,
            "context_enterprise_id": team.enterprise_id, "api_app_id": self._fake.world.app_id, "event": event,
            "type": "event_callback", "event_id": event_id(), "event_time": int(time.time()),
            "authorizations": [bot], "is_ext_shared_channel": False,
            "event_context": "4-" + secrets.token_urlsafe(60), **about,
        }
        return {key: value for key, value in {**envelope, **self.about}.items() if self.about.get(key, "") is not None}

    def send(self, team, event, **about):
        """Whatever it is; returns its Delivery."""
        return self._fake.deliveries.send("events_api", self.envelope(team, event, **about))

    def send_rate_limited(self, team):
        """The outer type; there is no event in it."""
        return self._fake.deliveries.send("events_api", {
            "token": self.verification_token, "type": "app_rate_limited", "team_id": team.id,
            "minute_rate_limited": int(time.time()) // 60 * 60, "api_app_id": self._fake.world.app_id})

    def announce(self, channel, event, ts=None):
        """A message event, if the bot is there and subscribed; else None."""
        world = self._fake.world
        kind = world.kind_of(channel)
        if not world.has_bot(channel) or OF_KIND[kind] not in self.subscribed:
            return None
        told = {key: value for key, value in event.items() if key != "reactions"}
        team = world.team_of(channel)
        return self.send(team, {**told, "event_ts": ts or event["ts"], "channel_type": kind},
                         is_ext_shared_channel=channel["is_ext_shared"])

    def announce_mention(self, channel, message):
        """Beside `message`: another event_id, the same ts."""
        if "app_mention" not in self.subscribed or not self._fake.world.has_bot(channel):
            return None
        event = {key: value for key, value in message.items() if key not in ("reactions", "channel_type")}
        return self.send(self._fake.world.team_of(channel),
                         {**event, "type": "app_mention", "event_ts": message["ts"]})

    def announce_reaction(self, channel, message, name, user_id, kind="reaction_added"):
        if kind not in self.subscribed or not self._fake.world.has_bot(channel):
            return None
        item = {"type": "message", "channel": channel["id"], "ts": message["ts"]}
        return self.send(self._fake.world.team_of(channel), {
            "type": kind, "user": user_id, "reaction": name, "item": item, "item_user": message.get("user", ""),
            "event_ts": self._fake.messages.next_ts()})
