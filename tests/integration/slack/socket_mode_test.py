"""Socket Mode as `nunchi run` lives through it: links that end, refuse, lie, or say strange things."""

import asyncio
import time

from scene_case import SceneCase, main

OPEN = "apps.connections.open"


class SocketModeTest(SceneCase):
    def opens(self, scene):
        return [entry for entry in scene.fake.record.calls() if entry.method == OPEN]

    def check_nothing_lost(self, scene):
        figures = scene.fake.report.figures()
        self.assertEqual((figures.lost, figures.late, figures.without_link), (0, 0, 0), figures)

    async def check_well(self, scene):
        await scene.fake.expect_reaction(scene.say(), within=20)

    async def test_is_ready_with_hello_and_not_before(self):
        scene = await self.scene()
        scene.fake.socket_mode.hello_delay = 2
        await scene.start(is_ready=False)
        await scene.fake.until(lambda: scene.fake.socket_mode.links, what="a link")
        self.assertEqual((await asyncio.to_thread(scene.get, "/readyz"))[0], 503)
        await scene.until_ready()
        await asyncio.sleep(0.3)
        self.assertEqual((await asyncio.to_thread(scene.get, "/readyz"))[0], 200)

    async def test_a_refresh_leaves_no_gap_though_new_links_fail_at_first(self):
        async def refreshed(reason, plan):
            scene = await self.reading()
            plan(scene.fake.api.plans)
            scene.fake.socket_mode.refresh(reason)
            messages = []
            for _ in range(25):
                messages.append(scene.say())
                await asyncio.sleep(0.2)
            for message in messages:
                await scene.fake.expect_reaction(message, within=20)
            self.check_nothing_lost(scene)

        await asyncio.gather(refreshed("warning", lambda plans: plans.html(OPEN)),
                             refreshed("warning", lambda plans: plans.limit(OPEN, retry_after=2)),
                             refreshed("warning", lambda plans: plans.fail(OPEN, "internal_error")),
                             refreshed("refresh_requested", lambda plans: plans.drop(OPEN)),
                             refreshed("unheard_of", lambda plans: None), refreshed(None, lambda plans: None))

    async def test_too_many_links_are_not_asked_for_in_a_hurry(self):
        scene = await self.scene(BACKOFF_MAX="60", CONNECTIONS="1")
        scene.fake.socket_mode.greets_with = "too_many_websockets"
        await scene.start(is_ready=False)
        await asyncio.sleep(7)
        times = [entry.at for entry in self.opens(scene)]
        self.assertGreaterEqual(len(times), 2)
        self.assertLess(len(times), 7)
        self.assertTrue(all(later - earlier > 0.4 for earlier, later in zip(times, times[1:])), times)
        scene.fake.socket_mode.greets_with = None
        await scene.fake.socket_mode.until_ready(within=30)

    async def test_lives_on_when_socket_mode_is_switched_off_and_on(self):
        scene = await self.reading()
        scene.fake.socket_mode.greets_with = "link_disabled"
        for link in scene.fake.socket_mode.ready():
            link.disconnect("link_disabled", closes_after=0)
        await asyncio.sleep(3)
        self.assertIsNone(scene.bot.process.poll())
        self.assertEqual((await asyncio.to_thread(scene.get, "/readyz"))[0], 503)
        self.assertIn("Socket Mode is switched off", scene.log())

    async def test_a_refused_token_is_told_and_not_tried_for_ever(self):
        for error in ("invalid_auth", "not_allowed_token_type", "token_revoked"):
            scene = await self.scene()
            scene.fake.api.plans.fail(OPEN, error, times=None)
            await scene.start(is_ready=False)
            await scene.fake.until(lambda scene=scene: self.opens(scene), what="a call")
            await asyncio.sleep(2.5)
            self.assertIsNone(scene.bot.process.poll(), error)
            self.assertLessEqual(len(self.opens(scene)), 2, error)
            self.assertIn(error, scene.log())

    async def test_comes_back_from_whatever_the_way_in_does(self):
        scene = await self.scene(REQUEST_TIMEOUT="1")
        plans = scene.fake.api.plans
        plans.html(OPEN)
        plans.hang(OPEN)
        plans.drop(OPEN)
        plans.answer(OPEN, body=b"not JSON")
        plans.fail(OPEN, "internal_error")
        scene.fake.socket_mode.refuses_upgrade = 503
        await scene.start(is_ready=False)
        await asyncio.sleep(8)
        scene.fake.socket_mode.refuses_upgrade = None
        await scene.fake.socket_mode.until_ready(within=20)
        await scene.command(scene.admin, "/눈치 설정 채널 켜기")
        await self.check_well(scene)

    async def test_loses_and_doubles_nothing_when_links_break(self):
        scene = await self.reading()
        scene.fake.deliveries.within, scene.fake.deliveries.pauses = 1, (0, 1, 3)
        messages = []
        for number in range(30):
            messages.append(scene.say())
            if number % 6 == 3:
                link = scene.fake.socket_mode.link
                (link.drop if number % 12 == 3 else link.drop_within_frame)()
            await asyncio.sleep(0.1)
        for message in messages:
            await scene.fake.expect_reaction(message, within=20)
        self.assertEqual({len(scene.fake.reactions_to(message)) for message in messages}, {1})

    async def test_handles_once_what_comes_again(self):
        scene = await self.reading(mode="답장")
        scene.fake.deliveries.within, scene.fake.deliveries.pauses = 1, (0, 1, 1)
        scene.fake.socket_mode.ignores_acks = 2  # Slack did not see them: it sends the event again
        message = scene.say()
        await scene.fake.expect_reply(message)
        await scene.fake.until_delivered()
        delivery = scene.fake.deliveries.events("message")[-1]
        self.assertGreaterEqual(len(delivery.attempts), 2)
        scene.fake.socket_mode.send_twice(delivery)
        await asyncio.sleep(0.5)
        self.assertEqual(len(scene.fake.replies_to(message)), 1)

    async def test_stays_on_a_link_that_says_strange_things(self):
        scene = await self.reading(CONNECTIONS="1")
        link = scene.fake.socket_mode.link
        link.send_bytes(b"\xff\x00")
        link.send_text("{")
        link.send_text("[]")
        link.send({"type": "from_the_future", "envelope_id": "1"})
        link.send({"type": "events_api", "envelope_id": "2", "payload": {"event": {"text": "가" * 30_000}}})
        link.send({"type": "events_api", "envelope_id": "3", "payload": {
            "type": "app_rate_limited", "team_id": scene.team.id, "minute_rate_limited": 1}})
        await self.check_well(scene)
        self.assertIs(scene.fake.socket_mode.link, link)

    async def test_tells_of_links_that_are_not_its_own(self):
        scene = await self.scene()
        scene.fake.socket_mode.num_connections = 9
        await scene.start()
        await asyncio.sleep(0.5)
        self.assertIn("9", scene.log())
        self.assertRegex(scene.log(), "connections|연결")

    async def test_opens_no_more_links_than_it_needs(self):
        scene = await self.reading()
        for _ in range(40):
            scene.fake.socket_mode.refresh()
            await asyncio.sleep(0.1)
        await self.check_well(scene)
        self.assertLessEqual(scene.fake.socket_mode.most_links, 5)
        self.assertLessEqual(len(scene.fake.socket_mode.ready()), 2)

    async def test_notices_a_dead_link_within_ten_seconds(self):
        scene = await self.reading(CONNECTIONS="1")
        number = scene.fake.socket_mode.link.number
        scene.fake.socket_mode.link.swallow()
        swallowed = time.monotonic()
        await scene.fake.until(lambda: scene.fake.socket_mode.link.number > number, within=20, what="another link")
        self.assertLess(time.monotonic() - swallowed, 11)


if __name__ == "__main__":
    main()
