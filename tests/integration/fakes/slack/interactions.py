"""Commands, buttons, shortcuts and forms that people use; triggers and response_urls."""

import json
import secrets
import time

from .delivery import COMMAND, INTERACTION
from .error import ApiError

USES, USE_SECONDS = 5, 1800  # of a response_url; the latter Slack's seconds


class Interaction:
    """One use; what the app did about it."""

    def __init__(self, payload, user, channel, token):
        self.payload = payload
        self.user = user
        self.channel = channel  # None for a global shortcut
        self.token = token  # of the response_url
        self.made_at = time.monotonic()
        self.delivery = None
        self.responses = []  # bodies that came to the response_url
        self.refused = []  # names of the errors that it answered
        self.view = None  # that was opened with the trigger

    @property
    def trigger_id(self):
        return self.payload["trigger_id"]

    @property
    def immediate(self):
        """The body of the acknowledgement, {} when there is none."""
        response = self.delivery.response
        if hasattr(response, "text"):
            return _body_of(response)
        return response or {}

    @property
    def answers(self):
        """All that the person sees, first to last: {"text": ...}."""
        told = [self.immediate] if self.immediate.get("text") or self.immediate.get("blocks") else []
        return told + self.responses

    @property
    def acknowledged_after(self):
        return self.delivery.acked_after

    @property
    def has_failed(self):
        """The person sees `operation_timeout`."""
        return self.delivery.is_lost


def _body_of(answer):
    """Of an HTTP acknowledgement: JSON, or the text itself."""
    try:
        return answer.json if answer.text else {}
    except ValueError:
        return {"text": answer.text}


class Interactions:
    def __init__(self, fake):
        self._fake = fake
        self.trigger_seconds = 3.0
        self._all = []

    def all(self):
        return list(self._all)

    def make(self, kind, user, channel, about, team=None):
        world = self._fake.world
        team = team or (world.team_of(channel) if channel else world.teams[user["team_id"]])
        token = f"{team.id}/{secrets.randbelow(10**12)}/{secrets.token_urlsafe(18)}"
        trigger_id = f"{secrets.randbelow(10**12)}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        around = {"token": self._fake.events.verification_token, "api_app_id": world.app_id, "trigger_id": trigger_id,
                  "is_enterprise_install": team.is_org_install}
        if kind == COMMAND:
            payload = around | self._of_command(team, user, channel) | about
            payload["response_url"] = self._fake.response_url(token)
        else:
            payload = around | self._of_interaction(team, user, channel) | about
            if channel:
                payload["response_url"] = self._fake.response_url(token)
        interaction = Interaction(payload, user, channel, token)
        self._all.append(interaction)
        interaction.delivery = self._fake.deliveries.send(kind, payload)
        return interaction

    @staticmethod
    def _of_command(team, user, channel):
        return {"team_id": team.id, "team_domain": team.domain, "channel_id": channel["id"],
                "channel_name": channel["name"], "user_id": user["id"], "user_name": user["name"]}

    @staticmethod
    def _of_interaction(team, user, channel):
        payload = {"team": {"id": team.id, "domain": team.domain}, "enterprise": None,
                   "user": {"id": user["id"], "username": user["name"], "name": user["name"],
                            "team_id": user["team_id"]}}
        if channel:
            payload["channel"] = {"id": channel["id"], "name": channel["name"]}
        return payload

    def by_trigger(self, trigger_id):
        """For views.open; a trigger may be used once, and not for long."""
        found = next((one for one in self._all if one.trigger_id == trigger_id), None)
        if found is None:
            raise ApiError("invalid_trigger_id")
        if time.monotonic() - found.made_at > self.trigger_seconds:
            raise ApiError("expired_trigger_id")
        if found.view is not None:
            raise ApiError("exchanged_trigger_id")
        return found

    def respond(self, token, raw):
        """A post to a response_url."""
        interaction = next((one for one in self._all if one.token == token), None)
        if interaction is None:
            raise ApiError("invalid_url", status=404)
        try:
            body = self._checked(interaction, raw)
        except ApiError as error:
            interaction.refused.append(error.name)
            raise
        interaction.responses.append(body)
        self._show(interaction, body)

    def _checked(self, interaction, raw):
        if self._fake.clock.age(interaction.made_at) > USE_SECONDS:
            raise ApiError("expired_url", status=404)
        if len(interaction.responses) >= USES:
            raise ApiError("used_url", status=404)
        try:
            body = json.loads(raw)
        except ValueError:
            raise ApiError("invalid_payload", status=400) from None
        if not (body.get("text") or body.get("blocks") or body.get("delete_original")):
            raise ApiError("no_text", status=500)
        return body

    def _show(self, interaction, body):
        if body.get("delete_original") or body.get("replace_original"):
            return
        fake, is_public = self._fake, body.get("response_type") == "in_channel"
        bot = fake.world.team_of(interaction.channel).bot
        message = fake.messages.add(interaction.channel, body.get("text", ""), user=bot, stored=is_public,
                                    thread_ts=body.get("thread_ts"), blocks=body.get("blocks", []))
        if not is_public:
            fake.messages.ephemeral.append({**message, "to": interaction.user["id"]})
        fake.record.wake()

    # What people use. `about` are fields of the payload.

    def command(self, user, channel, command, text="", **about):
        return self.make(COMMAND, user, channel, {"command": command, "text": text, **about})

    def shortcut(self, user, message, callback_id, **about):
        """Of a message."""
        channel = self._fake.world.channels[message["channel"]]
        return self.make(INTERACTION, user, channel, {
            "type": "message_action", "callback_id": callback_id, "action_ts": self._fake.messages.next_ts(),
            "message_ts": message["ts"], "message": self._fake.messages.shown(message), **about})

    def global_shortcut(self, user, callback_id, **about):
        return self.make(INTERACTION, user, None, {
            "type": "shortcut", "callback_id": callback_id, "action_ts": self._fake.messages.next_ts(), **about})

    def press(self, user, action, *, message=None, view=None, **about):
        """An element of a message or of a view: `action` is its JSON, with what was chosen."""
        if message:
            channel = self._fake.world.channels[message["channel"]]
            container = {"type": "message", "message_ts": message["ts"], "channel_id": channel["id"],
                         "is_ephemeral": False}
            around = {"message": self._fake.messages.shown(message), "container": container}
        else:
            channel, around = None, {"view": view, "container": {"type": "view", "view_id": view["id"]}}
        values = (view or {}).get("state", {"values": {}})
        return self.make(INTERACTION, user, channel, {
            "type": "block_actions", "actions": [{**action, "action_ts": self._fake.messages.next_ts()}],
            "state": values, **around, **about})

    def submit(self, user, view, values, **about):
        """A form; `values` by block_id and action_id, as view.state has them."""
        filled = {**view, "state": {"values": values}}
        return self.make(INTERACTION, user, None, {"type": "view_submission", "view": filled, "response_urls": [],
                                                   **about})

    def close(self, user, view, **about):
        return self.make(INTERACTION, user, None, {"type": "view_closed", "view": view, "is_cleared": False, **about})

    def suggest(self, user, view, block_id, action_id, value, **about):
        """Somebody types into an external select."""
        return self.make(INTERACTION, user, None, {
            "type": "block_suggestion", "view": view, "block_id": block_id, "action_id": action_id, "value": value,
            "container": {"type": "view", "view_id": view["id"]}, **about})
