"""What the bot reads in which profile, over which shard, and how often it answers."""

import asyncio
import time

from scene import Scene
from scene_case import SceneCase, main

from fakes.discord import Deviation

MANAGE = 1 << 22  # shard_of counts in these steps


class ProfileTest(SceneCase):
    async def test_says_that_texts_are_missing(self):
        scene = await self.reading_scene()
        scene.fake.gateway.withholds_content = True
        silent = [scene.say() for _ in range(12)]
        direct = scene.fake.direct_channel(scene.user)
        first = await scene.check_well()
        await scene.expect_happiness(scene.say(reply_to=first))
        await scene.expect_happiness(scene.say(channel=direct))
        answer = await scene.fake.expect_answer(scene.fake.invoke_menu(scene.user, silent[0]))
        self.assertIn("행복", answer["content"])
        self.assertEqual([scene.fake.replies_to(message) for message in silent], [[]] * 12)
        _, text = await scene.get("/readyz")
        self.assertIn("Message Content", text)

    async def test_reads_only_what_is_addressed_to_it_in_the_profile_mention(self):
        scene = await self.scene(PROFILE="mention", deviations={Deviation.INTENTS_IGNORED})
        await scene.start_reading()
        self.assertEqual(scene.identifies()[0].d["intents"], 4609)
        unasked = [scene.say() for _ in range(3)]
        first = await scene.check_well()
        await scene.expect_happiness(scene.say(reply_to=first))
        await scene.expect_happiness(scene.say(channel=scene.fake.direct_channel(scene.user)))
        answer = await scene.fake.expect_answer(scene.fake.invoke_menu(scene.user, unasked[0]))
        self.assertIn("행복", answer["content"])
        await scene.check_silent(*unasked)

    async def test_needs_no_direct_messages_to_work(self):
        scene = await self.started_scene(deviations={Deviation.NEW_DIRECT_CHANNELS_SILENT})
        scene.say(channel=scene.fake.direct_channel(scene.user))
        await scene.check_well()

    async def test_survives_strange_dispatches(self):
        scene = await self.started_scene(deviations={Deviation.READY_OF_VERSION_NINE})
        connection = scene.fake.gateway.connection
        session = connection.session
        for op, d in ((99, None), (0, []), (5, {"x": 1}), (-1, "x")):
            connection.send(op, d)
        for event, data in (("UNHEARD_OF", {"a": 1}), ("MESSAGE_CREATE", {"id": 5, "content": 7, "author": []}),
                            ("MESSAGE_CREATE", []), ("GUILD_CREATE", {"channels": [7, None], "threads": "x"}),
                            ("MESSAGE_UPDATE", {"id": []}), ("MESSAGE_DELETE_BULK", {"ids": [7, {}]}),
                            ("INTERACTION_CREATE", {"type": "x"}), ("INTERACTION_CREATE", None),
                            ("RATE_LIMITED", {"opcode": 8, "retry_after": 1.5, "meta": {"guild_id": "1"}})):
            session.dispatch(event, data)
        for text in ("{", "", "[]", "7", '"x"', "\ud7ff", '{"op":0,"t":7,"s":"x"}', "null"):
            connection.send_text(text)
        data = scene.fake.event_of(scene.fake.messages.add(scene.channel, scene.user, "<@%s> 기분이 정말 좋아요!" %
                                                           scene.fake.world.bot["id"]), scene.channel)
        numbers = {**data, "id": int(data["id"]), "channel_id": int(data["channel_id"])}
        session.dispatch("MESSAGE_CREATE", numbers)
        await scene.check_well()
        self.assertEqual(len(scene.fake.record.upgrades()), 1)
        self.assertGreater(await scene.gateway_count("malformed_payload"), 0)
        self.assertGreater(await scene.gateway_count("unknown_payload"), 0)
        reply = next(message for message in scene.fake.messages.all(scene.channel["id"])
                     if message.get("message_reference", {}).get("message_id") == data["id"])
        self.assertIn("행복", reply["content"])


