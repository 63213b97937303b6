"""Each script of the protocol, broken at every step in turn: before it is done, and after.

Whatever breaks, the bot comes back; a reaction stands once, and a reply is never doubled.
"""

import asyncio

from scene_case import SceneCase, main

from fakes.faults import Fault

AT_ONCE = 5  # scenes


class StepsTest(SceneCase):
    async def break_each_step(self, script, at_least, **about):
        """`script(scene, arm)` arms the faults, plays, and checks the outcome."""
        steps = await self.play(script, None, None, about)
        self.assertGreaterEqual(len(steps), at_least, steps)
        slots = asyncio.Semaphore(AT_ONCE)

        async def broken(step, fault):
            async with slots:
                try:
                    await self.play(script, step, fault, about)
                except AssertionError as problem:
                    raise AssertionError(f"step {step}, {steps[step - 1]}, {fault}: {problem}") from problem

        await asyncio.gather(*(broken(step, fault) for step in range(1, len(steps) + 1) for fault in Fault))

    async def play(self, script, step, fault, about):
        scene = await self.scene(REQUEST_TIMEOUT="1", **about)
        scene.fake.deliveries.within, scene.fake.deliveries.pauses = 1.5, (0, 1, 2)
        await script(scene, lambda: scene.fake.faults.arm(step, fault))
        steps = list(scene.fake.faults.steps)
        await asyncio.to_thread(scene.bot.kill)
        return steps

    async def test_login_and_reaction(self):
        async def script(scene, arm):
            await scene.start_reading()
            await scene.stop()
            arm()
            await scene.start(is_ready=False)
            await scene.fake.socket_mode.until_ready(within=25)
            message = scene.say()
            await scene.fake.expect_reaction(message, within=25)
            self.assertEqual(len(scene.fake.reactions_to(message)), 1)

        await self.break_each_step(script, at_least=6, CONNECTIONS="1")

    async def test_refresh_and_reaction(self):
        async def script(scene, arm):
            await scene.start_reading()
            arm()
            scene.fake.socket_mode.refresh()
            message = scene.say()
            await scene.fake.expect_reaction(message, within=25)
            self.assertEqual(len(scene.fake.reactions_to(message)), 1)

        await self.break_each_step(script, at_least=3)

    async def test_reply(self):
        async def script(scene, arm):
            await scene.start_reading("답장")
            arm()
            message = scene.say()
            await scene.fake.until_delivered(within=25)
            await asyncio.sleep(2)
            # A reply whose sending broke may have been posted, so it is not sent again: it may be missing.
            self.assertLessEqual(len(scene.fake.replies_to(message)), 1)
            scene.fake.faults.arm()
            await scene.fake.expect_reply(scene.say(), within=25)

        await self.break_each_step(script, at_least=2)

    async def test_http_event_and_reaction(self):
        async def script(scene, arm):
            await scene.start_reading()
            arm()
            message = scene.say()
            await scene.fake.expect_reaction(message, within=25)
            self.assertEqual(len(scene.fake.reactions_to(message)), 1)

        await self.break_each_step(script, at_least=2, is_http=True)


if __name__ == "__main__":
    main()
