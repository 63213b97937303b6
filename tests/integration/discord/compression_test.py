"""Plain, zlib-stream and zstd-stream, whole and damaged."""

import asyncio

from scene_case import SceneCase, main

from fakes.discord import Deviation

END_SESSION = (1000, 1001)


class CompressionTest(SceneCase):
    async def check_before_and_after_a_resume(self, scene):
        await scene.check_well()
        scene.fake.gateway.drop_all()
        await scene.until_logins(resumes=1)
        await scene.check_well()
        self.assertEqual(len(scene.identifies()), 1)
        self.assertEqual(await scene.gateway_count("decode_error"), 0)

    async def test_reads_each_form(self):
        async def check(name, split=None, deviations=()):
            scene = await self.scene(COMPRESSION=name, deviations=deviations)
            scene.fake.gateway.split_bytes = split
            await scene.start()
            query = scene.fake.record.upgrades()[0].query
            self.assertIn("" if name == "none" else f"&compress={name}", query)
            await self.check_before_and_after_a_resume(scene)

        await asyncio.gather(check("none"), check("zlib-stream"), check("zlib-stream", split=5), check("zstd-stream"),
                             check("zstd-stream", deviations={Deviation.ZSTD_FRAME_PER_MESSAGE}))

    async def test_resumes_behind_damaged_data(self):
        async def check(name):
            scene = await self.started_scene(COMPRESSION=name)
            scene.fake.gateway.connection.send_raw_bytes(b"\x07damaged\xff\x00\x00\xff\xff")
            message = scene.say(mention=True)
            await scene.until_logins(resumes=1)
            closed = scene.fake.record.closings()[0]
            self.assertTrue(closed.by_client)
            self.assertNotIn(closed.code, END_SESSION)
            await scene.expect_happiness(message)
            self.assertEqual(await scene.gateway_count("decode_error"), 1)

        await asyncio.gather(check("zlib-stream"), check("zstd-stream"))

    async def test_does_not_swell_with_a_bomb(self):
        async def check(name):
            scene = await self.started_scene(COMPRESSION=name, MAX_MESSAGE_BYTES="2000000")
            before = resident_bytes(scene)
            scene.fake.gateway.connection.send_text('{"op":0,"d":"' + "x" * 120_000_000 + '"}')
            await scene.until_logins(resumes=1, within=30)
            self.assertLess(resident_bytes(scene) - before, 60_000_000)
            await scene.check_well()
            self.assertEqual(await scene.gateway_count("oversized"), 1)

        for name in ("zlib-stream", "zstd-stream"):
            await check(name)

    async def test_takes_a_huge_ready_up_to_the_limit(self):
        async def check(name, padding, is_taken):
            scene = await self.scene(COMPRESSION=name, MAX_MESSAGE_BYTES="1100000")
            scene.fake.gateway.padding = padding
            await scene.start(is_ready=False)
            if not is_taken:
                await scene.fake.until(lambda: scene.fake.record.closings(), 20, "an end")
                self.assertEqual(await scene.gateway_count("oversized"), 1)
                self.assertEqual((await scene.get("/readyz"))[0], 503)
                self.assertTrue(scene.is_running)
                scene.fake.gateway.padding = 0
            await scene.fake.gateway.until_ready(25)
            await scene.check_well()

        await asyncio.gather(*(check(name, padding, is_taken) for name in ("none", "zlib-stream", "zstd-stream")
                               for padding, is_taken in ((1_000_000, True), (1_200_000, False))))


def resident_bytes(scene):
    with open(f"/proc/{scene.bot.process.pid}/statm", encoding="ascii") as statm:
        return int(statm.read().split()[1]) * 4096


if __name__ == "__main__":
    main()
