"""A day of everything that goes wrong, an hour in as many seconds as NUNCHI_HOUR_SECONDS says (1)."""

import asyncio
import collections
import os
import pathlib
import random

from scene import sentence
from scene_case import SceneCase, main

from fakes.discord import Link, too_many

HOUR = float(os.environ.get("NUNCHI_HOUR_SECONDS", "1"))
PER_SECOND = 5
CREATE = "/channels/{channel}/messages"


class Day:
    """What happens in each of its hours; the order is drawn."""

    def __init__(self, scene, link):
        self.scene, self.link, self.gateway = scene, link, scene.fake.gateway
        self.hours = ([self.reconnect] * 4 + [self.invalidate_resumable] * 2 + [self.invalidate] * 3 + [self.drop] * 3 +
                      [self.cut] * 3 + [self.swallow] * 2 + [self.storm] * 3 + [self.slow_down] * 2 + [self.refuse] * 2)
        assert len(self.hours) == 24
        random.shuffle(self.hours)

    async def reconnect(self):
        self.gateway.reconnect_all()

    async def invalidate_resumable(self):
        self.gateway.invalidate(True)

    async def invalidate(self):
        self.gateway.invalidate(False)

    async def drop(self):
        self.gateway.drop_all()

    async def cut(self):
        self.link.cut()

    async def swallow(self):
        """A zombie: nothing gets through until the bot has noticed."""
        self.link.swallow()
        await asyncio.sleep(1.5)
        self.link.cut()
        self.link.flow()

    async def storm(self):
        scopes = ("user", "shared", "global")
        for scope in scopes:
            self.scene.fake.rest.plan(too_many(scope, 0.3), method="POST", route=CREATE)

    async def slow_down(self):
        self.link.bytes_per_second = 8000
        await asyncio.sleep(HOUR / 2)
        self.link.bytes_per_second = None

    async def refuse(self):
        self.link.refuses = True
        self.link.cut()
        await asyncio.sleep(HOUR / 2)
        self.link.refuses = False


class LongDayTest(SceneCase):
    async def people(self, scene, messages):
        while True:
            has_session = any(session.is_valid for session in scene.fake.gateway.sessions.values())
            messages.append((scene.say(sentence(len(messages))), has_session))
            await asyncio.sleep(1 / PER_SECOND)

    def memory(self, scene):
        """Resident, in MB."""
        status = pathlib.Path(f"/proc/{scene.bot.process.pid}/status").read_text(encoding="ascii")
        return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024

    async def test_answers_everything_once(self):
        scene = await self.scene(CATCH_UP="100", CONNECT_TIMEOUT="1")
        link = await self.enterAsyncContext(Link(scene.fake.gateway_port))
        scene.fake.resume_port = link.port
        scene.fake.gateway.heartbeat_interval_ms = 400
        scene.settings["GATEWAY_URL"] = f"ws://127.0.0.1:{link.port}"
        await scene.start_reading()
        # Where a channel was read up to is kept from its first message on.
        await scene.check_well()
        day, messages = Day(scene, link), []
        people = asyncio.create_task(self.people(scene, messages))
        before = 0
        for hour, happens in enumerate(day.hours):
            if hour == 6:
                before = self.memory(scene)
            await asyncio.gather(happens(), asyncio.sleep(HOUR))
        people.cancel()

        for message, _ in messages:
            await scene.fake.expect_reply(message, within=60)
        await asyncio.sleep(1)
        counts = collections.Counter(len(scene.fake.replies_to(message)) for message, _ in messages)
        self.assertEqual(dict(counts), {1: len(messages)})
        self.assertGreaterEqual(await scene.gateway_count("gap"), 1)
        self.assertLess(len(scene.identifies()), 12)
        self.assertGreater(len(scene.resumes()), 8)
        self.assertLess(self.memory(scene), before + 40)  # buffers of libtorch; bench/soak.py measures longer
        outside = sum(not has_session for _, has_session in messages)
        print(f"{len(messages)} messages, {outside} without a session; {len(scene.identifies())} identifies, "
              f"{len(scene.resumes())} resumes; {before:.0f} MB, then {self.memory(scene):.0f} MB")


if __name__ == "__main__":
    main()
