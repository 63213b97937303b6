"""What `nunchi doctor` says of Discord, and what the bot reads later when it was away."""

import asyncio

from scene_case import SceneCase, main


class DoctorTest(SceneCase):
    async def test_tells_the_state_of_everything(self):
        scene = await self.started_scene()
        checked = await asyncio.to_thread(scene.bot.run_verb, "doctor")
        for part in ("the token is that of", "Message Content", "all 1 channels can be answered",
                     "permissions=274877992000"):
            self.assertIn(part, checked.stdout)
        self.assertNotIn(scene.fake.token, checked.stdout + checked.stderr)

    async def test_says_that_a_token_is_wrong(self):
        scene = await self.started_scene()
        scene.bot.environment["NUNCHI_DISCORD_TOKEN"] = "wrong"
        checked = await asyncio.to_thread(scene.bot.run_verb, "doctor")
        self.assertIn("Discord refuses the token", checked.stdout)
        self.assertEqual(checked.returncode, 78)


class CatchUpTest(SceneCase):
    async def test_reads_once_what_was_posted_while_no_session_existed(self):
        scene = await self.reading_scene(CATCH_UP="20")
        await scene.expect_happiness(scene.say())
        # The last seen message is kept every five seconds.
        await asyncio.sleep(7)
        await scene.kill()
        scene.fake.gateway.sessions.clear()
        missed = [scene.say() for _ in range(3)]
        await scene.restart()
        for message in missed:
            await scene.expect_happiness(message, within=30)
        await scene.check_well()
        for message in missed:
            self.assertEqual(len(scene.fake.replies_to(message)), 1)
        self.assertIn("began a new session", scene.log())
        self.assertEqual(await scene.gateway_count("caught_up"), 3)


if __name__ == "__main__":
    main()
