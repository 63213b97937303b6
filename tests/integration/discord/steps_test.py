"""Each script of the protocol, broken at every step in turn: before it is done, and after.

Whatever breaks, the bot comes back and the message is answered once.
"""

import asyncio

from scene import HAPPINESS, HAPPY
from scene_case import SceneCase, main

from fakes.discord import Fault

AT_ONCE = 6  # scenes


class StepsTest(SceneCase):
    async def break_each_step(self, script, at_least):
        """`script(scene, fault)` arms the faults, plays, and checks the outcome."""
        whole = []
        await self.play(script, None, None, whole)
        steps = whole[0]
        self.assertGreaterEqual(len(steps), at_least, steps)
        slots = asyncio.Semaphore(AT_ONCE)

        async def broken(step, fault):
            async with slots:
                try:
                    await self.play(script, step, fault, [])
                except AssertionError as problem:
                    raise AssertionError(f"step {step}, {steps[step - 1]}, {fault}: {problem}") from problem

        await asyncio.gather(*(broken(step, fault) for step in range(1, len(steps) + 1) for fault in Fault))

    async def play(self, script, step, fault, steps):
        scene = await self.scene(REQUEST_TIMEOUT="1")
        await script(scene, lambda: scene.fake.faults.arm(step, fault))
        steps.append(list(scene.fake.faults.steps))
        if step:
            self.assertTrue(scene.fake.faults.has_failed)
        await asyncio.to_thread(scene.bot.kill)

    async def test_login_and_answer(self):
        async def script(scene, arm):
            arm()
            await scene.start(is_ready=False)
            await scene.fake.gateway.until_ready(25)
            message = scene.say(mention=True)
            await self.check_answered_once(scene, message)

        await self.break_each_step(script, at_least=7)

    async def test_resume_and_answer(self):
        async def script(scene, arm):
            await scene.start()
            await scene.check_well()
            await asyncio.sleep(0.3)
            arm()
            scene.fake.gateway.drop_all()
            message = scene.say(mention=True)
            await self.check_answered_once(scene, message)

        await self.break_each_step(script, at_least=6)

    async def test_interaction(self):
        async def script(scene, arm):
            await scene.start()
            await scene.fake.until(lambda: scene.fake.commands.named("emotion"), 10, "the commands")
            await asyncio.sleep(0.3)
            arm()
            interaction = scene.fake.invoke_command(scene.user, scene.channel, "emotion", text=HAPPY)
            if scene.fake.faults._failing == 1:
                # It was not dispatched: after a resume it is replayed, in time or not.
                await asyncio.sleep(1)
            else:
                answer = await scene.fake.expect_answer(interaction)
                self.assertIn(HAPPINESS, answer["content"])
            self.assertEqual(interaction.followups, [])
            self.assertEqual(scene.fake.messages.all(scene.channel["id"]), [])

        await self.break_each_step(script, at_least=3)

    async def check_answered_once(self, scene, message):
        reply = await scene.fake.expect_reply(message, within=25)
        self.assertIn(HAPPINESS, reply["content"])
        await asyncio.sleep(0.3)
        self.assertEqual(len(scene.fake.replies_to(message)), 1)


if __name__ == "__main__":
    main()
