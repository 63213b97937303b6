"""Hello, heartbeats and zombies, with the intervals of a hurried server."""

import asyncio
import time

from scene_case import SceneCase, main

from fakes.discord import Deviation

ACK, HEARTBEAT, RECONNECT = 11, 1, 7
END_SESSION = (1000, 1001)


class HeartbeatTest(SceneCase):
    def beats(self, scene, connection=1):
        return scene.fake.record.payloads(HEARTBEAT, connection)

    async def test_starts_before_ready_with_null_and_then_tells_the_last_sequence(self):
        scene = await self.scene()
        scene.fake.gateway.heartbeat_interval_ms = 200
        scene.fake.gateway.ready_delay = 0.9
        await scene.start()
        before = [beat.d for beat in self.beats(scene)]
        self.assertGreaterEqual(len(before), 3)
        self.assertEqual(set(before), {None})
        session = (await scene.fake.gateway.until_ready())[0]
        await scene.check_well()
        await asyncio.sleep(0.5)
        self.assertEqual(self.beats(scene)[-1].d, session.sequence)

    async def test_takes_zero_for_a_sequence(self):
        scene = await self.scene(deviations={Deviation.READY_HAS_SEQUENCE_ZERO})
        scene.fake.world.guilds.clear()
        scene.fake.gateway.heartbeat_interval_ms = 200
        await scene.start()
        await scene.fake.until(lambda: any(beat.d == 0 for beat in self.beats(scene)), 3, "a heartbeat with 0")
        scene.fake.gateway.drop_all()
        await scene.until_logins(resumes=1)
        self.assertEqual(scene.resumes()[0].d["seq"], 0)

    async def test_keeps_the_interval_behind_a_first_beat_at_a_random_time(self):
        scene = await self.scene()
        scene.fake.gateway.heartbeat_interval_ms = 400
        await scene.start()
        opened = scene.fake.record.upgrades()[0].at
        await scene.fake.until(lambda: len(self.beats(scene)) >= 5, 5, "five heartbeats")
        times = [beat.at for beat in self.beats(scene)]
        self.assertLess(times[0] - opened, 0.4 + 0.15)
        for earlier, later in zip(times[1:], times[2:]):
            self.assertAlmostEqual(later - earlier, 0.4, delta=0.15)

    async def test_answers_each_request_for_a_heartbeat_at_once(self):
        scene = await self.started_scene()
        asked = time.monotonic()
        for _ in range(2):
            scene.fake.gateway.connection.send(HEARTBEAT)
        await scene.fake.until(lambda: len(self.beats(scene)) >= 2, 2, "two heartbeats")
        self.assertLess(self.beats(scene)[-1].at - asked, 0.5)
        await scene.check_well()
        self.assertEqual(scene.fake.record.closings(), [])

    async def test_passes_over_acknowledgements_that_nobody_asked_for(self):
        scene = await self.started_scene()
        for d in (None, {}, 7, "x"):
            scene.fake.gateway.connection.send(ACK, d)
        await scene.check_well()
        self.assertEqual(scene.fake.record.closings(), [])

    async def test_stays_while_anything_comes_in_and_leaves_when_nothing_does(self):
        scene = await self.started_scene_with(200)
        scene.fake.gateway.acks = False
        for _ in range(15):
            scene.say()
            await asyncio.sleep(0.1)
        self.assertEqual(scene.fake.record.closings(), [])
        await scene.until_logins(resumes=1, within=5)
        closed = scene.fake.record.closings()[0]
        self.assertTrue(closed.by_client)
        self.assertNotIn(closed.code, END_SESSION)
        self.assertEqual(len(scene.identifies()), 1)

    async def started_scene_with(self, interval):
        scene = await self.scene()
        scene.fake.gateway.heartbeat_interval_ms = interval
        await scene.start()
        return scene

    async def test_does_not_wait_for_a_dead_peer_to_say_goodbye(self):
        scene = await self.started_scene_with(300)
        scene.fake.gateway.ignores_close = True
        scene.fake.gateway.connection._socket._autoclose = False
        scene.fake.gateway.acks = False
        started = time.monotonic()
        await scene.until_logins(resumes=1, within=5)
        self.assertLess(time.monotonic() - started, 4)

    async def test_leaves_a_black_hole(self):
        scene = await self.started_scene_with(300)
        scene.fake.gateway.connection.swallow()
        message = scene.say(mention=True)
        started = time.monotonic()
        await scene.until_logins(resumes=1, within=5)
        self.assertLess(time.monotonic() - started, 4)
        await scene.expect_happiness(message)
        self.assertEqual(await scene.gateway_count("zombie"), 1)

    async def test_uses_the_interval_of_the_connection_at_hand(self):
        scene = await self.started_scene_with(150)
        await scene.fake.until(lambda: self.beats(scene), 2, "a heartbeat")
        scene.fake.gateway.heartbeat_interval_ms = 20000
        scene.fake.gateway.hello_delay = 0.5
        scene.fake.gateway.drop_all()
        await scene.until_logins(resumes=1)
        await asyncio.sleep(1)
        self.assertLessEqual(len(self.beats(scene, 2)), 1)


if __name__ == "__main__":
    main()
