"""`nunchi run` at the fake Slack: reactions, replies, commands, and nothing lost or doubled."""

import asyncio
import os
import random

from scene import HAPPINESS, HAPPY
from scene_case import SceneCase, main

ROUNDS = int(os.environ.get("NUNCHI_CRASH_ROUNDS", "3"))


class ConversationTest(SceneCase):
    async def test_reacts_in_a_chosen_channel_and_reads_nothing_unasked_before(self):
        scene = await self.scene()
        await scene.start()
        before = scene.say()
        await scene.fake.until_delivered()
        await scene.command(scene.admin, "/눈치 설정 채널 켜기")
        self.assertEqual(await scene.fake.expect_reaction(scene.say()), "blush")
        self.assertEqual(scene.fake.reactions_to(before), [])
        self.assertEqual(scene.get("/readyz")[0], 200)

    async def test_answers_mentions_in_the_thread_and_direct_messages_at_once(self):
        scene = await self.scene()
        await scene.start()
        mention = scene.say(mention=True)
        reply = await scene.fake.expect_reply(mention)
        self.assertIn(HAPPINESS, reply["text"])
        self.assertEqual(reply["thread_ts"], mention["ts"])
        # Between two people there is no thread.
        channel = scene.fake.direct_channel(scene.user)
        scene.say(channel=channel)
        said = await scene.fake.until(lambda: scene.fake.messages.all(channel["id"])[1:], what="an answer")
        self.assertIn(HAPPINESS, said[0]["text"])
        self.assertNotIn("thread_ts", said[0])
        await scene.fake.until_delivered()
        self.assertEqual(len(scene.fake.replies_to(mention)), 1)  # message and app_mention are one

    async def test_answers_in_words_where_an_admin_wants_them(self):
        scene = await self.reading(mode="답장")
        message = scene.say()
        reply = await scene.fake.expect_reply(message)
        self.assertTrue(reply["text"].startswith(":blush: "))
        self.assertIn("AI의 추정입니다", str(reply["blocks"]))

    async def test_follows_edits_and_deletions(self):
        scene = await self.reading(mode="답장")
        message = scene.say()
        reply = await scene.fake.expect_reply(message)
        scene.fake.unfurl(message)
        scene.fake.edit_message(message, "너무 슬퍼서 눈물이 나요")
        await scene.fake.until(lambda: "슬픔" in scene.fake.replies_to(message)[0]["text"])
        scene.fake.delete_message(message)
        await scene.fake.until(lambda: reply["ts"] not in [one["ts"] for one in scene.fake.replies_to(message)])

    async def test_answers_an_event_once_however_often_it_comes(self):
        scene = await self.reading(mode="답장")
        message = scene.say()
        for _ in range(3):
            scene.fake.tell(message)
        await scene.fake.expect_reply(message)
        scene.fake.tell(message)
        await scene.fake.until_delivered()
        await asyncio.sleep(0.5)
        self.assertEqual(len(scene.fake.replies_to(message)), 1)

    async def test_keeps_no_text_and_labels_no_metric_with_people(self):
        secret = "보라색코끼리가춤을추어서무척기뻐요"
        scene = await self.reading()
        await scene.fake.expect_reaction(scene.say(secret))
        _, metrics = scene.get("/metrics")
        for label in (scene.user["id"], scene.channel["id"], scene.team.id):
            self.assertNotIn(label, metrics)
        await asyncio.sleep(0.2)
        for path in scene.home.rglob("*"):
            self.assertFalse(path.is_file() and secret.encode() in path.read_bytes(), path)


class CommandTest(SceneCase):
    async def test_answers_for_the_asker_alone(self):
        scene = await self.scene()
        await scene.start()
        self.assertIn("일곱 가지 감정", await scene.command(scene.user, "/눈치"))
        self.assertIn("seven emotions", await scene.command(scene.user, "/nunchi help"))
        self.assertIn(HAPPINESS, await scene.command(scene.user, f"/눈치 감정 {HAPPY}"))
        self.assertIn("부를 때만", await scene.command(scene.user, "/눈치 설정"))
        self.assertIn("모델이 작동합니다", await scene.command(scene.user, "/눈치 진단"))
        self.assertIn("무슨 말인지", await scene.command(scene.user, "/눈치 춤춰"))

    async def test_lets_only_admins_change_settings(self):
        scene = await self.scene()
        await scene.start()
        guest = scene.fake.add_user(scene.team, "손님", is_admin=True, is_restricted=True)
        for user in (scene.user, guest):
            self.assertIn("워크스페이스 관리 권한", await scene.command(user, "/눈치 설정 채널 켜기"))
        self.assertIn("이모지 반응", await scene.command(scene.admin, "/눈치 설정 채널 켜기"))

    async def test_reads_a_message_from_its_menu_and_shows_its_home(self):
        scene = await self.scene()
        await scene.start()
        message = scene.say("너무 슬퍼서 눈물이 나요")
        asked = scene.fake.use_shortcut(scene.user, message, "read_emotion")
        self.assertIn("슬픔", (await scene.fake.expect_answer(asked))["text"])
        scene.fake.open_home(scene.user)
        home = (scene.team.id, scene.user["id"])
        view = await scene.fake.until(lambda: scene.fake.views.homes.get(home), what="a Home tab")
        self.assertIn("저장하지 않는 것", str(view))


