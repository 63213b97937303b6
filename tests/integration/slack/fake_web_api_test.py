"""The fake's Web API: tokens, scopes, errors by name, limits and planned faults."""

import asyncio
import ssl
import tempfile
import time

import aiohttp

from fake_case import FakeCase  # also lets the next lines find their modules
from fakes.slack import Authority, Deviation, FakeSlack
from peer import Peer, acknowledge
from runner import main


class WebApiTest(FakeCase):
    async def test_tokens(self):
        self.assertEqual(await self.peer.error("auth.test"), "not_authed")
        self.assertEqual(await self.peer.error("auth.test", "xoxb-unknown"), "invalid_auth")
        self.assertEqual(await self.peer.error("auth.test", self.fake.app_token), "not_allowed_token_type")
        self.assertIsNone(await self.peer.error("auth.test", token=self.token))
        self.assertEqual(await self.peer.error("apps.connections.open", token=self.fake.app_token), "not_authed")
        self.team.token.scopes.discard("reactions:write")
        _, _, body = await self.peer.call("reactions.add", self.token)
        self.assertEqual((body["error"], body["needed"]), ("missing_scope", "reactions:write"))
        self.assertIn("chat:write", body["provided"])
        self.team.token.error = "account_inactive"
        self.assertEqual(await self.peer.error("auth.test", self.token), "account_inactive")

    async def test_errors_of_reactions(self):
        message = self.post()
        self.assertIsNone(await self.react(message))
        self.assertEqual(await self.react(message), "already_reacted")
        self.assertEqual(await self.react(message, "no_such_emoji"), "invalid_name")
        self.assertEqual(await self.react({**message, "ts": "1595926230.009600"}), "message_not_found")
        self.assertEqual(await self.react({**message, "ts": "1595926230.0096"}), "bad_timestamp")
        self.assertEqual(await self.react({**message, "channel": "C0"}), "channel_not_found")
        other = self.fake.add_channel(self.team, "다른", has_bot=False)
        there = self.fake.post_message(other, self.user, "말")
        self.assertEqual(await self.react(there), "not_in_channel")

    async def test_json_where_it_is_read(self):
        _, _, body = await self.peer.call("users.info", self.token, as_json=True, user=self.user["id"])
        self.assertEqual(body["error"], "user_not_found")
        self.assertIsNone(await self.peer.error("users.info", self.token, user=self.user["id"]))
        _, _, body = await self.peer.call("chat.postMessage", self.token, as_json=True, channel=self.channel["id"],
                                          text="말")
        self.assertEqual((body["ok"], body["warning"]), (True, "missing_charset"))
        self.assertEqual(await self.peer.error("chat.postMessage", self.token, channel=self.channel["id"]), "no_text")

    async def test_limits_by_method_and_team(self):
        self.fake.rate_limits.per_minute["reactions.add"] = 2
        messages = [self.post(str(number)) for number in range(3)]
        self.assertEqual([await self.react(message) for message in messages], [None, None, "ratelimited"])
        self.fake.rate_limits.hold("auth.test", self.team, 2)
        status, headers, _ = await self.peer.call("auth.test", self.token)
        self.assertEqual((status, headers["Retry-After"]), (429, "2"))
        other = self.fake.add_team("other")
        self.assertIsNone(await self.peer.error("auth.test", other.token.value))

    async def test_messages_have_a_limit_of_their_own(self):
        self.fake.deviations.add(Deviation.RATE_LIMITED_SPELLING)
        errors = [await self.peer.error("chat.postMessage", self.token, channel=self.channel["id"], text="말")
                  for _ in range(6)]
        self.assertEqual(errors, [None] * 5 + ["rate_limited"])

    async def test_planned_faults(self):
        plans, api = self.fake.api.plans, self.fake.api_url + "auth.test"
        plans.fail("auth.test", "internal_error")
        plans.html("auth.test")
        plans.limit("auth.test", retry_after=3, team=self.team)
        plans.delay("auth.test", 0.3)
        self.assertEqual(await self.peer.error("auth.test", self.token), "internal_error")
        self.assertEqual((await self.peer.call("auth.test", self.token))[0], 503)
        self.assertEqual((await self.peer.call("auth.test", self.token))[1]["Retry-After"], "3")
        started = time.monotonic()
        self.assertIsNone(await self.peer.error("auth.test", self.token))
        self.assertGreaterEqual(time.monotonic() - started, 0.3)
        plans.hang("auth.test")
        with self.assertRaises(TimeoutError):
            await self.peer.session.post(api, timeout=aiohttp.ClientTimeout(0.3))

    async def test_a_message_is_stored_although_the_answer_is_lost(self):
        self.fake.api.plans.drop("chat.postMessage", is_done=True)
        with self.assertRaises(aiohttp.ClientError):
            await self.peer.call("chat.postMessage", self.token, channel=self.channel["id"], text="말")
        self.assertEqual([found["text"] for found in self.fake.messages.all(self.channel["id"])], ["말"])

    async def test_response_urls_and_triggers_end(self):
        link = await self.peer.greeted()
        used = self.fake.run_command(self.user, self.channel, "/nunchi")
        envelope = await acknowledge(link)
        url, trigger = envelope["payload"]["response_url"], envelope["payload"]["trigger_id"]
        statuses = []
        for _ in range(6):
            async with self.peer.session.post(url, json={"text": "말"}) as response:
                statuses.append(response.status)
        self.assertEqual((statuses, used.refused), ([200] * 5 + [404], ["used_url"]))
        view = '{"type":"modal","title":{"type":"plain_text","text":"말"},"blocks":[]}'
        open_view = {"trigger_id": trigger, "view": view}
        self.assertIsNone(await self.peer.error("views.open", self.token, **open_view))
        self.assertEqual(await self.peer.error("views.open", self.token, **open_view), "exchanged_trigger_id")
        self.fake.interactions.trigger_seconds = 0
        self.assertEqual(await self.peer.error("views.open", self.token, **open_view), "expired_trigger_id")

    async def test_a_hash_that_is_old(self):
        home = {"user_id": self.user["id"], "view": '{"type":"home","blocks":[]}'}
        _, _, body = await self.peer.call("views.publish", self.token, **home)
        self.assertIsNone(await self.peer.error("views.publish", self.token, hash=body["view"]["hash"], **home))
        self.assertEqual(await self.peer.error("views.publish", self.token, hash=body["view"]["hash"], **home),
                         "hash_conflict")

    async def test_tokens_expire_and_are_refreshed_once(self):
        fake = self.fake
        fake.oauth.rotates, fake.oauth.expires_in = True, 0.2
        client = {"client_id": fake.oauth.client_id, "client_secret": fake.oauth.client_secret}
        code = fake.oauth.code(self.team)
        _, _, granted = await self.peer.call("oauth.v2.access", code=code, **client)
        self.assertEqual(await self.peer.error("oauth.v2.access", code=code, **client), "invalid_code")
        await asyncio.sleep(0.3)
        self.assertEqual(await self.peer.error("auth.test", granted["access_token"]), "token_expired")
        refresh = {"grant_type": "refresh_token", "refresh_token": granted["refresh_token"], **client}
        self.assertIsNone(await self.peer.error("oauth.v2.access", **refresh))
        self.assertEqual(await self.peer.error("oauth.v2.access", **refresh), "invalid_refresh_token")

    async def test_own_messages_come_back(self):
        link = await self.peer.greeted()
        for is_bare in (False, True):
            self.fake.deviations = {Deviation.OWN_MESSAGES_WITHOUT_BOT_ID} if is_bare else set()
            await self.peer.call("chat.postMessage", self.token, channel=self.channel["id"], text="말")
            event = (await acknowledge(link))["payload"]["event"]
            self.assertEqual((event["user"], "bot_id" in event), (self.team.bot["id"], not is_bare))

    async def test_behind_tls(self):
        with tempfile.TemporaryDirectory() as folder:
            authority = Authority(folder)
            trusting = ssl.create_default_context(cafile=authority.certificate)
            async with FakeSlack(tls=authority.server_context()) as fake, Peer(fake, trusting) as peer:
                link = await peer.greeted()
                self.assertTrue(fake.link_url().startswith("wss://"))
                await link.close()


if __name__ == "__main__":
    main()
