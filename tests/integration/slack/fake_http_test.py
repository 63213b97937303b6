"""How the fake posts events: signed, timed, brought again."""

import asyncio
import json

from aiohttp import web

from fake_case import FakeCase  # also lets the next lines find their modules
from fakes.slack import Fault
from fakes.slack.signing import Signer
from peer import App
from runner import main


class HttpTest(FakeCase):
    async def asyncSetUp(self):
        await super().asyncSetUp()
        self.app = await self.enterAsyncContext(App())
        self.fake.request_url = self.app.url

    async def test_the_signature_of_slacks_documentation(self):
        body = (b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
                b"&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
                b"&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRs"
                b"kXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c")
        self.assertEqual(Signer("8f742231b10e8888abcd99yyyzzz85a5").signature(body, 1531420618),
                         "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503")

    async def test_an_event_in_its_envelope(self):
        self.post("말 <&>")
        await self.fake.until_delivered()
        payload, = self.app.payloads()
        self.assertEqual(payload["event"]["text"], "말 <&>")
        self.assertEqual(payload["api_app_id"], self.fake.world.app_id)
        self.assertEqual(payload["authorizations"][0]["user_id"], self.team.bot["id"])
        self.assertEqual((payload["event"]["channel_type"], payload["event"]["event_ts"]),
                         ("channel", payload["event"]["ts"]))
        self.assertIn("client_msg_id", payload["event"])

    async def test_retries_until_it_is_taken(self):
        answers = iter((500, 503, 404, 200))
        self.app.answer = lambda request: web.Response(status=next(answers))
        self.fake.clock.scale = 0.001
        self.post()
        await self.fake.until_delivered()
        self.assertEqual(self.app.retries(),
                         [(None, None), ("1", "http_error"), ("2", "http_error"), ("3", "http_error")])
        self.assertEqual(len({payload["event_id"] for payload in self.app.payloads()}), 1)

    async def test_no_retry_where_none_is_wanted(self):
        self.app.answer = lambda request: web.Response(status=400, headers={"X-Slack-No-Retry": "1"})
        self.post()
        await self.fake.until_delivered()
        self.assertEqual(len(self.app.taken), 1)

    async def test_an_answer_that_is_lost(self):
        self.fake.faults.arm(1, Fault.DROP_AFTER)
        self.post()
        await self.fake.until_delivered()
        self.assertEqual(self.app.retries(), [(None, None), ("1", "connection_failed")])

    async def test_bodies_and_envelopes_that_are_wrong(self):
        self.fake.http.mangle = lambda body: body[:-1]
        self.post()
        await self.fake.until_delivered()
        headers, body = self.app.taken[0]
        self.assertFalse(body.endswith(b"}"))
        self.assertEqual(headers["X-Slack-Signature"],
                         self.fake.signer.signature(body, headers["X-Slack-Request-Timestamp"]))
        self.fake.http.mangle, self.fake.events.about = bytes, {"api_app_id": "A0", "token": None}
        self.post()
        await self.fake.until_delivered()
        payload = json.loads(self.app.taken[1][1])
        self.assertEqual((payload["api_app_id"], "token" in payload), ("A0", False))

    async def test_a_slow_answer_is_not_waited_for(self):
        async def slow(_request):
            await asyncio.sleep(0.5)
            return web.Response()
        self.app.answer = slow
        self.fake.deliveries.within, self.fake.clock.scale = 0.2, 0.01
        self.post()
        await self.fake.until(lambda: len(self.app.taken) == 2, 5)
        self.assertEqual(self.app.retries()[1], ("1", "http_timeout"))

    async def test_redirects(self):
        self.app.answer = lambda request: web.Response(status=307, headers={"Location": "/again"})
        self.fake.clock.scale = 0
        self.post()
        await self.fake.until_delivered()
        self.assertEqual(len(self.app.taken), 4 * 3)
        self.assertEqual({attempt.failure for attempt in self.delivery().attempts}, {"too_many_redirects"})

    async def test_ssl_check_and_content_types(self):
        await self.fake.http.check_ssl(fields="ssl_check=1&payload={}")
        await self.fake.http.check_ssl("GET")
        self.assertEqual(self.app.taken[0][1], b"ssl_check=1&payload={}")
        self.assertNotIn("X-Slack-Signature", self.app.taken[0][0])
        self.fake.http.json_type = "application/json; charset=utf-8"
        await self.fake.http.send({"type": "event_callback"}, headers={"X-Slack-Retry-Num": "1"})
        self.assertEqual(self.app.taken[2][0]["Content-Type"], "application/json; charset=utf-8")
        self.assertEqual(self.app.retries()[2], ("1", None))

    async def test_a_body_that_stops(self):
        body = self.fake.events.envelope(self.team, {"type": "message"})
        trickle = asyncio.ensure_future(self.fake.http.trickle(body, 5, 0.01))
        await asyncio.sleep(0.3)
        self.assertEqual(self.app.taken, [])
        trickle.cancel()


if __name__ == "__main__":
    main()
