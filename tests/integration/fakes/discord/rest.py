"""The HTTP side: authentication, limits, planned faults and errors around the handlers."""

import asyncio
import json
import time

from aiohttp import web

from ..faults import Fault
from .deviation import Deviation
from .error import RestError
from .record import Request
from .rest_channels import ChannelRoutes
from .rest_interactions import InteractionRoutes
from .rest_people import PeopleRoutes

# Without the bot's token in a header.
OPEN = ("/gateway", "/interactions/", "/webhooks/")
# Neither the global limit nor a bucket holds them up.
EXEMPT = ("/interactions/", "/webhooks/")


class Plan:
    """What the next requests that match get in place of an answer."""

    def __init__(self, matches, respond, times):
        self.matches = matches
        self.respond = respond
        self.left = times


class Rest:
    def __init__(self, fake, prefix):
        self._fake = fake
        self.prefix = prefix
        self.plans = []
        self.delay = 0.0
        self.routes = {}
        for part in (ChannelRoutes(fake), InteractionRoutes(fake), PeopleRoutes(fake)):
            self.routes |= part.table()

    def plan(self, response, method=None, ending="", route=None, times=1):
        """`response`: a web.Response, "drop", "drop after", "hang", an error code, or a function of the
        request that makes one of these. None: as ever."""
        def matches(entry):
            return ((method is None or entry.method == method) and entry.path.endswith(ending) and
                    (route is None or entry.route == route))
        plan = Plan(matches, response if callable(response) else lambda entry: response, times)
        self.plans.append(plan)
        return plan

    def add_to(self, application):
        for (method, route), handler in self.routes.items():
            application.router.add_route(method, self.prefix + route, self._wrapped(route, handler))
        application.router.add_route("*", self.prefix + "/{rest:.*}", self._wrapped("?", not_found))

    def _wrapped(self, route, handler):
        async def handle(request):
            entry = await self._note(request, route)
            fault = self._fake.faults.at(f"{request.method} {route}")
            if fault is Fault.DROP:
                return self._drop(request)
            planned = self._planned(entry)
            if planned not in (None, "drop after") and not isinstance(planned, int):
                return await self._misbehave(request, entry, planned)
            response = await self._answer(request, entry, handler, planned)
            if fault is Fault.DROP_AFTER or planned == "drop after":
                return self._drop(request)
            return self._finish(entry, response)
        return handle

    async def _note(self, request, route):
        raw = await request.read()
        body = None
        if raw:
            try:
                body = json.loads(raw)
            except ValueError:
                body = raw.decode(errors="replace")
        path = request.raw_path.split("?")[0].removeprefix(self.prefix)
        return self._fake.record.add(Request(time.monotonic(), request.method, path, dict(request.query),
                                             dict(request.headers), body, route))

    def _planned(self, entry):
        for plan in self.plans:
            if plan.left > 0 and plan.matches(entry):
                plan.left -= 1
                return plan.respond(entry)
        return None

    async def _misbehave(self, request, entry, planned):
        if planned == "drop":
            return self._drop(request)
        if planned == "hang":
            while request.transport is not None and not request.transport.is_closing():
                await asyncio.sleep(0.02)
            return web.Response()
        # A planned response may be given several times, aiohttp's only once.
        copy = web.Response(status=planned.status, body=planned.body, headers=planned.headers)
        return self._finish(entry, copy)

    def _drop(self, request):
        if request.transport is not None:
            request.transport.abort()
        return web.Response()

    def _finish(self, entry, response):
        entry.status, entry.answered_at = response.status, time.monotonic()
        self._fake.record.wake()
        return response

    async def _answer(self, request, entry, handler, planned):
        if self.delay:
            await asyncio.sleep(self.delay)
        headers = {}
        try:
            self._check_token(request, entry)
            is_exempt = entry.path.startswith(EXEMPT)
            refusal, headers = self._fake.rate_limits.check(request.method, entry.route, request.match_info, is_exempt)
            if refusal is not None:
                return refusal
            if entry.body is not None and "Content-Type" not in request.headers:
                raise RestError(50035)
            if isinstance(planned, int):
                raise RestError(planned)
            result = handler(request, entry.body)
            result = await result if asyncio.iscoroutine(result) else result
        except RestError as error:
            return self._error(error, headers)
        if result is None:
            return web.Response(status=204, headers=headers)
        return json_response(result, 200, headers)

    def _check_token(self, request, entry):
        if entry.path.startswith(OPEN) and entry.path != "/gateway/bot":
            return
        if request.headers.get("Authorization") == f"Bot {self._fake.token}" and not (
                self._fake.gateway.budget.is_token_reset):
            return
        if Deviation.BAD_TOKEN_IS_UNKNOWN_ERROR in self._fake.deviations:
            raise RestError(40001, status=400)
        raise RestError(0)

    def _error(self, error, headers):
        body = error.body
        if Deviation.STATUS_AS_CODE in self._fake.deviations:
            body = {"code": error.status, "message": body["message"]}
        if error.status == 429:
            body = {**body, "retry_after": 0.5}
        return json_response(body, error.status, headers)


def json_response(value, status, headers):
    """Without a charset, as Discord's; clients compare the content type."""
    body = json.dumps(value, ensure_ascii=False).encode()
    return web.Response(body=body, status=status, headers=headers, content_type="application/json")


def not_found(_request, _body):
    raise RestError(0, status=404)
