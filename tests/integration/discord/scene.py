"""A fake Discord with a server in it, and `nunchi run` that knows no other platform."""

import asyncio
import http.client
import pathlib
import re
import signal
import sqlite3
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent / "daemon")]

from daemon_process import Daemon  # noqa: E402
from fakes.discord import FakeDiscord  # noqa: E402

HAPPY = "오늘은 정말 기분이 좋아요!"
HAPPINESS = "입력하신 내용에서 행복이 느껴집니다."
# Waits are short, unless a test is about them.
SETTINGS = {"PROFILE": "auto", "BACKOFF_MAX": "1", "REQUEST_TIMEOUT": "3"}


def sentence(number):
    return f"오늘 {number}번째 회의가 너무 길어서 정말 피곤하고 슬펐어요"


class Scene:
    """`guild` with its `owner`, a `channel` and a `user`. The bot is started by the test.

    Keywords are settings of Discord (None: not set); `fake` another scene's fake, for two bots at one Discord.
    """

    def __init__(self, deviations=(), tls=None, fake=None, **settings):
        self.fake = fake or FakeDiscord(deviations=deviations, tls=tls)
        self._owns_fake = fake is None
        self.settings = {**SETTINGS, **settings}
        self.others = {"NUNCHI_WEB_ENABLED": "false", "NUNCHI_BOT_BURST_WINDOW": "0", "NUNCHI_LOG_LEVEL": "trace"}
        self.bot = None

    async def __aenter__(self):
        self._folder = tempfile.TemporaryDirectory(prefix="nunchi-test-")
        self.home = pathlib.Path(self._folder.name)
        if self._owns_fake:
            await self.fake.__aenter__()
            self.guild = self.fake.add_guild()
            self.channel = self.fake.add_channel(self.guild)
            self.user = self.fake.add_user()
        else:
            world = self.fake.world
            self.guild = next(iter(world.guilds.values()))
            self.channel = world.channels_of(self.guild)[0]
            self.user = self.fake.add_user()
        self.owner = self.fake.owner_of(self.guild)
        return self

    async def __aexit__(self, kind, *_):
        try:
            if self.bot and self.bot.process.poll() is None:
                await asyncio.to_thread(self.bot.kill)
            if self.bot and kind is None:
                self.check_log()
        finally:
            if self._owns_fake:
                await self.fake.__aexit__(None, None, None)
            self._folder.cleanup()

    def check_log(self):
        """Whatever happened: no token and no text of anybody in the log."""
        log = self.log()
        secrets = {self.fake.token} if len(self.fake.token) > 6 else set()
        for channel in self.fake.world.channels:
            secrets |= {message["content"] for message in self.fake.messages.all(channel)
                        if len(message["content"]) > 6 and message["author"] is not self.fake.world.bot}
        found = [secret for secret in secrets if secret in log]
        if found:
            raise AssertionError(f"in the log: {found}")

    # The bot.

    def environment(self):
        values = {"TOKEN": self.fake.token, "REST_BASE_URL": self.fake.rest_url, **self.settings}
        named = {f"NUNCHI_DISCORD_{key}": value for key, value in values.items() if value is not None}
        return {**named, **self.others}

    async def start(self, is_ready=True):
        self.bot = await asyncio.to_thread(Daemon, self.home, **self.environment())
        if is_ready:
            await self.fake.gateway.until_ready()

    async def start_reading(self):
        """All messages of `channel`."""
        await self.start()
        await self.choose(self.channel)

    async def restart(self, **settings):
        """With other settings, if any."""
        self.bot.environment |= {f"NUNCHI_DISCORD_{key}": value for key, value in settings.items()}
        await asyncio.to_thread(self.bot.start)

    async def stop(self):
        """SIGTERM; returns the exit code."""
        return await asyncio.to_thread(self.bot.stop)

    async def kill(self):
        await asyncio.to_thread(self.bot.kill)

    def terminate(self):
        self.bot.process.send_signal(signal.SIGTERM)

    @property
    def is_running(self):
        return self.bot.process.poll() is None

    def log(self):
        return self.bot.log.read_text(encoding="utf-8")

    async def get(self, path):
        """(status, text) of the bot's own HTTP API."""
        return await asyncio.to_thread(self._get, path)

    def _get(self, path):
        connection = http.client.HTTPConnection("127.0.0.1", self.bot.port, timeout=10)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            return response.status, response.read().decode()
        finally:
            connection.close()

    async def metric(self, name, **labels):
        """0 when there is no such series."""
        _, text = await self.get("/metrics")
        told = ",".join(f'{key}="{value}"' for key, value in labels.items())
        found = re.search(rf"^{name}{re.escape('{' + told + '}') if told else ''} (\S+)$", text, re.MULTILINE)
        return float(found.group(1)) if found else 0.0

    async def gateway_count(self, event):
        return await self.metric("nunchi_discord_gateway_total", event=event)

    def database(self, statement, *values):
        """While the bot does not run."""
        connection = sqlite3.connect(self.home / "state/nunchi/nunchi.db")
        try:
            with connection:
                return connection.execute(statement, values).fetchall()
        finally:
            connection.close()

    # The people.

    async def choose(self, channel):
        """The owner lets the bot read all messages of the channel."""
        await self.fake.until(lambda: self.fake.commands.named("settings"), 20, "the commands")
        interaction = self.fake.invoke_command(self.owner, channel, "settings", "channel", reading="on")
        return await self.fake.expect_answer(interaction)

    def say(self, text=HAPPY, channel=None, user=None, **about):
        return self.fake.post_message(channel or self.channel, user or self.user, text, **about)

    async def expect_happiness(self, message, within=10.0):
        reply = await self.fake.expect_reply(message, within)
        if HAPPINESS not in reply["content"]:
            raise AssertionError(f"the answer is {reply['content']!r}")
        return reply

    async def check_well(self, within=10.0):
        """Somebody speaks to the bot, and it answers."""
        return await self.expect_happiness(self.say(mention=True), within)

    async def check_silent(self, *messages, for_seconds=0.7):
        """None of these is answered, although a later one is."""
        await self.check_well()
        await asyncio.sleep(for_seconds)
        answered = [message["content"] for message in messages
                    if self.fake.replies_to(message) or message.get("reactions")]
        if answered:
            raise AssertionError(f"answered: {answered}")

    # What it sent.

    def identifies(self):
        return self.fake.record.payloads(2)

    def resumes(self):
        return self.fake.record.payloads(6)

    def logins(self):
        return [entry for entry in self.fake.record.of(type(self.identifies()[0])) if entry.op in (2, 6)]

    def posts(self, channel=None):
        """Create Message requests."""
        return [entry for entry in self.fake.record.requests("POST", route="/channels/{channel}/messages")
                if channel is None or channel["id"] in entry.path]

    async def until_logins(self, identifies=None, resumes=None, within=15.0):
        """At least so many, and a session that stands."""
        await self.fake.until(lambda: len(self.identifies()) >= (identifies or 0) and
                              len(self.resumes()) >= (resumes or 0), within,
                              f"{identifies} identifies and {resumes} resumes")
        await self.fake.gateway.until_ready(within)
