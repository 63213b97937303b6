"""A small client and a small app of the tests' own, to which the fake's faults are shown."""

import json

import aiohttp
from aiohttp import web


class Peer:
    """Calls the Web API and holds links. `async with Peer(fake) as peer`."""

    def __init__(self, fake, ssl=None):
        self.fake = fake
        self._ssl = {"ssl": ssl} if ssl else {}

    async def __aenter__(self):
        self.session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(10))
        return self

    async def __aexit__(self, *_):
        await self.session.close()

    async def call(self, method, token=None, /, *, as_json=False, **args):
        """(status, headers, body)."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        body = {"json": args} if as_json else {"data": args}
        async with self.session.post(self.fake.api_url + method, headers=headers, **body, **self._ssl) as response:
            is_json = response.content_type == "application/json"
            return response.status, response.headers, await response.json() if is_json else await response.text()

    async def error(self, method, token=None, /, **args):
        """The name of the error, or None."""
        return (await self.call(method, token, **args))[2].get("error")

    async def connect(self, url=None, **about):
        """A link before its hello."""
        if url is None:
            url = (await self.call("apps.connections.open", self.fake.app_token))[2]["url"]
        return await self.session.ws_connect(url, **{"timeout": aiohttp.ClientWSTimeout(ws_close=1.0), **self._ssl,
                                                     **about})

    async def greeted(self, **about):
        link = await self.connect(**about)
        hello = await link.receive_json(timeout=5)
        assert hello["type"] == "hello", hello
        return link


async def acknowledge(link, within=5):
    """The next envelope, acknowledged."""
    envelope = await link.receive_json(timeout=within)
    await link.send_json({"envelope_id": envelope["envelope_id"]})
    return envelope


class App:
    """Takes what is posted to it; `answer` makes a response of each request."""

    def __init__(self, answer=None):
        self.answer = answer or (lambda request: web.Response())
        self.taken = []  # (headers, body)

    async def __aenter__(self):
        application = web.Application()
        application.router.add_route("*", "/{path:.*}", self._take)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{site._server.sockets[0].getsockname()[1]}/slack/events"
        return self

    async def __aexit__(self, *_):
        await self._runner.cleanup()

    async def _take(self, request):
        self.taken.append((request.headers, await request.read()))
        response = self.answer(request)
        return await response if hasattr(response, "__await__") else response

    def retries(self):
        """(number, reason) of each."""
        return [(headers.get("X-Slack-Retry-Num"), headers.get("X-Slack-Retry-Reason")) for headers, _ in self.taken]

    def payloads(self):
        return [json.loads(body) for _, body in self.taken]
