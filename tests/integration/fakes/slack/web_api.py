"""The Web API: tokens, scopes, limits, planned faults and errors around the methods."""

import asyncio
import dataclasses
import time

from aiohttp import web

from ..faults import Fault
from . import arguments
from .deviation import Deviation
from .error import ApiError
from .method import Method
from .methods_chat import ChatMethods
from .methods_conversations import ConversationMethods
from .methods_files import FileMethods
from .methods_oauth import OauthMethods
from .methods_people import PeopleMethods
from .methods_reactions import ReactionMethods
from .methods_views import ViewMethods
from .plans import Plans
from .record import Call

HTML = b"<html><head><title>Slack</title></head><body>Something went wrong</body></html>"


@dataclasses.dataclass
class Request:
    """What a method gets."""
    args: dict
    token: object
    team: object  # None for the app's token, and without any
    headers: dict


class WebApi:
    def __init__(self, fake):
        self._fake = fake
        self.plans = Plans()
        self.delay = 0.0  # before every answer
        self.methods = {}
        for part in (ChatMethods, ConversationMethods, FileMethods, OauthMethods, PeopleMethods, ReactionMethods,
                     ViewMethods):
            self.methods |= part(fake).table()

    def add_to(self, application):
        application.router.add_route("*", "/api/{method}", self._handle)

    async def _handle(self, request):
        name = request.match_info["method"]
        method = self.methods.get(name, Method(unknown, tier=None, token=None))
        args, encoding, problem = await arguments.read(request, method.takes_json)
        entry = self._fake.record.add(Call(time.monotonic(), name, request.method, args, encoding,
                                           dict(request.headers), await request.read()))
        entry.token = self._find_token(entry)
        entry.team_id = entry.token.team_id if entry.token else None
        fault = self._fake.faults.at(f"call {name}")
        if fault is Fault.DROP:
            return self._drop(request)
        if self.delay:
            await asyncio.sleep(self.delay)
        response = await self._respond(request, entry, method, problem)
        if fault is Fault.DROP_AFTER:
            return self._drop(request)
        entry.status, entry.answered_at = response.status, time.monotonic()
        self._fake.record.wake()
        return response

    async def _respond(self, request, entry, method, problem):
        plan = self.plans.next_for(entry.method, entry.team_id)
        try:
            if plan and not plan.is_done:
                planned = await plan.act(request)
                if planned is not None:
                    return planned
            response = self._run(entry, method, problem)
        except ApiError as error:
            response = self._refuse(entry, error)
        return await plan.act(request) if plan and plan.is_done else response

    def _drop(self, request):
        if request.transport is not None:
            request.transport.abort()
        return web.Response()

    def _value(self, entry):
        scheme, _, value = entry.headers.get("Authorization", "").partition(" ")
        if scheme.lower() == "bearer" and value:
            return value
        # The app's own token is taken from the header alone.
        return None if entry.method == "apps.connections.open" else entry.args.get("token")

    def _find_token(self, entry):
        try:
            return self._fake.tokens.check(self._value(entry))
        except ApiError:
            return None

    def _run(self, entry, method, problem):
        token = self._fake.tokens.check(self._value(entry)) if method.token else None
        if token and token.kind != method.token:
            raise ApiError("not_allowed_token_type")
        team = self._fake.world.teams.get(token.team_id) if token else None
        wait = self._fake.rate_limits.wait_for(entry.method, method.tier, entry.team_id, entry.args.get("channel"))
        if wait:
            return self._limited(entry, wait)
        if problem:
            raise ApiError(problem)
        request = Request(entry.args, token, team, entry.headers)
        self._check_scopes(method.scopes_for(request), token)
        body = {"ok": True, **method.run(request)}
        if entry.encoding == "json" and "charset" not in entry.headers["Content-Type"]:
            body |= {"warning": "missing_charset", "response_metadata": {
                **body.get("response_metadata", {}), "warnings": ["missing_charset"]}}
        return self._made(body, 200, token)

    def _check_scopes(self, scopes, token):
        """One of them is enough."""
        if scopes and not token.scopes & set(scopes):
            raise ApiError("missing_scope", needed=",".join(scopes), provided=",".join(sorted(token.scopes)))

    def _limited(self, entry, wait):
        is_odd = Deviation.RATE_LIMITED_SPELLING in self._fake.deviations and entry.method == "chat.postMessage"
        entry.error = "rate_limited" if is_odd else "ratelimited"
        response = self._made({"ok": False, "error": entry.error}, 429)
        if Deviation.RETRY_AFTER_ABSENT not in self._fake.deviations:
            response.headers["Retry-After"] = str(wait)
        return response

    def _refuse(self, entry, error):
        entry.error = error.name
        if Deviation.ERRORS_ARE_HTML in self._fake.deviations:
            return web.Response(body=HTML, status=500, content_type="text/html")
        return self._made(error.body, error.status, entry.token)

    def _made(self, body, status, token=None):
        headers = {"x-slack-req-id": f"{time.monotonic_ns():032x}"}
        if token and Deviation.NO_SCOPE_HEADERS not in self._fake.deviations:
            headers["x-oauth-scopes"] = ",".join(sorted(token.scopes))
        return web.Response(body=self._fake.as_json(body).encode(), status=status, headers=headers,
                            content_type="application/json", charset="utf-8")


def unknown(_request):
    raise ApiError("unknown_method")
