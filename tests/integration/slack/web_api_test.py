"""The Web API as `nunchi run` uses it, when it refuses, limits, breaks or answers late."""

import asyncio

from scene import HAPPINESS
from scene_case import SceneCase, main


class WebApiTest(SceneCase):
    async def test_a_limit_holds_up_its_own_method_alone(self):
        scene = await self.reading()
        scene.fake.api.plans.limit("reactions.add", retry_after=3)
        held = scene.say()
        await asyncio.sleep(0.3)
        elsewhere = scene.fake.add_channel(scene.team, members=(scene.user,))
        await scene.fake.expect_reply(scene.say(mention=True, channel=elsewhere), within=2)
        self.assertEqual(scene.fake.reactions_to(held), [])
        await scene.fake.expect_reaction(held)

    async def test_takes_either_spelling_of_a_limit(self):
        scene = await self.reading()
        for error in ("ratelimited", "rate_limited"):
            scene.fake.api.plans.limit("reactions.add", retry_after=1, error=error)
            await scene.fake.expect_reaction(scene.say(), within=15)

    async def test_goes_on_after_each_error_of_a_reaction(self):
        scene = await self.reading()
        for error in ("already_reacted", "message_not_found", "too_many_reactions", "too_many_emoji", "is_archived",
                      "thread_locked", "not_reactable", "invalid_name", "bad_timestamp", "unheard_of"):
            scene.fake.api.plans.fail("reactions.add", error)
            scene.say()
            await scene.fake.until_delivered()
        await scene.fake.expect_reaction(scene.say(), within=20)

    async def test_comes_through_a_server_in_trouble(self):
        scene = await self.reading(REQUEST_TIMEOUT="1")
        plans = scene.fake.api.plans
        for plan in (plans.html, plans.hang, plans.drop):
            plan("reactions.add")
            message = scene.say()
            await scene.fake.expect_reaction(message, within=20)
            self.assertEqual(len(scene.fake.reactions_to(message)), 1)

    async def test_never_repeats_a_reply_that_may_have_been_posted(self):
        scene = await self.reading(mode="답장", REQUEST_TIMEOUT="1")
        for plan in (scene.fake.api.plans.hang, scene.fake.api.plans.drop):
            plan("chat.postMessage", is_done=True)
            message = scene.say()
            reply = await scene.fake.expect_reply(message)
            self.assertIn(HAPPINESS, reply["text"])
            await asyncio.sleep(3)
            self.assertEqual(len(scene.fake.replies_to(message)), 1)

    async def test_asks_for_no_history(self):
        scene = await self.reading(mode="답장")
        await scene.fake.expect_reply(scene.say())
        asked = {entry.method for entry in scene.fake.record.calls()}
        self.assertFalse(asked & {"conversations.history", "conversations.replies"}, asked)

    async def test_admins_are_asked_for_and_doubt_is_a_no(self):
        scene = await self.scene(REQUEST_TIMEOUT="1")
        await scene.start()
        plans = scene.fake.api.plans
        for plan in (lambda: plans.fail("users.info", "user_not_found"), lambda: plans.html("users.info", times=9),
                     lambda: plans.answer("users.info", body=b'{"ok":true,"user":{}}')):
            plan()
            admin = scene.fake.add_user(scene.team, is_admin=True)  # what was heard of one is kept for a minute
            self.assertIn("워크스페이스 관리 권한", await scene.command(admin, "/눈치 설정 채널 켜기"))
            plans.clear()
        self.assertIn("이모지 반응", await scene.command(scene.admin, "/눈치 설정 채널 켜기"))


if __name__ == "__main__":
    main()
