"""Commands, menus and buttons: in time, to the right eyes, once."""

import asyncio

from aiohttp import web
from scene import HAPPY, sentence
from scene_case import SceneCase, main

from fakes.discord import Deviation, too_many

CALLBACK = "/interactions/{interaction}/{token}/callback"
MANAGE_GUILD, ADMINISTRATOR = 1 << 5, 1 << 3
EPHEMERAL = 1 << 6


class InteractionTest(SceneCase):
    async def ready_scene(self, **about):
        scene = await self.started_scene(**about)
        await scene.fake.until(lambda: scene.fake.commands.named("emotion"), 10, "the commands")
        return scene

    def ask(self, scene, text=HAPPY, **about):
        return scene.fake.invoke_command(scene.user, scene.channel, "emotion", text=text, **about)

    def public_messages(self, scene):
        return [message for message in scene.fake.messages.all(scene.channel["id"])
                if message["author"] is scene.fake.world.bot]

    async def test_answers_commands_menus_and_buttons_for_the_asker_alone(self):
        scene = await self.ready_scene()
        message = scene.say(mention=True)
        reply = await scene.expect_happiness(message)
        asked = [self.ask(scene), scene.fake.invoke_menu(scene.user, message), scene.fake.press(scene.user, reply),
                 scene.fake.invoke_command(scene.user, scene.channel, "help"),
                 scene.fake.invoke_command(scene.user, scene.channel, "diagnose")]
        for interaction in asked:
            answer = await scene.fake.expect_answer(interaction)
            self.assertTrue(interaction.is_ephemeral)
            self.assertEqual(interaction.callback["type"], 5)
            self.assertEqual(interaction.callback["data"], {"flags": EPHEMERAL})
            self.assertEqual(interaction.refused, [])
            self.assertTrue(answer["content"])
        self.assertIn("행복", asked[0].answer["content"])
        self.assertIn("행복", asked[1].answer["content"])
        self.assertEqual(self.public_messages(scene), [reply])

    async def test_works_in_direct_messages_and_in_english(self):
        scene = await self.ready_scene()
        direct = scene.fake.direct_channel(scene.user)
        korean = scene.fake.invoke_command(scene.user, direct, "emotion", text=HAPPY)
        english = self.ask(scene, locale="en-US")
        self.assertIn("행복", (await scene.fake.expect_answer(korean))["content"])
        self.assertIn("happiness", (await scene.fake.expect_answer(english))["content"].lower())

    async def test_acknowledges_in_time_while_the_model_and_the_api_are_busy(self):
        scene = await self.reading_scene()
        for number in range(300):
            scene.say(sentence(number))
        scene.fake.rest.plan(too_many("global", 3), method="POST", route="/channels/{channel}/messages")
        asked = [self.ask(scene) for _ in range(5)]
        for interaction in asked:
            await scene.fake.until(lambda: interaction.acknowledged_at, 3, "an acknowledgement")
            self.assertLess(interaction.acknowledged_after, 2)
        for interaction in asked:
            await scene.fake.expect_answer(interaction, within=10)
            self.assertEqual(interaction.refused, [])

    async def test_leaves_an_interaction_alone_that_is_dead_or_taken(self):
        scene = await self.ready_scene()
        for code in (10062, 40060):
            plan = scene.fake.rest.plan(code, route=CALLBACK, times=9)
            interaction = self.ask(scene)
            await asyncio.sleep(1)
            self.assertEqual(plan.left, 8, code)
            self.assertEqual(scene.fake.record.requests("PATCH"), [])
            self.assertIsNone(interaction.original)
            plan.left = 0
        await scene.fake.expect_answer(self.ask(scene))

    async def test_goes_on_when_a_token_has_expired(self):
        scene = await self.ready_scene()
        scene.fake.interactions.token_seconds = 0
        interaction = self.ask(scene)
        await scene.fake.until(lambda: 50027 in interaction.refused, 5, "a refusal")
        await asyncio.sleep(0.7)
        self.assertEqual(interaction.refused, [50027])
        await scene.check_well()
        scene.fake.interactions.token_seconds = 900
        await scene.fake.expect_answer(self.ask(scene))

    async def test_does_not_acknowledge_late(self):
        scene = await self.ready_scene()
        interaction = self.ask(scene, deliver=False)
        await asyncio.sleep(3.2)
        await scene.fake.expect_answer(self.ask(scene))
        scene.fake._deliver(interaction, True)
        await asyncio.sleep(0.7)
        self.assertEqual(len(scene.fake.record.requests(route=CALLBACK)), 1)

    async def test_survives_a_callback_without_an_answer(self):
        for planned in ("hang", "drop", "drop after", web.Response(status=500)):
            with self.subTest(planned=planned):
                scene = await self.ready_scene(REQUEST_TIMEOUT="0.8")
                scene.fake.rest.plan(planned, route=CALLBACK)
                interaction = self.ask(scene)
                await scene.fake.expect_answer(interaction)
                self.assertEqual(len(self.public_messages(scene)), 0)

    async def test_answers_a_doubled_event_once(self):
        scene = await self.ready_scene()
        interaction = self.ask(scene)
        scene.fake._deliver(interaction, True)
        await scene.fake.expect_answer(interaction)
        scene.fake._deliver(interaction, True)
        await asyncio.sleep(0.5)
        self.assertEqual(len(scene.fake.record.requests(route=CALLBACK)), 1)
        self.assertEqual((interaction.edits, interaction.followups), (1, []))

    async def test_never_shows_in_public_what_was_for_one(self):
        for deviations in ({Deviation.DEFERRALS_VANISH}, {Deviation.EPHEMERAL_FAILS},
                           {Deviation.LATE_CALLBACKS_ACCEPTED}):
            scene = await self.ready_scene(deviations=deviations)
            self.ask(scene)
            scene.fake.invoke_command(scene.user, scene.channel, "help")
            await asyncio.sleep(1.5)
            self.assertEqual(self.public_messages(scene), [])
            self.assertLessEqual(len(scene.fake.record.requests("PATCH")), 2)
            await scene.check_well()

    async def test_lets_only_those_change_settings_who_may(self):
        scene = await self.ready_scene()

        async def outcome(**about):
            interaction = scene.fake.invoke_command(scene.user, scene.channel, "settings", "channel", reading="on",
                                                    **about)
            return (await scene.fake.expect_answer(interaction))["content"]

        refused = await outcome(member_permissions=0)
        self.assertEqual(refused, await outcome(member_permissions=1 << 11))
        await scene.check_silent(scene.say())
        for held in (MANAGE_GUILD, ADMINISTRATOR):
            self.assertNotEqual(await outcome(member_permissions=held), refused)
        await scene.expect_happiness(scene.say())

    async def test_refuses_when_rights_are_not_told(self):
        scene = await self.ready_scene(deviations={Deviation.BARE_INTERACTIONS})
        interaction = scene.fake.invoke_command(scene.owner, scene.channel, "settings", "channel", reading="on")
        await scene.fake.expect_answer(interaction)
        await scene.check_silent(scene.say())
        direct = scene.fake.direct_channel(scene.owner)
        await scene.fake.expect_answer(scene.fake.invoke_command(scene.owner, direct, "settings", "view"))
        # And a menu whose message is not told says so.
        answer = await scene.fake.expect_answer(scene.fake.invoke_menu(scene.user, scene.say()))
        self.assertNotIn("행복", answer["content"])

    async def test_takes_no_forged_button_for_its_own(self):
        scene = await self.ready_scene()
        own = await scene.expect_happiness(scene.say(mention=True))
        secret = scene.say("다른 채널의 비밀이라 무척 슬퍼요", channel=scene.fake.add_channel(scene.guild))
        forged = ("why:", "why:x", f"why:{secret['id']}", "why:1:2", "fb:1:joy", "x" * 100, "why:" + "9" * 90, "왜")
        for custom_id in forged:
            interaction = scene.fake.press(scene.user, own, custom_id)
            await asyncio.sleep(0.1)
            self.assertNotIn("비밀", str(interaction.original))
        await asyncio.sleep(0.5)
        self.assertFalse(any(secret["id"] in entry.path for entry in scene.fake.record.requests()))
        scene.fake.autocomplete(scene.user, scene.channel, "emotion", "text", "오늘")
        scene.fake.invoke_command(scene.user, scene.channel, "unknown", x="y")
        await scene.check_well()


