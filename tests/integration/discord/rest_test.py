"""Rate limits, failures and refusals of the REST API."""

import asyncio
import time

from aiohttp import web
from scene import sentence
from scene_case import SceneCase, main

from fakes.discord import Deviation, too_many

CREATE = "/channels/{channel}/messages"
SEND_MESSAGES = 1 << 11


class RestTest(SceneCase):
    async def test_waits_out_each_shape_of_429_and_answers_once(self):
        shapes = {
            "user": {"scope": "user", "retry_after": 0.6},
            "with a code": {"scope": "user", "retry_after": 0.6, "code": 20028},
            "no scope": {"scope": "user", "retry_after": 0.6, "has_scope": False},
            "shared": {"scope": "shared", "retry_after": 0.6},
            "global": {"scope": "global", "retry_after": 0.6},
            "not JSON": {"scope": "user", "retry_after": 1, "body": "text", "has_scope": False},
            "nothing at all": {"scope": "user", "retry_after": 1, "body": "none", "has_scope": False,
                               "has_retry_after": False},
        }
        scene = await self.reading_scene()
        for name, shape in shapes.items():
            asked = len(scene.posts())
            scene.fake.rest.plan(too_many(**shape), method="POST", route=CREATE)
            message = scene.say(f"{name} {sentence(1)}")
            await scene.fake.expect_reply(message)
            first, second = scene.posts()[asked:]
            if name != "nothing at all":
                self.assertGreaterEqual(second.at - first.at, shape["retry_after"] - 0.01, name)
            self.assertLess(second.at - first.at, 5, name)
            self.assertEqual(len(scene.fake.replies_to(message)), 1, name)

    async def test_a_shared_limit_holds_up_only_its_own_request(self):
        scene = await self.reading_scene()
        await scene.check_well()
        scene.fake.rest.plan(too_many("shared", 2), method="POST", route=CREATE)
        held = scene.say()
        await scene.fake.until(lambda: len(scene.posts()) == 2, 5)
        free = scene.say()
        await scene.fake.expect_reply(free, within=1.5)
        self.assertEqual(scene.fake.replies_to(held), [])
        await scene.fake.expect_reply(held)

    async def test_a_global_limit_holds_up_everything_but_interactions(self):
        scene = await self.reading_scene()
        await scene.check_well()
        scene.fake.rest.plan(too_many("global", 2), method="POST", route=CREATE)
        scene.say()
        await scene.fake.until(lambda: len(scene.posts()) == 2, 5)
        limited = time.monotonic()
        other = scene.say(mention=True, channel=scene.fake.add_channel(scene.guild))
        interaction = scene.fake.invoke_command(scene.user, scene.channel, "emotion", text="정말 기뻐요")
        await scene.fake.expect_answer(interaction, within=1.5)
        self.assertEqual(scene.fake.replies_to(other), [])
        await scene.fake.expect_reply(other)
        self.assertGreater(scene.posts()[2].at - limited, 1.9)

    async def test_learns_a_bucket_from_its_headers(self):
        scene = await self.reading_scene()
        scene.fake.rate_limits.of_route[("POST", CREATE)] = (3, 1.0)
        scene.fake.rate_limits.clock_skew = -7200
        messages = [scene.say(sentence(number)) for number in range(9)]
        for message in messages:
            await scene.fake.expect_reply(message, within=15)
        self.assertEqual([post.status for post in scene.posts()], [200] * 9)

    async def test_survives_odd_limits_and_none(self):
        for deviation in (Deviation.ODD_RATE_LIMITS, Deviation.NO_RATE_LIMIT_HEADERS):
            scene = await self.reading_scene(deviations={deviation})
            messages = [scene.say(sentence(number)) for number in range(13)]
            for message in messages:
                await scene.fake.expect_reply(message, within=25)
            self.assertEqual([len(scene.fake.replies_to(message)) for message in messages], [1] * 13)
            # A knock during a block would prolong it.
            self.assertLessEqual(sum(post.status == 429 for post in scene.posts()), 3)

    async def test_keeps_below_fifty_a_second_while_interactions_pass(self):
        scene = await self.reading_scene()
        channels = [scene.fake.add_channel(scene.guild) for _ in range(4)]
        for channel in channels:
            await scene.choose(channel)
        scene.fake.rate_limits.is_global_enforced = True
        messages = [scene.say(sentence(number), channel=channels[number % 4]) for number in range(400)]
        for _ in range(3):
            interaction = scene.fake.invoke_command(scene.user, scene.channel, "emotion", text="정말 기뻐요")
            await scene.fake.until(lambda: interaction.acknowledged_at, 3, "the acknowledgement")
            self.assertLess(interaction.acknowledged_after, 1.5)
            await asyncio.sleep(0.5)
        for message in messages:
            await scene.fake.expect_reply(message, within=30)
        self.assertLessEqual(sum(post.status == 429 for post in scene.posts()), 2)

    async def test_tries_again_when_the_server_fails_but_not_for_ever(self):
        scene = await self.reading_scene(REQUEST_TIMEOUT="0.6")
        for failure in (500, 502, 503, "hang", "drop"):
            answer = web.Response(status=failure) if isinstance(failure, int) else failure
            asked = len(scene.posts())
            plan = scene.fake.rest.plan(answer, method="POST", route=CREATE, times=2)
            message = scene.say(f"{failure} {sentence(2)}")
            await scene.fake.expect_reply(message)
            self.assertEqual((plan.left, len(scene.posts()) - asked), (0, 3), failure)
        plan = scene.fake.rest.plan(web.Response(status=500), method="POST", route=CREATE, times=50)
        scene.say()
        await asyncio.sleep(6)
        self.assertEqual(50 - plan.left, 4)

    async def test_does_not_repeat_what_was_refused(self):
        scene = await self.reading_scene()
        for code in (50035, 10008, 50083, 50006):
            plan = scene.fake.rest.plan(code, method="POST", route=CREATE, times=5)
            scene.say(f"{code} {sentence(3)}")
            await scene.fake.until(lambda: plan.left < 5, 5, "a request")
            await asyncio.sleep(0.6)
            self.assertEqual(plan.left, 4, code)
            plan.left = 0
        await scene.check_well()

    async def test_makes_one_message_when_the_answer_to_its_request_is_lost(self):
        scene = await self.reading_scene()
        scene.fake.rest.plan("drop after", method="POST", route=CREATE, times=2)
        message = scene.say()
        await scene.fake.until(lambda: len(scene.posts()) == 3, 8, "three requests")
        await scene.check_well()
        self.assertEqual(len(scene.fake.replies_to(message)), 1)

    async def test_falls_silent_when_the_token_is_refused(self):
        async def check(answer):
            scene = await self.reading_scene()
            await scene.check_well()
            scene.fake.rest.plan(lambda _: web.Response(**answer), method="POST", route=CREATE, times=99)
            messages = [scene.say(sentence(number)) for number in range(5)]
            await asyncio.sleep(0.7)
            asked = len(scene.fake.record.requests())
            scene.say()
            await asyncio.sleep(1)
            self.assertEqual(len(scene.fake.record.requests()), asked)
            self.assertLessEqual(len(scene.posts()), 1 + len(messages))
            self.assertEqual((await scene.get("/readyz"))[0], 503)
            self.assertFalse(scene.fake.gateway.connection)

        await asyncio.gather(check({"status": 401, "text": '{"message": "401: Unauthorized", "code": 0}'}),
                             check({"status": 400, "text": '{"message": "Unauthorized", "code": 40001}'}))

    async def test_asks_once_where_it_may_not_write(self):
        scene = await self.started_scene(MUTE_TIME="4")
        denied = [{"id": scene.guild["id"], "type": 0, "allow": "0", "deny": str(SEND_MESSAGES)}]
        channels = [scene.fake.add_channel(scene.guild, f"금지{number}", overwrites=denied) for number in range(50)]
        started = time.monotonic()
        for _ in range(2):
            for channel in channels:
                scene.say(mention=True, channel=channel)
            await asyncio.sleep(0.7)
        await scene.check_well()
        self.assertLess(time.monotonic() - started, 4)
        self.assertEqual([len(scene.posts(channel)) for channel in channels], [1] * 50)
        # Then one probe, and it is open again.
        for channel in channels:
            channel["permission_overwrites"].clear()
        await asyncio.sleep(4.5 - (time.monotonic() - started))
        await scene.expect_happiness(scene.say(mention=True, channel=channels[0]))

    async def test_gives_an_answer_up_whose_message_is_gone(self):
        scene = await self.reading_scene()
        scene.fake.messages.remove(scene.channel["id"], scene.say()["id"])
        await scene.fake.until(lambda: scene.posts(), 5, "a request")
        await scene.check_well()
        self.assertEqual([post.status for post in scene.posts()], [200, 200])

        deviant = await self.reading_scene(deviations={Deviation.MISSING_REFERENCE_FAILS, Deviation.STATUS_AS_CODE})
        deviant.fake.messages.remove(deviant.channel["id"], deviant.say()["id"])
        await deviant.fake.until(lambda: deviant.posts(), 5, "a request")
        await asyncio.sleep(1)
        await deviant.check_well()
        self.assertEqual([post.status for post in deviant.posts()], [404, 200])

    async def test_knows_its_own_messages_before_it_is_told_of_them(self):
        scene = await self.reading_scene(deviations={Deviation.OWN_EVENT_FIRST})
        for number in range(5):
            await scene.fake.expect_reply(scene.say(sentence(number)))
        await asyncio.sleep(0.5)
        self.assertEqual(len(scene.posts()), 5)


if __name__ == "__main__":
    main()