class ShardTest(SceneCase):
    async def sharded_scene(self, **about):
        scene = await self.scene(SHARDS="2", **about)
        scene.fake.gateway.budget.max_concurrency = 2
        other = str(int(scene.guild["id"]) + MANAGE)
        guild = scene.fake.add_guild("다른 서버", identity=other)
        await scene.start(is_ready=False)
        await scene.fake.gateway.until_ready(25, shards=2)
        return scene, scene.fake.add_channel(guild)

    async def test_reads_every_server_once_and_direct_messages_on_shard_zero(self):
        scene, other = await self.sharded_scene()
        self.assertEqual(sorted(entry.d["shard"] for entry in scene.identifies()), [[0, 2], [1, 2]])
        messages = [scene.say(mention=True), scene.say(mention=True, channel=other),
                    scene.say(channel=scene.fake.direct_channel(scene.user))]
        for message in messages:
            await scene.expect_happiness(message)

    async def test_answers_once_when_all_servers_are_told_to_every_shard(self):
        scene, other = await self.sharded_scene(deviations={Deviation.EVERY_SHARD_GETS_ALL})
        messages = [scene.say(mention=True), scene.say(mention=True, channel=other),
                    scene.say(channel=scene.fake.direct_channel(scene.user))]
        for message in messages:
            await scene.expect_happiness(message)
        await asyncio.sleep(0.5)
        self.assertEqual(len(scene.posts()), 3)

    async def test_two_processes_on_one_shard_answer_once(self):
        scene = await self.reading_scene()
        scene.fake.gateway.budget.is_enforced = False
        twin = await self.enterAsyncContext(Scene(fake=scene.fake))
        await twin.start(is_ready=False)
        await scene.fake.gateway.until_ready(shards=2)
        messages = [scene.say(f"{number}번째로 기분이 정말 좋아요!", mention=True) for number in range(10)]
        await scene.fake.until(lambda: len(scene.posts()) >= 20, 10, "both to answer")
        for message in messages:
            self.assertEqual(len(scene.fake.replies_to(message)), 1)

    async def test_answers_once_when_an_event_comes_several_times(self):
        scene = await self.reading_scene()
        message = scene.say()
        for _ in range(3):
            scene.fake.announce("MESSAGE_CREATE", message, scene.channel)
        await scene.expect_happiness(message)
        scene.fake.announce("MESSAGE_CREATE", message, scene.channel)
        await scene.check_well()
        self.assertEqual(len(scene.fake.replies_to(message)), 1)
        self.assertEqual(len(scene.posts()), 2)


class LimitTest(SceneCase):
    async def test_never_sends_more_than_the_gateway_takes(self):
        scene = await self.started_scene()
        for _ in range(200):
            scene.fake.gateway.connection.send(1)
        await asyncio.sleep(1)
        sent = [entry for entry in scene.fake.record.of(type(scene.identifies()[0])) if entry.connection == 1]
        self.assertLessEqual(len(sent), 120)
        self.assertLessEqual(max(entry.size for entry in sent), 4096)
        self.assertEqual(scene.fake.record.closings(), [])
        await scene.check_well()

    async def test_still_beats_when_the_server_asked_for_too_much(self):
        scene = await self.scene()
        scene.fake.gateway.heartbeat_interval_ms = 5000
        scene.fake.gateway.ready_delay = 0.1
        await scene.start()
        for _ in range(200):
            scene.fake.gateway.connection.send(1)
        flooded_at = time.monotonic()
        # Two intervals, whatever the jitter of the first: at least one heartbeat of its own comes after the flood.
        await asyncio.sleep(11)
        beats = scene.fake.record.payloads(1, 1)
        self.assertEqual(scene.fake.record.closings(), [])
        self.assertGreater(beats[-1].at, flooded_at + 1)


if __name__ == "__main__":
    main()
