"""Resume or identify: what follows from what the gateway says."""

import asyncio

from scene import sentence
from scene_case import SceneCase, main

from fakes.discord import Deviation

RECONNECT, HELLO = 7, 10
END_SESSION = (1000, 1001)


class ResumeTest(SceneCase):
    def check_closings(self, scene):
        for closed in scene.fake.record.closings():
            if closed.by_client:
                self.assertNotIn(closed.code, END_SESSION)

    async def test_resumes_when_it_is_told_to_reconnect(self):
        scene = await self.started_scene()
        scene.fake.gateway.reconnect_all()
        await scene.until_logins(resumes=1, within=5)
        await scene.check_well()
        self.assertEqual(len(scene.identifies()), 1)
        self.check_closings(scene)

    async def test_reconnects_when_told_so_in_place_of_hello(self):
        scene = await self.scene()
        scene.fake.gateway.says_hello = False
        await scene.start(is_ready=False)
        await scene.fake.until(lambda: scene.fake.gateway.connection, 10, "a connection")
        first = scene.fake.gateway.connection
        scene.fake.gateway.says_hello = True
        first.send(RECONNECT)
        await scene.fake.gateway.until_ready()
        self.assertGreaterEqual(len(scene.fake.record.upgrades()), 2)
        # And with a session to be resumed.
        scene.fake.gateway.says_hello = False
        scene.fake.gateway.drop_all()
        await scene.fake.until(lambda: len(scene.fake.record.upgrades()) >= 3 and scene.fake.gateway.connection, 5)
        scene.fake.gateway.says_hello = True
        scene.fake.gateway.connection.send(RECONNECT)
        await scene.until_logins(resumes=1)
        self.assertEqual(len(scene.identifies()), 1)
        self.check_closings(scene)

    async def test_waits_before_it_identifies_anew(self):
        async def refused(what, resumable):
            scene = await self.started_scene()
            setattr(scene.fake.gateway, what, resumable)
            (scene.fake.gateway.drop_all if what == "answers_resume" else lambda: scene.fake.gateway.invalidate(False))()
            await scene.fake.until(lambda: len(scene.logins()) >= 2, 15, "a second login")
            setattr(scene.fake.gateway, what, None)
            await scene.fake.gateway.until_ready(25)
            return scene

        scenes = await asyncio.gather(refused("answers_resume", False), refused("answers_identify", False),
                                      refused("answers_resume", True), refused("answers_identify", True))
        for scene in scenes:
            connections = [login.connection for login in scene.logins()]
            self.assertEqual(len(connections), len(set(connections)), "a new connection for each login")
            identifies = [login.at for login in scene.identifies()]
            for earlier, later in zip(identifies, identifies[1:]):
                self.assertGreater(later - earlier, 4.9)
            self.check_closings(scene)
        # Resumable: the session is still there.
        self.assertEqual([login.op for login in scenes[2].logins()], [2, 6, 6])
        self.assertEqual([login.op for login in scenes[0].logins()], [2, 6, 2])

    async def test_answers_once_what_is_replayed_in_order_doubled_or_with_a_gap(self):
        scene = await self.reading_scene()
        gateway = scene.fake.gateway
        for number, replay in enumerate((list, lambda missed: missed + missed, lambda missed: missed[::-1])):
            scene.fake.replay_of = replay
            gateway.refuses_upgrade = True
            gateway.drop_all()
            messages = [scene.say(sentence(10 * number + count)) for count in range(5)]
            gateway.refuses_upgrade = False
            for message in messages:
                await scene.fake.expect_reply(message)
            await asyncio.sleep(0.3)
            self.assertEqual([len(scene.fake.replies_to(message)) for message in messages], [1] * 5)
        scene.fake.replay_of = lambda missed: missed[:1] + missed[2:]
        gateway.drop_all()
        messages = [scene.say(sentence(90 + count)) for count in range(3)]
        await scene.fake.expect_reply(messages[0])
        await scene.fake.expect_reply(messages[2])
        await scene.check_well()
        self.assertGreaterEqual(await scene.gateway_count("gap"), 1)
        self.assertEqual(len(scene.identifies()), 1)

    async def test_resumes_at_the_url_of_ready_behind_hello_with_the_same_query(self):
        scene = await self.started_scene()
        scene.fake.gateway.hello_delay = 0.5
        scene.fake.gateway.drop_all()
        await scene.until_logins(resumes=1)
        first, second = scene.fake.record.upgrades()
        self.assertEqual(second.path.rstrip("/"), scene.fake.resume_path)
        self.assertEqual(second.query, first.query)
        self.assertGreater(scene.resumes()[0].at - second.at, 0.45)

    async def test_identifies_at_the_cached_url_when_that_of_the_resume_is_dead(self):
        scene = await self.scene()
        scene.fake.resume_port = 1  # nobody listens there
        await scene.start()
        scene.fake.gateway.drop_all()
        await scene.until_logins(identifies=2)
        self.assertEqual(scene.resumes(), [])
        self.assertEqual(scene.fake.record.upgrades()[-1].path, "/")
        await scene.check_well()

    async def test_gives_a_session_up_after_three_resumes_in_a_row(self):
        async def given_up(answer):
            scene = await self.started_scene()
            scene.fake.gateway.answers_resume = answer
            scene.fake.gateway.drop_all()
            await scene.until_logins(identifies=2, within=30)
            self.assertEqual([login.op for login in scene.logins()], [2, 6, 6, 6, 2])
            await scene.check_well()

        await asyncio.gather(given_up(True), given_up(4000))

    async def test_survives_a_server_that_never_resumes(self):
        scene = await self.started_scene(deviations={Deviation.RESUMES_REFUSED})
        scene.fake.gateway.drop_all()
        await scene.until_logins(identifies=2)
        self.assertEqual([login.op for login in scene.logins()], [2, 6, 2])
        await scene.check_well()

    async def test_follows_a_server_that_is_restarted(self):
        for deviations in ((), (Deviation.RESTART_DROPS,)):
            scene = await self.started_scene(deviations=deviations)
            scene.fake.gateway.restart()
            await scene.until_logins(resumes=1, within=5)
            await scene.check_well()


if __name__ == "__main__":
    main()