class RegistrationTest(SceneCase):
    def puts(self, scene):
        return scene.fake.record.requests("PUT", ending="/commands")

    async def test_registers_once_and_again_only_when_something_changed(self):
        scene = await self.started_scene()
        await scene.fake.until(lambda: scene.fake.commands.named("settings"), 10, "the commands")
        names = {command["name"]: command for command in scene.fake.commands.all()}
        self.assertEqual(names["emotion"]["name_localizations"]["ko"], "감정")
        self.assertEqual(names["settings"]["default_member_permissions"], "32")
        await asyncio.sleep(0.5)
        await scene.stop()
        await scene.restart()
        await scene.fake.gateway.until_ready()
        scene.fake.gateway.invalidate(False)
        await scene.until_logins(identifies=2)
        await scene.check_well()
        await asyncio.sleep(0.5)
        self.assertEqual(len(self.puts(scene)), 1)

    async def test_gets_by_without_ids_and_without_localized_options(self):
        scene = await self.started_scene(deviations={Deviation.COMMANDS_WITHOUT_IDS,
                                                     Deviation.OPTION_LOCALIZATIONS_REFUSED})
        await scene.fake.until(lambda: scene.fake.commands.named("settings"), 10, "the commands")
        self.assertEqual([put.status for put in self.puts(scene)], [400, 200])
        await scene.choose(scene.channel)
        await scene.expect_happiness(scene.say())

    async def test_works_when_commands_are_refused(self):
        for code in (30034, 50035, 50001):
            with self.subTest(code=code):
                scene = await self.scene()
                scene.fake.rest.plan(code, method="PUT", ending="/commands", times=99)
                await scene.start()
                await scene.check_well()
                await asyncio.sleep(0.5)
                self.assertLessEqual(len(self.puts(scene)), 2)


if __name__ == "__main__":
    main()
