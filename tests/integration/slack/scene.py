"""A fake Slack with a team in it, and `nunchi run` that knows no other platform."""

import asyncio
import http.client
import pathlib
import socket
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent / "daemon")]

from daemon_process import Daemon  # noqa: E402
from fakes.slack import FakeSlack  # noqa: E402

HAPPY = "오늘은 정말 기분이 좋아요!"
HAPPINESS = "입력하신 내용에서 행복이 느껴집니다."


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


class Scene:
    """`team` with its `admin`, a `channel` and a `user`. The bot is started by the test; `settings` are Slack's."""

    def __init__(self, is_http=False, **settings):
        self.public_port = free_port() if is_http else None
        url = f"http://127.0.0.1:{self.public_port}/slack/events" if is_http else None
        self.fake = FakeSlack(request_url=url)
        self.settings = {"BACKOFF_MAX": "1", **settings}
        self.bot = None

    async def __aenter__(self):
        self._folder = tempfile.TemporaryDirectory(prefix="nunchi-test-")
        self.home = pathlib.Path(self._folder.name)
        await self.fake.__aenter__()
        self.team = self.fake.add_team()
        self.admin = self.fake.add_user(self.team, "관리자", is_admin=True)
        self.user = self.fake.add_user(self.team)
        self.channel = self.fake.add_channel(self.team, members=(self.user, self.admin))
        return self

    async def __aexit__(self, kind, *_):
        try:
            if self.bot and self.bot.process.poll() is None:
                await asyncio.to_thread(self.bot.kill)
            if self.bot and kind is None:
                self.check_log()
        finally:
            await self.fake.__aexit__(None, None, None)
            self._folder.cleanup()

    def check_log(self):
        """Whatever happened: no token and no text of anybody in the log."""
        log = self.log()
        for secret in (self.team.token.value, self.fake.app_token, self.fake.signing_secret, HAPPY):
            assert secret not in log, f"in the log: {secret[:6]}…"

    def log(self):
        return (self.home / "log").read_text(encoding="utf-8")

    def environment(self):
        values = {"BOT_TOKEN": self.team.token.value, "API_BASE_URL": self.fake.api_url.rstrip("/"), **self.settings}
        if self.public_port:
            values |= {"EVENTS": "http", "SIGNING_SECRET": self.fake.signing_secret}
        else:
            values["APP_TOKEN"] = self.fake.app_token
        named = {f"NUNCHI_SLACK_{key}": value for key, value in values.items() if value is not None}
        others = {"NUNCHI_WEB_ENABLED": "false", "NUNCHI_BOT_BURST_WINDOW": "0", "NUNCHI_LOG_LEVEL": "trace"}
        if self.public_port:
            others["NUNCHI_HTTP_PUBLIC_PORT"] = str(self.public_port)
        return {**named, **others}

    async def start(self, is_ready=True):
        if self.bot is None:
            self.bot = await asyncio.to_thread(Daemon, self.home, **self.environment())
        else:
            await asyncio.to_thread(self.bot.start)
        if is_ready:
            await self.until_ready()

    async def until_ready(self):
        if not self.public_port:
            await self.fake.socket_mode.until_ready(links=int(self.settings.get("CONNECTIONS", "2")))
            return
        for _ in range(300):
            if "signed in" in self.log().rsplit("nunchi: nunchi", 1)[-1]:
                return
            await asyncio.sleep(0.05)
        raise AssertionError(self.log())

    async def start_reading(self, mode=None):
        """All messages of `channel` are answered."""
        await self.start()
        await self.command(self.admin, "/눈치 설정 채널 켜기")
        if mode:
            await self.command(self.admin, f"/눈치 설정 모드 {mode}")

    async def command(self, user, line, channel=None):
        asked = self.fake.run_command(user, channel or self.channel, line)
        return (await self.fake.expect_answer(asked))["text"]

    async def stop(self):
        """SIGTERM; returns the exit code."""
        return await asyncio.to_thread(self.bot.stop)

    async def kill(self):
        await asyncio.to_thread(self.bot.kill)

    def say(self, text=HAPPY, **about):
        return self.fake.post_message(about.pop("channel", self.channel), about.pop("user", self.user), text, **about)

    def get(self, path):
        connection = http.client.HTTPConnection("127.0.0.1", self.bot.port, timeout=10)
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
