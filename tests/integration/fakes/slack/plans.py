"""What calls of the Web API get in place of their answer."""

import asyncio

from aiohttp import web

from .error import ApiError


class Plan:
    def __init__(self, method, team, times, act, is_done=False):
        self.method = method
        self.team = team
        self.left = times  # None: until it is taken back
        self.act = act  # given the request: a response, or raises; None: as ever
        self.is_done = is_done  # the method runs all the same, and only its answer is lost

    def matches(self, method, team_id):
        return (self.left is None or self.left > 0) and self.method in (None, method) and (
            self.team is None or self.team.id == team_id)


class Plans:
    """Each call of these is a plan for the next `times` calls (None: for ever) of a method (None: of any)."""

    def __init__(self):
        self._plans = []

    def clear(self):
        self._plans = []

    def next_for(self, method, team_id):
        for plan in self._plans:
            if plan.matches(method, team_id):
                if plan.left is not None:
                    plan.left -= 1
                return plan
        return None

    def _add(self, method, team, times, act, is_done=False):
        plan = Plan(method, team, times, act, is_done)
        self._plans.append(plan)
        return plan

    def fail(self, method, error, times=1, team=None, **more):
        """ok false with this name; `more` beside it (needed, provided, response_metadata)."""
        async def act(_request):
            raise ApiError(error, **more)
        return self._add(method, team, times, act)

    def answer(self, method, status=200, body=b"", content_type="application/json", times=1, team=None, **headers):
        """Any bytes."""
        async def act(_request):
            return web.Response(status=status, body=body, content_type=content_type, headers=headers)
        return self._add(method, team, times, act)

    def html(self, method, status=503, times=1, team=None):
        return self.answer(method, status, b"<html><body>upstream connect error or disconnect/reset before headers"
                           b"</body></html>", "text/html", times, team)

    def limit(self, method, retry_after=1, times=1, team=None, error="ratelimited"):
        """429."""
        return self.answer(method, 429, b'{"ok":false,"error":"%s"}' % error.encode(), times=times, team=team,
                           **{"Retry-After": str(retry_after)})

    def delay(self, method, seconds, times=1, team=None):
        async def act(_request):
            await asyncio.sleep(seconds)
        return self._add(method, team, times, act)

    def hang(self, method, times=1, team=None, is_done=False):
        """No answer until the client goes. `is_done`: the work was done before."""
        async def act(request):
            while request.transport is not None and not request.transport.is_closing():
                await asyncio.sleep(0.02)
            return web.Response()
        return self._add(method, team, times, act, is_done)

    def drop(self, method, times=1, team=None, is_done=False):
        """The connection breaks. `is_done`: the work was done before."""
        async def act(request):
            if request.transport is not None:
                request.transport.abort()
            return web.Response()
        return self._add(method, team, times, act, is_done)
