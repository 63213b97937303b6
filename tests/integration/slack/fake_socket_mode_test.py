"""What a test may switch on in the fake's Socket Mode does what its name says."""

import asyncio
import time

import aiohttp

from fake_case import FakeCase  # also lets the next lines find their modules
from fakes.slack import Deviation, Fault
from peer import acknowledge
from runner import main

CLOSED = (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.CLOSING, aiohttp.WSMsgType.ERROR)


class SocketModeTest(FakeCase):
    async def test_hello_comes_late_and_tells_the_number_of_links(self):
        self.fake.socket_mode.hello_delay = 0.2
        started = time.monotonic()
        first = await self.peer.connect()
        hello = await first.receive_json(timeout=5)
        self.assertGreaterEqual(time.monotonic() - started, 0.2)
        self.assertEqual(hello["num_connections"], 1)
        self.assertEqual(hello["connection_info"]["app_id"], self.fake.world.app_id)
        self.fake.socket_mode.num_connections = 7
        self.assertEqual((await (await self.peer.connect()).receive_json(timeout=5))["num_connections"], 7)

    async def test_a_ticket_is_used_once(self):
        url = (await self.peer.call("apps.connections.open", self.fake.app_token))[2]["url"]
        await self.peer.connect(url)
        with self.assertRaises(aiohttp.WSServerHandshakeError):
            await self.peer.connect(url)
        self.assertEqual(len(self.fake.record.refused()), 1)

    async def test_the_eleventh_link_is_one_too_many(self):
        links = [await self.peer.greeted() for _ in range(10)]
        eleventh = await self.peer.connect()
        self.assertEqual((await eleventh.receive_json(timeout=5))["reason"], "too_many_websockets")
        self.assertIn((await eleventh.receive(5)).type, CLOSED)
        self.assertFalse(any(link.closed for link in links))

    async def test_envelopes_take_turns_and_each_goes_to_one_link(self):
        links = [await self.peer.greeted() for _ in range(2)]
        for number in range(4):
            self.post(f"{number}")
        taken = [[(await acknowledge(link))["payload"]["event"]["text"] for _ in range(2)] for link in links]
        self.assertEqual(taken, [["0", "2"], ["1", "3"]])
        await self.fake.until_delivered()
        self.assertEqual(self.fake.report.figures().acked, 4)

    async def test_an_acknowledgement_may_come_over_another_link(self):
        links = [await self.peer.greeted() for _ in range(2)]
        self.post()
        envelope = await links[0].receive_json(timeout=5)
        await links[0].close()
        await links[1].send_json({"envelope_id": envelope["envelope_id"]})
        await self.fake.until_delivered()
        attempt, = self.delivery().attempts
        self.assertEqual((attempt.connection, attempt.acked_on), (1, 2))

    async def test_what_is_not_acknowledged_comes_three_times_more(self):
        self.fake.deliveries.within, self.fake.deliveries.pauses = 0.2, (0, 0.1, 0.1)
        link = await self.peer.greeted()
        self.post()
        came = [await link.receive_json(timeout=5) for _ in range(4)]
        self.assertEqual([(one["retry_attempt"], one["retry_reason"]) for one in came],
                         [(0, ""), (1, "timeout"), (2, "timeout"), (3, "timeout")])
        self.assertEqual(len({one["envelope_id"] for one in came}), 1)
        self.assertEqual(len({one["payload"]["event_id"] for one in came}), 1)
        await self.fake.until_delivered()
        self.assertTrue(self.delivery().is_lost)

    async def test_commands_are_not_repeated(self):
        self.fake.deliveries.within = 0.2
        link = await self.peer.greeted()
        used = self.fake.run_command(self.user, self.channel, "/nunchi 설정")
        envelope = await link.receive_json(timeout=5)
        self.assertTrue(envelope["accepts_response_payload"])
        await self.fake.until_delivered()
        self.assertTrue(used.has_failed)
        self.assertEqual(len(used.delivery.attempts), 1)

    async def test_retries_may_look_like_first_attempts(self):
        self.fake.deliveries.within, self.fake.deviations = 0.2, {Deviation.RETRIES_ARE_FIRST_ATTEMPTS}
        link = await self.peer.greeted()
        self.post()
        self.assertEqual([(await link.receive_json(timeout=5))["retry_attempt"] for _ in range(2)], [0, 0])

    async def test_an_envelope_may_come_twice(self):
        link = await self.peer.greeted()
        self.post()
        first = await acknowledge(link)
        await self.fake.until_delivered()
        self.fake.socket_mode.send_twice(self.delivery())
        self.assertEqual(await acknowledge(link), first)

    async def test_a_mention_comes_as_two_events_of_one_ts(self):
        link = await self.peer.greeted()
        self.post(mention=True)
        both = [(await acknowledge(link))["payload"] for _ in range(2)]
        self.assertEqual({one["event"]["type"] for one in both}, {"message", "app_mention"})
        self.assertEqual(len({one["event"]["ts"] for one in both}), 1)
        self.assertEqual(len({one["event_id"] for one in both}), 2)

    async def test_disconnect_reasons(self):
        link = await self.peer.greeted()
        self.fake.socket_mode.refresh("warning", closes_after=0.2)
        self.assertEqual((await link.receive_json(timeout=5))["reason"], "warning")
        self.assertEqual((await link.receive(5)).data, 1000)
        self.fake.socket_mode.greets_with = "link_disabled"
        self.assertEqual((await (await self.peer.connect()).receive_json(timeout=5))["reason"], "link_disabled")

    async def test_a_link_has_a_lifetime(self):
        self.fake.clock.scale = 0.001
        url = (await self.peer.call("apps.connections.open", self.fake.app_token))[2]["url"]
        link = await self.peer.connect(url + "&debug_reconnects=true")
        started = time.monotonic()
        came = [await link.receive_json(timeout=5) for _ in range(3)]
        self.assertEqual([one.get("reason", one["type"]) for one in came], ["hello", "warning", "refresh_requested"])
        self.assertLess(time.monotonic() - started, 2)
        self.assertIn((await link.receive(5)).type, CLOSED)

    async def test_pings_both_ways(self):
        self.fake.socket_mode.ping_interval = 0.1
        link = await self.peer.greeted(autoping=False)
        ping = await link.receive(5)
        self.assertEqual(ping.type, aiohttp.WSMsgType.PING)
        await link.pong(ping.data)
        pong = (await self.fake.until(lambda: self.fake.record.frames("pong"), 5))[0]
        self.assertEqual(pong.data, ping.data)
        self.fake.socket_mode.pong_delay = None
        await link.ping(b"mine")
        await self.fake.until(lambda: self.fake.record.frames("ping"), 5)
        kinds = {(await link.receive(5)).type for _ in range(3)}
        self.assertEqual(kinds, {aiohttp.WSMsgType.PING})

    async def test_a_swallowed_link_is_silent_and_stands(self):
        self.fake.socket_mode.ping_interval = 0.1
        link = await self.peer.greeted(autoping=False)
        self.fake.socket_mode.swallow_all()
        await asyncio.sleep(0.3)  # what was under way
        with self.assertRaises(TimeoutError):
            while True:
                await link.receive(0.5)

    async def test_an_idle_link_is_cut(self):
        self.fake.socket_mode.ping_interval, self.fake.socket_mode.dead_after = None, 0.3
        link = await self.peer.greeted()
        for _ in range(4):
            await asyncio.sleep(0.15)
            await link.ping()
        self.assertFalse(link.closed)
        self.assertIn((await link.receive(5)).type, CLOSED)

    async def test_the_kth_step_breaks(self):
        self.fake.faults.arm(4, Fault.DROP_AFTER)
        link = await self.peer.greeted()
        self.post()
        self.assertEqual((await link.receive(5)).type, aiohttp.WSMsgType.TEXT)
        self.assertIn((await link.receive(5)).type, CLOSED)
        self.assertEqual(self.fake.faults.steps[:4], ["call apps.connections.open", "open link", "socket sends hello",
                                                      "socket sends events_api"])

    async def test_a_link_breaks_behind_its_second_envelope(self):
        link = await self.peer.greeted()
        self.fake.faults.arm(2, Fault.DROP_AFTER, of="socket sends events_api")
        self.post()
        self.post()
        self.assertEqual([(await link.receive(5)).type for _ in range(2)], [aiohttp.WSMsgType.TEXT] * 2)
        self.assertIn((await link.receive(5)).type, CLOSED)
        self.assertTrue(self.fake.faults.has_failed)

    async def test_a_frame_breaks_off(self):
        link = await self.peer.greeted()
        self.fake.socket_mode.link.drop_within_frame()
        self.assertIn((await link.receive(5)).type, CLOSED)

    async def test_gaps_are_measured(self):
        link = await self.peer.greeted()
        await link.close()
        await self.fake.until(lambda: not self.fake.socket_mode.ready(), 5)
        await asyncio.sleep(0.3)
        await self.peer.greeted()
        (begin, end), = self.fake.report.gaps()
        self.assertAlmostEqual(end - begin, 0.3, delta=0.2)
        self.assertEqual(self.fake.record.closings()[0].code, 1000)

    async def test_thousands_of_events(self):
        links = [await self.peer.greeted() for _ in range(2)]

        async def take_all(link):
            while True:
                await acknowledge(link, within=30)
        takers = [asyncio.ensure_future(take_all(link)) for link in links]
        for number in range(3000):
            self.post(str(number))
            if number % 50 == 0:
                await asyncio.sleep(0)
        await self.fake.until_delivered(30)
        for taker in takers:
            taker.cancel()
        figures = self.fake.report.figures()
        self.assertEqual((figures.acked, figures.lost), (3000, 0))


if __name__ == "__main__":
    main()
