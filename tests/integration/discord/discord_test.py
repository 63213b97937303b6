"""The bot at work: it answers what it is to answer, and nothing else."""

import asyncio

from scene import HAPPY
from scene_case import SceneCase, main

SAD = "시험에 떨어져서 너무 슬퍼요"


class DiscordTest(SceneCase):
    async def test_answers_a_message_of_a_chosen_channel(self):
        scene = await self.reading_scene()
        message = scene.say()
        reply = await scene.expect_happiness(message)
        body = scene.posts()[-1].body
        self.assertEqual(body["message_reference"], {"message_id": message["id"], "fail_if_not_exists": False})
        self.assertEqual((body["nonce"], body["enforce_nonce"]), (f"e{message['id']}", True))
        self.assertEqual(body["components"][0]["components"][0]["custom_id"], f"why:{message['id']}")
        self.assertEqual(reply["mentions"], [])
        status, _ = await scene.get("/readyz")
        self.assertEqual(status, 200)

    async def test_logs_in_with_exactly_the_documented_query(self):
        for path in ("", "/", "/some/path", "/some/path/"):
            with self.subTest(path=path):
                scene = await self.scene()
                scene.fake.gateway_path = path
                await scene.start()
                upgrade = scene.fake.record.upgrades()[0]
                self.assertEqual(upgrade.path.rstrip("/"), path.rstrip("/"))
                self.assertEqual(upgrade.query, "v=10&encoding=json&compress=zstd-stream")
                identify = scene.identifies()[0].d
                self.assertEqual((identify["token"], identify["intents"]), (scene.fake.token, 37377))
                self.assertFalse(any(key.startswith("$") for key in identify["properties"]))
                await scene.kill()

    async def test_reads_nothing_unasked_in_a_new_server(self):
        scene = await self.started_scene()
        unasked = scene.say()
        guild = scene.fake.add_guild("새 서버")
        elsewhere = scene.say(channel=scene.fake.add_channel(guild))
        await scene.check_silent(unasked, elsewhere)
        # Chosen in one channel only.
        await scene.choose(scene.channel)
        await scene.expect_happiness(scene.say())
        await scene.check_silent(scene.say(channel=scene.fake.add_channel(scene.guild)))

    async def test_answers_mentions_replies_and_direct_messages_at_once(self):
        scene = await self.started_scene()
        first = await scene.expect_happiness(scene.say(mention=True))
        await scene.expect_happiness(scene.say(reply_to=first))
        direct = scene.fake.direct_channel(scene.user)
        await scene.expect_happiness(scene.say(channel=direct))

    async def test_ignores_bots_webhooks_system_messages_and_empty_ones(self):
        scene = await self.reading_scene()
        robot = scene.fake.add_user("기계", bot=True)
        silent = [scene.say(user=robot), scene.say(webhook_id="7"), scene.say(kind=7), scene.say(kind=6),
                  scene.say(""), scene.say("hello"), scene.say("https://example.com/")]
        own = scene.fake.messages.add(scene.channel, scene.fake.world.bot, HAPPY)
        scene.fake.announce("MESSAGE_CREATE", own, scene.channel)
        await scene.check_silent(*silent, own)

    async def test_follows_edits_and_deletions(self):
        scene = await self.reading_scene()
        message = scene.say()
        reply = await scene.expect_happiness(message)
        scene.fake.edit_message(message, SAD)
        await scene.fake.until(lambda: "슬픔" in reply["content"].splitlines()[0], what="the changed answer")
        self.assertEqual(len(scene.fake.replies_to(message)), 1)
        scene.fake.delete_message(message)
        await scene.fake.until(lambda: scene.fake.messages.find(scene.channel["id"], reply["id"]) is None,
                               what="the deletion of the answer")

    async def test_answers_in_threads_and_forum_posts_of_a_chosen_channel(self):
        scene = await self.started_scene()
        forum = scene.fake.add_channel(scene.guild, "광장", kind=15)
        await scene.choose(scene.channel)
        await scene.choose(forum)
        for parent in (scene.channel, forum):
            thread = scene.fake.add_thread(parent)
            await scene.expect_happiness(scene.say(channel=thread))

    async def test_reacts_where_reactions_were_chosen(self):
        scene = await self.reading_scene()
        interaction = scene.fake.invoke_command(scene.owner, scene.channel, "settings", "mode", mode="reaction")
        await scene.fake.expect_answer(interaction)
        message = scene.say()
        self.assertEqual(await scene.fake.expect_reaction(message), "😊")
        self.assertEqual(scene.fake.replies_to(message), [])
        put = scene.fake.record.requests("PUT", ending="/@me")[-1]
        self.assertIn("/reactions/%F0%9F%98%8A/", put.path)

    async def test_pings_nobody_and_stays_within_2000_characters(self):
        scene = await self.reading_scene()
        role = scene.fake.world.add_role(scene.guild, "모두")
        ping = f"@everyone @here <@{scene.owner['id']}> <@&{role['id']}> "
        messages = [scene.say(ping + HAPPY), scene.say((ping + HAPPY * 200)[:2000]), scene.say(HAPPY * 200 + "x")]
        for message in messages:
            reply = await scene.fake.expect_reply(message)
            self.assertLessEqual(len(reply["content"]), 2000)
            self.assertEqual((reply["mentions"], reply["mention_roles"], reply["mention_everyone"]), ([], [], False))
        for request in scene.posts():
            self.assertEqual(request.body["allowed_mentions"], {"parse": [], "replied_user": False})

    async def test_keeps_no_text_and_labels_no_metric_with_people(self):
        secret = "보라색코끼리가춤을추어서무척기뻐요"
        scene = await self.reading_scene()
        message = scene.say(secret)
        await scene.fake.expect_reply(message)
        menu = scene.fake.invoke_menu(scene.user, message)
        await scene.fake.expect_answer(menu)
        typed = scene.fake.invoke_command(scene.user, scene.channel, "emotion", text=secret)
        await scene.fake.expect_answer(typed)
        _, metrics = await scene.get("/metrics")
        for label in (scene.user["id"], scene.channel["id"], scene.guild["id"]):
            self.assertNotIn(label, metrics)
        needles = [secret.encode(), secret[:6].encode(), secret.encode("utf-16-le"), scene.user["id"].encode()]
        await asyncio.sleep(0.2)
        for path in scene.home.rglob("*"):
            found = [needle for needle in needles if path.is_file() and needle in path.read_bytes()]
            self.assertEqual(found, [], path)

    async def test_reads_nothing_of_people_who_opted_out(self):
        scene = await self.reading_scene()
        await scene.stop()
        scene.database("INSERT INTO opt_out (platform, person) VALUES ('discord', ?)", scene.user["id"])
        await scene.restart()
        await scene.fake.gateway.until_ready()
        other = scene.fake.add_user("영희")
        refused = [scene.say(), scene.say(mention=True)]
        menu = scene.fake.invoke_menu(other, refused[0])
        answer = await scene.fake.expect_answer(menu)
        self.assertNotIn("행복", answer["content"])
        await scene.expect_happiness(scene.say(user=other))
        await asyncio.sleep(0.5)
        self.assertEqual([scene.fake.replies_to(message) for message in refused], [[], []])


if __name__ == "__main__":
    main()
