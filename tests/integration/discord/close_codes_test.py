"""What follows from each code that the gateway can close with (the contract's table 1.6)."""

import asyncio

from scene_case import SceneCase, main

from fakes.discord import Deviation

DROP = None  # without a close frame
RESUMED = (DROP, 1009, 1011, 1012, 4000, 4001, 4002, 4008, 4999)
IDENTIFIED = (1000, 1001, 4003, 4005, 4007, 4009)
FATAL = {4004: "token", 4010: "shard", 4011: "shard", 4012: "version", 4013: "intents", 4014: "message content"}


def end(scene, code):
    connection = scene.fake.gateway.connection
    if code is DROP:
        connection.drop()
    else:
        connection.close(code)


class CloseCodesTest(SceneCase):
    async def test_resumes_where_the_session_lives_on(self):
        scene = await self.started_scene()
        for number, code in enumerate(RESUMED, start=1):
            end(scene, code)
            await scene.until_logins(resumes=number)
            self.assertEqual(len(scene.identifies()), 1, code)
        await scene.check_well()

    async def test_identifies_where_it_does_not(self):
        async def check(code):
            scene = await self.started_scene()
            end(scene, code)
            await scene.until_logins(identifies=2)
            self.assertEqual(scene.resumes(), [], code)
            await scene.check_well()

        await asyncio.gather(*map(check, IDENTIFIED))

    async def test_stops_for_good_and_says_why(self):
        async def check(code, cause):
            scene = await self.started_scene()
            await scene.fake.until(lambda: scene.fake.commands.named("settings"), 10, "the commands")
            end(scene, code)
            await asyncio.sleep(2.5)
            self.assertEqual(len(scene.fake.record.upgrades()), 1, code)
            status, text = await scene.get("/readyz")
            self.assertEqual(status, 503, code)
            self.assertIn(cause, (text + scene.log()).lower())
            self.assertIn(str(code), scene.log())
            self.assertTrue(scene.is_running)

        await asyncio.gather(*(check(code, cause) for code, cause in FATAL.items()))

    async def test_falls_silent_altogether_when_the_token_is_refused(self):
        scene = await self.reading_scene()
        await scene.check_well()
        scene.fake.rest.delay = 0.5
        pending = scene.say()
        await scene.fake.until(lambda: len(scene.posts()) >= 2, 5, "a request under way")
        end(scene, 4004)
        await asyncio.sleep(1)
        asked = len(scene.fake.record.requests())
        await asyncio.sleep(1.5)
        self.assertEqual(len(scene.fake.record.requests()), asked)
        self.assertLessEqual(len(scene.fake.replies_to(pending)), 1)

    async def test_names_the_intent_that_is_switched_off(self):
        scene = await self.scene()
        scene.fake.allowed_intents = 0
        await scene.start(is_ready=False)
        await scene.fake.until(lambda: scene.fake.record.closings(), 10, "the close")
        await asyncio.sleep(0.5)
        status, text = await scene.get("/readyz")
        self.assertEqual(status, 503)
        self.assertRegex(text + scene.log(), "(?i)message content")
        self.assertIn("mention", text + scene.log())

    async def test_needs_no_privileged_intent_in_the_profile_mention(self):
        scene = await self.scene(PROFILE="mention")
        scene.fake.allowed_intents = 0
        await scene.start()
        self.assertEqual(scene.identifies()[0].d["intents"], 4609)
        await scene.check_well()

    async def test_backs_off_from_a_gateway_that_closes_every_login(self):
        scene = await self.scene(deviations={Deviation.BAD_TOKEN_IS_UNKNOWN_ERROR})
        scene.fake.gateway.answers_identify = 4000
        await scene.start(is_ready=False)
        await scene.fake.until(lambda: len(scene.identifies()) >= 2, 15, "a second Identify")
        first, second = scene.identifies()[:2]
        self.assertGreater(second.at - first.at, 4.9)
        scene.fake.gateway.answers_identify = None
        await scene.fake.gateway.until_ready()
        await scene.check_well()


if __name__ == "__main__":
    main()
