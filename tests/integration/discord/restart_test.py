"""The session outlives the program: SIGTERM, SIGKILL, and what may be wrong with what was kept."""

import asyncio
import json
import os
import random
import time

from scene import sentence
from scene_case import SceneCase, main

ROUNDS = int(os.environ.get("NUNCHI_CRASH_ROUNDS", "4"))
END_SESSION = (1000, 1001)
SESSION_KEY = "discord/session/0"
# Seconds. The bar is 3, on a machine that does nothing else (NUNCHI_BARS=1); beside other tests it may take longer.
LONGEST_PAUSE = 3 if os.environ.get("NUNCHI_BARS") else 12


class Talk:
    """People who go on talking; `messages` is all that they wrote."""

    def __init__(self, scene, per_second):
        self.scene = scene
        self.pause = 1 / per_second
        self.messages = []
        self.replied_at = {}
        self.task = asyncio.create_task(self.go_on())

    async def go_on(self):
        while True:
            self.messages.append(self.scene.say(sentence(len(self.messages))))
            self.note()
            await asyncio.sleep(self.pause)

    def note(self):
        now = time.monotonic()
        for message in self.messages[-400:]:
            if message["id"] not in self.replied_at and self.scene.fake.replies_to(message):
                self.replied_at[message["id"]] = now

    async def end(self):
        self.task.cancel()
        for message in self.messages:
            await self.scene.fake.expect_reply(message, within=20)
        await asyncio.sleep(0.5)
        return [len(self.scene.fake.replies_to(message)) for message in self.messages]


class RestartTest(SceneCase):
    async def test_answers_everything_once_when_it_is_killed_under_load(self):
        scene = await self.reading_scene()
        await asyncio.sleep(1.2)  # the session is kept once a second
        talk = Talk(scene, per_second=40)
        for _ in range(ROUNDS):
            await asyncio.sleep(random.uniform(0.2, 0.9))
            await scene.kill()
            await scene.restart()
        await scene.fake.gateway.until_ready()
        counts = await talk.end()
        self.assertEqual({number: count for number, count in enumerate(counts) if count != 1}, {})
        self.assertGreaterEqual(len(scene.resumes()), ROUNDS)
        self.assertEqual(len(scene.identifies()), 1)

    async def test_restarts_under_load_without_losing_a_message(self):
        scene = await self.reading_scene()
        talk = Talk(scene, per_second=20)
        await asyncio.sleep(1)
        started = time.monotonic()
        self.assertEqual(await scene.stop(), 0)
        self.assertLess(time.monotonic() - started, 10)
        self.assertNotIn(scene.fake.record.closings()[-1].code, END_SESSION)
        await scene.restart()
        await scene.fake.gateway.until_ready()
        await asyncio.sleep(1)
        self.assertEqual(set(await talk.end()), {1})
        times = sorted(talk.replied_at.values())
        self.assertLess(max(later - earlier for earlier, later in zip(times, times[1:])), LONGEST_PAUSE)
        self.assertEqual(len(scene.identifies()), 1)

    async def test_finishes_what_is_under_way_before_it_leaves(self):
        scene = await self.reading_scene()
        scene.fake.rest.delay = 0.3
        messages = [scene.say(sentence(number)) for number in range(30)]
        await scene.fake.until(lambda: scene.posts(), 5, "a first answer")
        self.assertEqual(await scene.stop(), 0)
        answered = [message for message in messages if scene.fake.replies_to(message)]
        scene.fake.rest.delay = 0
        await scene.restart()
        for message in messages:
            await scene.fake.expect_reply(message)
        self.assertEqual([len(scene.fake.replies_to(message)) for message in messages], [1] * 30)
        self.assertTrue(answered)

    async def test_resumes_after_a_stop_where_it_left_off(self):
        scene = await self.started_scene()
        await scene.check_well()
        session = (await scene.fake.gateway.until_ready())[0]
        sequence = session.sequence
        await scene.stop()
        self.assertEqual(scene.fake.record.closings()[-1].code // 1000, 4)
        missed = scene.say(mention=True)
        await scene.restart()
        await scene.until_logins(resumes=1)
        self.assertEqual(scene.resumes()[0].d, {"token": scene.fake.token, "session_id": session.id,
                                                "seq": sequence})
        await scene.expect_happiness(missed)
        self.assertEqual(len(scene.identifies()), 1)

    async def test_identifies_when_what_was_kept_is_of_no_use(self):
        async def check(spoil, shards=1, **settings):
            scene = await self.started_scene()
            await scene.check_well()
            await scene.stop()
            spoil(scene)
            await scene.restart(**settings)
            await scene.fake.gateway.until_ready(30, shards)
            self.assertEqual(scene.resumes(), [])
            self.assertGreaterEqual(len(scene.identifies()), 1 + shards)
            await scene.check_well()

        def corrupt(scene):
            changed = scene.database("UPDATE state SET value = ? WHERE key = ? RETURNING key", "{\"a", SESSION_KEY)
            self.assertEqual(len(changed), 1)

        def age(scene):
            (text,), = scene.database("SELECT value FROM state WHERE key = ?", SESSION_KEY)
            scene.database("UPDATE state SET value = ? WHERE key = ?", made_older(text), SESSION_KEY)

        def keep(_):
            pass

        await asyncio.gather(check(corrupt), check(age), check(keep, shards=2, SHARDS="2"))

    async def test_identifies_no_more_than_the_ceiling_allows_however_often_it_is_started(self):
        scene = await self.started_scene(IDENTIFY_CEILING="2")
        await asyncio.sleep(5)
        scene.fake.gateway.invalidate(False)
        await scene.until_logins(identifies=2)
        for _ in range(3):
            scene.fake.gateway.forget_sessions()
            await scene.kill()
            await scene.restart()
            await asyncio.sleep(2)
        self.assertEqual(len(scene.identifies()), 2)
        status, _ = await scene.get("/readyz")
        self.assertEqual(status, 503)
        self.assertTrue(scene.is_running)

    async def test_keeps_five_seconds_between_identifies_also_over_a_restart(self):
        scene = await self.started_scene()
        scene.fake.gateway.forget_sessions()
        await scene.kill()
        await scene.restart()
        await scene.until_logins(identifies=2, within=25)
        first, second = scene.identifies()[:2]
        self.assertGreater(second.at - first.at, 4.9)


def made_older(text):
    """Whatever number in it is a time of now, an earlier one."""
    def older(value):
        if isinstance(value, dict):
            return {key: older(item) for key, item in value.items()}
        now = time.time()
        for unit in (1, 1000, 1e6, 1e9):
            if isinstance(value, int) and abs(value / unit - now) < 86400:
                return int(value - 7200 * unit)
        return value

    changed = older(json.loads(text))
    if changed == json.loads(text):
        raise AssertionError(f"no time in {text}")
    return json.dumps(changed)


if __name__ == "__main__":
    main()
