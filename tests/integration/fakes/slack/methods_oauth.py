"""oauth.v2.access, and the page before it."""

import base64
import binascii
import secrets
import time
import urllib.parse

from aiohttp import web

from . import arguments
from .error import ApiError
from .method import Method

CODE_SECONDS = 600


class Oauth:
    """What the person who installs sees and does."""

    def __init__(self, fake):
        self._fake = fake
        self.client_id = f"{secrets.randbelow(10**12)}.{secrets.randbelow(10**13)}"
        self.client_secret = secrets.token_hex(16)
        self.rotates = False  # tokens that expire, with one to refresh them
        self.expires_in = 43200
        self.installs_to = None  # the team; None: the first. Set by a test before it "presses" allow.
        self.codes = {}  # (team, redirect_uri, when)

    def add_to(self, application):
        application.router.add_get("/oauth/v2/authorize", self._authorize)

    async def _authorize(self, request):
        """Presses "Allow" at once."""
        query = request.query
        if query.get("client_id") != self.client_id:
            return web.Response(status=400, text="invalid_client_id")
        team = self.installs_to or next(iter(self._fake.world.teams.values()))
        told = urllib.parse.urlencode({"code": self.code(team, query.get("redirect_uri")),
                                       "state": query.get("state", "")})
        raise web.HTTPFound(f"{query['redirect_uri']}?{told}")

    def code(self, team, redirect_uri=None):
        code = secrets.token_urlsafe(24)
        self.codes[code] = (team, redirect_uri, time.monotonic())
        return code


class OauthMethods:
    def __init__(self, fake):
        self._fake = fake
        self._oauth = fake.oauth

    def table(self):
        return {"oauth.v2.access": Method(self.access, tier=None, takes_json=False, token=None)}

    def _check_client(self, request):
        args = request.args
        identity, secret = args.get("client_id"), args.get("client_secret")
        scheme, _, value = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() == "basic":
            try:
                identity, _, secret = base64.b64decode(value).decode().partition(":")
            except (binascii.Error, UnicodeDecodeError):
                raise ApiError("invalid_client_id") from None
        if identity != self._oauth.client_id:
            raise ApiError("invalid_client_id")
        if secret != self._oauth.client_secret:
            raise ApiError("bad_client_secret")

    def access(self, request):
        self._check_client(request)
        if request.args.get("grant_type") == "refresh_token":
            token = self._fake.tokens.rotate(arguments.text(request.args, "refresh_token", "invalid_refresh_token"))
            team = self._fake.world.teams[token.team_id]
            team.token = token
            return self._granted(team, token)
        return self._exchange(request.args)

    def _exchange(self, args):
        team, redirect_uri, made_at = self._oauth.codes.pop(arguments.text(args, "code", "invalid_code"),
                                                            (None, None, 0.0))
        if team is None:
            raise ApiError("invalid_code")
        if self._fake.clock.age(made_at) > CODE_SECONDS:
            raise ApiError("code_expired")
        if redirect_uri and args.get("redirect_uri") != redirect_uri:
            raise ApiError("bad_redirect_uri")
        team.token = self._fake.tokens.issue("bot", team.id, rotates=self._oauth.rotates,
                                             expires_in=self._oauth.expires_in)
        return self._granted(team, team.token)

    def _granted(self, team, token):
        enterprise = {"id": team.enterprise_id, "name": "enterprise"} if team.enterprise_id else None
        told = {"app_id": self._fake.world.app_id, "authed_user": {"id": team.installer["id"]},
                "scope": ",".join(sorted(token.scopes)), "token_type": "bot", "access_token": token.value,
                "bot_user_id": team.bot["id"], "enterprise": enterprise, "is_enterprise_install": team.is_org_install,
                "team": None if team.is_org_install else {"id": team.id, "name": team.name}}
        if token.refresh:
            told |= {"refresh_token": token.refresh, "expires_in": token.expires_in}
        return told
