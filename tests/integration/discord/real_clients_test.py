"""Is the fake a Discord? discord.js and discord.py, unmodified, are the judges."""

import asyncio
import contextlib
import os
import pathlib
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from fakes.discord import Deviation, FakeDiscord  # noqa: E402

# Debian 12 has none, or 18: script/bootstrap then puts one beside our Python.
NODE_OF_OURS = pathlib.Path(sys.executable).with_name("node")
NODE = NODE_OF_OURS if NODE_OF_OURS.exists() else "node"
NODE_MODULES = HERE.parents[1] / "node_modules"


@contextlib.asynccontextmanager
async def running(*command):
    """A client as a child process; killed at the end."""
    environment = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "NUNCHI_NODE_MODULES": str(NODE_MODULES)}
    process = await asyncio.create_subprocess_exec(*map(str, command), env=environment,
                                                   stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        _, errors = await process.communicate()
        if errors and "Error" in errors.decode():
            print(errors.decode()[-2000:], file=sys.stderr)


class Judge:
    """What both clients are to be able to do."""

    deviations = ()

    async def asyncSetUp(self):
        self.fake = await self.enterAsyncContext(FakeDiscord(deviations=self.deviations))
        self.guild = self.fake.add_guild()
        self.channel = self.fake.add_channel(self.guild)
        self.user = self.fake.add_user()
        await self.enterAsyncContext(running(*self.command()))
        await self.fake.gateway.until_ready(30)
        await self.fake.until(lambda: self.fake.commands.named("echo"), 20, "the command")

    async def check_message(self, text, within=10):
        message = self.fake.post_message(self.channel, self.user, text)
        reply = await self.fake.expect_reply(message, within)
        self.assertEqual(reply["content"], f"받았어요: {text}")
        self.assertEqual(reply["mentions"], [])
        self.assertEqual(await self.fake.expect_reaction(message), "😊")

    async def test_answers_reacts_resumes_and_runs_a_command(self):
        await self.check_message("안녕")

        self.fake.gateway.drop_all()
        await self.check_message("끊긴 사이에", within=20)
        self.assertEqual(len(self.fake.record.payloads(2)), 1)
        self.assertEqual(len(self.fake.record.payloads(6)), 1)
        self.assertTrue(self.fake.record.upgrades()[-1].path.startswith(self.fake.resume_path))

        self.fake.gateway.reconnect_all()
        await self.fake.until(lambda: len(self.fake.record.payloads(6)) == 2, 20, "a second Resume")

        interaction = self.fake.invoke_command(self.user, self.channel, "echo", text="메아리")
        answer = await self.fake.expect_answer(interaction)
        self.assertEqual(answer["content"], "받았어요: 메아리")
        self.assertTrue(interaction.is_ephemeral)
        self.assertEqual(interaction.callback["type"], 5)
        self.assertEqual(interaction.refused, [])


class DiscordJsTest(Judge, unittest.IsolatedAsyncioTestCase):
    compression = "none"

    def command(self):
        return NODE, HERE / "discord_js_client.mjs", self.fake.rest_url.removesuffix("/v10"), "fake-token", self.compression


class DiscordJsZlibTest(DiscordJsTest):
    compression = "zlib"


class DiscordPyTest(Judge, unittest.IsolatedAsyncioTestCase):
    """With zstd-stream, one stream for all messages."""

    def command(self):
        return (sys.executable, HERE / "discord_py_client.py", self.fake.rest_url, self.fake.gateway_url, "fake-token")


class DiscordPyFramesTest(DiscordPyTest):
    """Servers that deviate are to be understood by real clients too, or they would not be real."""

    deviations = (Deviation.READY_OF_VERSION_NINE, Deviation.OWN_EVENT_FIRST)


if __name__ == "__main__":
    unittest.main()
