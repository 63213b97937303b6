"""Tokens, their scopes, and what becomes of them."""

import dataclasses
import secrets
import time

from .error import ApiError

# What the manifest asks for.
BOT_SCOPES = frozenset((
    "app_mentions:read", "channels:history", "groups:history", "im:history", "mpim:history", "channels:read",
    "groups:read", "im:read", "mpim:read", "chat:write", "commands", "reactions:write", "reactions:read",
    "users:read", "files:write", "files:read", "emoji:read"))


@dataclasses.dataclass
class Token:
    value: str
    kind: str  # "bot" or "app"
    team_id: str | None
    scopes: set
    error: str | None = None  # what every call with it gets: "token_revoked", "account_inactive"
    refresh: str | None = None
    expires_in: float | None = None  # Slack's seconds
    made_at: float = dataclasses.field(default_factory=time.monotonic)


class Tokens:
    def __init__(self, clock):
        self._clock = clock
        self._by_value = {}

    def all(self):
        return list(self._by_value.values())

    def issue(self, kind, team_id=None, scopes=BOT_SCOPES, rotates=False, expires_in=43200):
        prefix = {"app": "xapp-1", "bot": "xoxe.xoxb-1" if rotates else "xoxb"}[kind]
        token = Token(f"{prefix}-{secrets.token_urlsafe(24)}", kind, team_id, set(scopes))
        if rotates:
            token.refresh, token.expires_in = f"xoxe-1-{secrets.token_urlsafe(24)}", expires_in
        self._by_value[token.value] = token
        return token

    def check(self, value):
        """The token, if it may be used."""
        if not value:
            raise ApiError("not_authed")
        token = self._by_value.get(value)
        if token is None:
            raise ApiError("invalid_auth")
        if token.error:
            raise ApiError(token.error)
        if token.expires_in is not None and self._clock.age(token.made_at) > token.expires_in:
            raise ApiError("token_expired")
        return token

    def rotate(self, refresh):
        """A new token in place of the one that `refresh` belongs to."""
        old = next((token for token in self.all() if token.refresh and token.refresh == refresh), None)
        if old is None:
            raise ApiError("invalid_refresh_token")
        old.refresh = None
        new = self.issue(old.kind, old.team_id, old.scopes, rotates=True, expires_in=old.expires_in)
        return new

    def revoke_all(self, team_id, error="token_revoked"):
        for token in self.all():
            if token.team_id == team_id:
                token.error = error
