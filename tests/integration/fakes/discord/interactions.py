"""Commands, menus, buttons and modals that people use, and the bot's answers to them."""

import secrets
import time

from . import world
from .deviation import Deviation
from .error import RestError, invalid
from .messages import check_components, check_content

COMMAND, COMPONENT, AUTOCOMPLETE, MODAL = 2, 3, 4, 5
MESSAGE, DEFERRED, DEFERRED_UPDATE, UPDATE, CHOICES, FORM = 4, 5, 6, 7, 8, 9
EPHEMERAL, LOADING = 1 << 6, 1 << 7


class Interaction:
    """One use; what the bot did about it."""

    def __init__(self, payload, channel):
        self.payload = payload
        self.id, self.token = payload["id"], payload["token"]
        self.channel = channel
        self.made_at = time.monotonic()
        self.acknowledged_at = None
        self.callback = None  # the first response, as sent
        self.original = None  # the message that answers it
        self.edits = 0
        self.followups = []
        self.refused = []  # codes of the errors that the bot got

    @property
    def is_ephemeral(self):
        return bool(self.original and self.original["flags"] & EPHEMERAL)

    @property
    def answer(self):
        """The answering message, once it is more than a placeholder."""
        return self.original if self.original and not self.original["flags"] & LOADING else None

    @property
    def acknowledged_after(self):
        return None if self.acknowledged_at is None else self.acknowledged_at - self.made_at


class Interactions:
    def __init__(self, fake):
        self._fake = fake
        self.acknowledge_within = 3.0
        self.token_seconds = 900.0
        self._by_id = {}
        self._by_token = {}

    def all(self):
        return list(self._by_id.values())

    def make(self, kind, data, user, channel, *, message=None, locale="ko", member_permissions=None):
        """Builds and remembers it; the caller delivers its payload."""
        around = self._fake.world
        guild = around.guild_of(channel)
        payload = {
            "id": around.ids.next(), "application_id": around.application["id"], "type": kind, "version": 1,
            "token": secrets.token_urlsafe(60), "data": data, "channel_id": channel["id"], "locale": locale,
            "entitlements": [], "authorizing_integration_owners": {}, "attachment_size_limit": 10485760,
            "app_permissions": str(around.permissions(around.bot, channel)), "context": 0 if guild else 1,
        }
        if guild:
            member = around.members.get((guild["id"], user["id"])) or around.add_member(guild, user)
            held = around.permissions(user, channel) if member_permissions is None else member_permissions
            payload |= {"guild_id": guild["id"], "guild_locale": guild["preferred_locale"],
                        "guild": {"id": guild["id"], "locale": "ko", "features": []},
                        "member": {**member, "permissions": str(held)}}
        else:
            payload["user"] = user
        if message:
            payload["message"] = message
        payload["channel"] = {**channel, "permissions": str(around.permissions(user, channel))}
        if Deviation.BARE_INTERACTIONS in self._fake.deviations:
            payload.pop("channel")
            payload.get("member", {}).pop("permissions", None)
            payload["data"] = {key: value for key, value in data.items() if key != "resolved"}
        interaction = Interaction(payload, channel)
        self._by_id[interaction.id] = self._by_token[interaction.token] = interaction
        return interaction

    # What the bot may do.

    def respond(self, identity, token, body):
        """The callback. Returns the interaction."""
        interaction = self._by_id.get(identity)
        if interaction is None or interaction.token != token:
            raise RestError(10062)
        try:
            self._check_in_time(interaction)
            if interaction.callback is not None:
                raise RestError(40060)
            self._check_callback(interaction, body)
        except RestError as error:
            interaction.refused.append(error.code)
            raise
        interaction.callback = body
        interaction.acknowledged_at = time.monotonic()
        self._perform(interaction, body)
        return interaction

    def _check_in_time(self, interaction):
        is_late = time.monotonic() - interaction.made_at > self.acknowledge_within
        if is_late and Deviation.LATE_CALLBACKS_ACCEPTED not in self._fake.deviations:
            raise RestError(10062)

    def _check_callback(self, interaction, body):
        kind, data = body.get("type"), body.get("data")
        allowed = {COMMAND: (4, 5, 9), COMPONENT: (4, 5, 6, 7, 9), AUTOCOMPLETE: (8,), MODAL: (4, 5, 6, 7)}
        if kind not in allowed[interaction.payload["type"]]:
            raise invalid("type", "INTERACTION_CALLBACK_TYPE_INVALID", "Not a response to this interaction.")
        if kind == DEFERRED and Deviation.DEFERRALS_VANISH in self._fake.deviations and data is None:
            raise RestError(50035)
        if kind in (MESSAGE, UPDATE):
            check_content(data or {})
            if data.get("flags", 0) & EPHEMERAL and Deviation.EPHEMERAL_FAILS in self._fake.deviations:
                raise RestError(0, status=500)
        if kind == CHOICES and len((data or {}).get("choices", [])) > 25:
            raise invalid("data.choices", "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.")

    def _perform(self, interaction, body):
        kind, data = body["type"], body.get("data") or {}
        if kind == MESSAGE:
            self._show(interaction, data, data.get("flags", 0))
        elif kind == DEFERRED and Deviation.DEFERRALS_VANISH not in self._fake.deviations:
            self._show(interaction, {}, data.get("flags", 0) & EPHEMERAL | LOADING)
        elif kind in (DEFERRED_UPDATE, UPDATE):
            interaction.original = interaction.payload.get("message")
            if kind == UPDATE:
                interaction.original |= data

    def _show(self, interaction, data, flags):
        is_public = not flags & EPHEMERAL
        interaction.original = self._fake.messages.add(
            interaction.channel, self._fake.world.bot, data.get("content", ""), kind=20, flags=flags,
            components=data.get("components", ()), allowed=data.get("allowed_mentions", {"parse": ["users"]}),
            webhook_id=self._fake.world.application["id"], stored=is_public)
        if is_public:
            self._fake.announce("MESSAGE_CREATE", interaction.original, interaction.channel)

    def by_token(self, application_id, token):
        """For the webhook calls."""
        interaction = self._by_token.get(token)
        if application_id != self._fake.world.application["id"] or interaction is None:
            raise RestError(10015)
        if Deviation.DEFERRALS_VANISH in self._fake.deviations:
            raise RestError(10015)
        if time.monotonic() - interaction.made_at > self.token_seconds:
            interaction.refused.append(50027)
            raise RestError(50027)
        if interaction.callback is None:
            raise RestError(10015)
        return interaction

    def original(self, interaction):
        if interaction.original is None:
            raise RestError(10008)
        return interaction.original

    def edit(self, interaction, message, body):
        if body.get("content") is not None or body.get("components") is not None:
            check_content({"content": message["content"], **body})
        check_components(body.get("components") or [])
        message |= {key: body[key] for key in ("content", "components", "embeds") if body.get(key) is not None}
        message["flags"] &= ~LOADING
        message["edited_timestamp"] = world.timestamp()
        interaction.edits += 1
        if not message["flags"] & EPHEMERAL:
            self._fake.announce("MESSAGE_UPDATE", message, interaction.channel)
        return message

    def follow_up(self, interaction, body):
        check_content(body)
        message = self._fake.messages.add(
            interaction.channel, self._fake.world.bot, body.get("content", ""), kind=20,
            flags=body.get("flags", 0), components=body.get("components", ()),
            allowed=body.get("allowed_mentions", {"parse": ["users"]}),
            webhook_id=self._fake.world.application["id"], stored=not body.get("flags", 0) & EPHEMERAL)
        interaction.followups.append(message)
        return message