class TransportTest(SceneCase):
    async def test_a_refresh_leaves_no_gap(self):
        scene = await self.reading()
        messages = []
        for number in range(20):
            if number % 7 == 3:
                scene.fake.socket_mode.refresh("warning" if number % 2 else "refresh_requested")
            messages.append(scene.say())
            await asyncio.sleep(0.1)
        for message in messages:
            await scene.fake.expect_reaction(message)
        figures = scene.fake.report.figures()
        self.assertEqual((figures.lost, figures.late, figures.without_link), (0, 0, 0), figures)

    async def test_a_dead_link_is_replaced(self):
        scene = await self.reading(IDLE_TIMEOUT="2", CONNECTIONS="1")
        scene.fake.socket_mode.link.swallow()
        await scene.fake.until(lambda: scene.fake.socket_mode.link.number > 1, within=15, what="another link")
        await scene.fake.expect_reaction(scene.say(), within=20)

    async def test_http_events_are_answered_and_forged_ones_are_not(self):
        scene = await self.scene(is_http=True)
        await scene.start_reading()
        await scene.fake.expect_reaction(scene.say())
        figures = scene.fake.report.figures()
        self.assertEqual((figures.lost, figures.late), (0, 0), figures)

    async def test_answers_each_message_once_when_it_is_killed_under_load(self):
        for is_http in (False, True):
            scene = await self.scene(is_http=is_http)
            scene.fake.rate_limits.is_enforced = False
            scene.fake.deliveries.pauses = (0, 1, 3, 6)
            await scene.start_reading()
            messages = []
            for _ in range(ROUNDS):
                # Not over 40 a minute for long: above the ceiling of reactions the oldest are left out.
                for _ in range(max(1, 24 // ROUNDS)):
                    messages.append(scene.say())
                    await asyncio.sleep(random.uniform(0, 0.06))
                await scene.kill()
                await asyncio.gather(scene.start(), asyncio.sleep(1.5))
            for message in messages:
                await scene.fake.expect_reaction(message, within=30)
                self.assertEqual(len(scene.fake.reactions_to(message)), 1)

    async def test_ends_well(self):
        scene = await self.reading()
        messages = [scene.say() for _ in range(10)]
        self.assertEqual(await scene.stop(), 0)
        await scene.start()
        for message in messages:
            await scene.fake.expect_reaction(message, within=20)

    async def test_says_which_token_is_wrong(self):
        scene = await self.scene(BOT_TOKEN="xoxb-wrong")
        await scene.start(is_ready=False)
        await scene.fake.until(lambda: "Slack refuses the bot token (invalid_auth)" in scene.log())
        self.assertEqual(scene.get("/readyz")[0], 503)


class DoctorTest(SceneCase):
    async def test_tells_the_state_of_everything(self):
        scene = await self.scene()
        await scene.start()
        checked = await asyncio.to_thread(scene.bot.run_verb, "doctor")
        for part in ("the bot token is that of", "all that are needed", "by Socket Mode", "the standard ones"):
            self.assertIn(part, checked.stdout)
        scene.team.token.scopes.discard("reactions:write")
        checked = await asyncio.to_thread(scene.bot.run_verb, "doctor")
        self.assertIn("missing: reactions:write", checked.stdout)
        self.assertEqual(checked.returncode, 78)
        self.assertNotIn(scene.team.token.value, checked.stdout + checked.stderr)

    async def test_says_which_token_is_wrong(self):
        scene = await self.scene()
        await scene.start()
        scene.bot.environment["NUNCHI_SLACK_APP_TOKEN"] = "xapp-wrong"
        checked = await asyncio.to_thread(scene.bot.run_verb, "doctor")
        self.assertIn("Slack says invalid_auth", checked.stdout)
        self.assertIn("connections:write", checked.stdout)


if __name__ == "__main__":
    main()
