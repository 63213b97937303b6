"""Is the fake a Slack? @slack/socket-mode, @slack/bolt, slack_sdk and slack_bolt, unmodified, are the judges."""

import asyncio
import contextlib
import json
import os
import pathlib
import socket
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from fakes.slack import Authority, FakeSlack, Forgery  # noqa: E402
from runner import main  # noqa: E402

# Debian 12 has none, or 18: script/bootstrap then puts one beside our Python.
NODE_OF_OURS = pathlib.Path(sys.executable).with_name("node")
NODE = NODE_OF_OURS if NODE_OF_OURS.exists() else "node"
NODE_MODULES = HERE.parents[1] / "node_modules"
BOLT_JS, BOLT_PY = (NODE, HERE / "bolt_client.mjs"), (sys.executable, "-B", HERE / "slack_bolt_client.py")


@contextlib.asynccontextmanager
async def running(*command, **more):
    """A client as a child process; killed at the end. What it said is shown when the test fails."""
    environment = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "NUNCHI_NODE_MODULES": str(NODE_MODULES), **more}
    process = await asyncio.create_subprocess_exec(*map(str, command), env=environment,
                                                   stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT)
    has_failed = True
    try:
        yield process
        has_failed = False
    finally:
        if process.returncode is None:
            process.kill()
        said, _ = await process.communicate()
        if has_failed:
            print(said.decode()[-3000:], file=sys.stderr)


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


class Judge(unittest.IsolatedAsyncioTestCase):
    """A team with a channel, and a person in it."""

    environment = {}

    async def asyncSetUp(self):
        asyncio.get_running_loop().set_debug(False)
        self.fake = await self.enterAsyncContext(FakeSlack(tls=self.make_certificate()))
        self.team = self.fake.add_team()
        self.user = self.fake.add_user(self.team)
        self.channel = self.fake.add_channel(self.team, members=(self.user,))

    def make_certificate(self):
        """None: everything is plain."""
        return None

    def running(self, *command):
        return running(*command, **self.environment)

    async def check_message(self, text, retries=0, **about):
        message = self.fake.post_message(self.channel, self.user, text, **about)
        await self.check_answer(message, retries)
        return message

    async def check_answer(self, message, retries=0):
        reply = await self.fake.expect_reply(message, 20)
        self.assertEqual(reply["text"], f"받았어요: {message['text']} ({retries})")
        self.assertEqual(reply["thread_ts"], message.get("thread_ts") or message["ts"])
        self.assertEqual(self.fake.reactions_to(message), ["smile"])

    async def check_command(self):
        interaction = self.fake.run_command(self.user, self.channel, "/echo 메아리 <&>")
        await self.fake.until(lambda: len(interaction.answers) == 2, 10, "both answers")
        self.assertEqual([answer["text"] for answer in interaction.answers], ["받았어요: 메아리 <&>", "다시"])
        self.assertLess(interaction.acknowledged_after, 3)
        self.assertEqual(interaction.refused, [])

    async def check_form_shortcut_and_home(self, message):
        fake, reply = self.fake, (await self.fake.expect_reply(message))
        view = await fake.expect_view(fake.press(self.user, reply, "ask"))
        self.assertEqual(view["callback_id"], "form")
        empty = fake.submit(self.user, view, {"row": {"field": {"type": "plain_text_input", "value": ""}}})
        await fake.until(lambda: empty.delivery.is_acked, 10, "the refusal")
        self.assertEqual(empty.immediate["response_action"], "errors")
        filled = fake.submit(self.user, view, {"row": {"field": {"type": "plain_text_input", "value": "글"}}})
        await fake.until(lambda: filled.delivery.is_acked, 10, "the form's acknowledgement")
        self.assertEqual(filled.immediate, {})

        answer = await fake.expect_answer(fake.use_shortcut(self.user, message, "read"))
        self.assertEqual(answer["text"], f"읽었어요: {message['text']}")

        fake.open_home(self.user)
        home = await fake.until(lambda: fake.views.homes.get((self.team.id, self.user["id"])), 10, "the App Home")
        self.assertEqual(home["blocks"][0]["text"]["text"], "안녕하세요")

    def check_calls(self):
        """Whatever the clients sent was understood."""
        refused = [(call.method, call.error) for call in self.fake.record.calls() if call.error]
        self.assertEqual(refused, [])
        self.assertEqual(self.fake.report.figures().lost, 0)


class Tls:
    """With a certificate, and a client that is told to trust it."""

    def make_certificate(self):
        authority = Authority(self.enterContext(tempfile.TemporaryDirectory()))
        self.environment = dict.fromkeys(("NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE"), str(authority.certificate))
        return authority.server_context()


class SocketModeJudge:
    """What all four are to be able to do over Socket Mode."""

    def command(self):
        """Node's and Python's plain clients."""
        return *self.program, self.fake.api_url, self.fake.app_token, self.team.token.value

    async def test_connects_answers_and_replaces_its_link(self):
        fake, links = self.fake, self.fake.socket_mode
        async with self.running(*self.command()):
            await links.until_ready(1, 30)
            message = await self.check_message("안녕 <https://a.example/x|\"따옴표\"> &amp; 😊")
            await self.check_message("스레드에서", thread=message)
            await self.check_command()
            await self.check_more(message)

            await fake.until_delivered()
            links.ignores_acks = 1
            message = fake.post_message(self.channel, self.user, "두 번 오는 말")
            delivery = fake.deliveries.events("message")[-1]
            await fake.until(lambda: len(delivery.attempts) == 2 and delivery.is_acked, 10, "a second attempt")
            self.assertEqual(delivery.attempts[1].reason, "timeout")

            for reason in ("warning", "refresh_requested"):
                old = links.link
                links.refresh(reason)
                await fake.until(lambda: links.link and links.link.number > old.number, 20, "a new link")
                await fake.until(lambda: not old.is_open, 20, "the end of the old link")
                await self.check_message(f"{reason} 다음에")
            self.assertEqual(len(fake.report.gaps()), self.gaps)

            old = links.link
            old.drop()
            await fake.until(lambda: links.link and links.link.number > old.number, 20, "a link after a drop")
            await self.check_message("끊긴 다음에")
            self.assertEqual({call.headers["Authorization"] for call in fake.record.calls("apps.connections.open")},
                             {f"Bearer {fake.app_token}"})
            self.assertEqual(fake.record.refused(), [])
            self.assertTrue(fake.record.frames("ping"))

    async def check_more(self, message):
        """The plain clients know no forms."""

    async def test_survives_garbage_and_a_half_open_link(self):
        links = self.fake.socket_mode
        links.ping_interval = 0.5
        async with self.running(*self.command()):
            await links.until_ready(1, 30)
            links.link.send_text("{not json")
            links.link.send_bytes(b"\x00\x01")
            await self.check_message("쓰레기 다음에")
            await self.fake.until(lambda: self.fake.record.frames("pong"), 10, "the answer to a ping")
            swallowed = links.link
            swallowed.swallow()
            await self.fake.until(lambda: links.link.number > swallowed.number, 40, "another link")
            links.choose = lambda ready: ready[-1]
            await self.check_message("반쯤 열린 다음에")


class SocketModeJsTest(SocketModeJudge, Judge):
    program = (NODE, HERE / "socket_mode_client.mjs")
    gaps = 2  # it closes the old link before it asks for a new one


class SlackSdkTest(SocketModeJudge, Judge):
    program = (sys.executable, "-B", HERE / "slack_sdk_client.py")
    gaps = 0


class SocketModeJsTlsTest(Tls, SocketModeJsTest):
    """Python's client speaks TLS to port 443 alone."""


class BoltJsTest(SocketModeJudge, Judge):
    program = BOLT_JS
    gaps = 2

    def command(self):
        return *self.program, self.fake.api_url, self.team.token.value, self.fake.app_token

    async def check_more(self, message):
        await self.check_form_shortcut_and_home(message)


class SlackBoltTest(BoltJsTest):
    program = BOLT_PY
    gaps = 0


class WebApiTest(Judge):
    """A call of each kind, by the clients that know the answers' shapes."""

    async def check(self, *program):
        fake, team = self.fake, self.team
        self.user["is_admin"] = True
        fake.add_channel(team, "둘째", has_bot=False)
        fake.world.emoji["눈치"] = "https://emoji.example/a.png"
        fake.oauth.rotates = True
        fake.api.plans.limit("team.info", retry_after=1)
        command = (*program, fake.api_url, team.token.value, self.channel["id"], self.user["id"],
                   fake.oauth.client_id, fake.oauth.client_secret, fake.oauth.code(team))
        async with self.running(*command) as process:
            said = (await asyncio.wait_for(process.stdout.read(), 60)).decode()
            self.assertEqual(await process.wait(), 0, said)
        told = json.loads(said.splitlines()[-1])  # warnings may be before it
        self.assertEqual(told, {
            "self": [team.bot["id"], team.bot_id, team.id], "scopes": True, "channels": ["일반", "둘째"], "member": True,
            "members": 2, "admin": True, "emoji": ["눈치"], "updated": True, "ephemeral": True,
            "again": ["already_reacted", None], "reactions": ["cry"], "gone": ["message_not_found", None],
            "scope": ["missing_scope", "channels:join"], "limited": "team:read", "shared": ["public"],
            "renewed": True, "works": True})
        limited = fake.record.calls("team.info")
        self.assertEqual([call.status for call in limited], [429, 200])
        self.assertGreaterEqual(limited[1].at - limited[0].at, 1.0)

    async def test_web_api_of_node(self):
        await self.check(NODE, HERE / "web_api_client.mjs")

    async def test_web_api_of_python(self):
        await self.check(sys.executable, "-B", HERE / "web_api_client.py")


class WebApiTlsTest(Tls, WebApiTest):
    pass


class HttpJudge:
    """Requests that the fake signed, at the receivers of bolt."""

    async def asyncSetUp(self):
        await super().asyncSetUp()
        self.port = free_port()
        self.fake.request_url = f"http://127.0.0.1:{self.port}/slack/events"

    def command(self):
        return *self.program, self.fake.api_url, self.team.token.value, self.fake.signing_secret, self.port

    async def until_listening(self):
        async def is_listening():
            with contextlib.suppress(OSError):
                _, writer = await asyncio.open_connection("127.0.0.1", self.port)
                writer.close()
                return True
            return False
        for _ in range(300):
            if await is_listening():
                return
            await asyncio.sleep(0.1)
        self.fail("it does not listen")

    async def test_answers_what_is_signed(self):
        async with self.running(*self.command()):
            await self.until_listening()
            message = await self.check_message("안녕 <https://a.example/x|\"따옴표\"> &amp; 😊")
            await self.check_message("스레드에서", thread=message)
            await self.check_command()
            await self.check_form_shortcut_and_home(message)
            answer = await self.fake.http.verify_url(challenge="한 challenge")
            self.assertEqual((answer.status, answer.json["challenge"]), (200, "한 challenge"))
            self.check_calls()

    async def test_refuses_what_is_forged(self):
        async with self.running(*self.command()):
            await self.until_listening()
            for forgery in Forgery:
                answer = await self.fake.http.verify_url(forgery)
                wanted = self.lenient.get(forgery, 401)
                self.assertEqual(answer.status, wanted, forgery)

    async def test_gets_again_what_it_missed(self):
        self.fake.clock.scale = 0.1
        message = self.fake.post_message(self.channel, self.user, "아직 아무도 없을 때")
        delivery = self.fake.deliveries.events("message")[-1]
        await self.fake.until(lambda: len(delivery.attempts) == 2 and delivery.attempts[1].failure, 10, "two attempts")
        async with self.running(*self.command()):
            await self.check_answer(message, retries=2)
        self.assertEqual([attempt.failure for attempt in delivery.attempts],
                         ["connection_failed", "connection_failed", None])
        self.assertEqual(delivery.attempts[2].status, 200)


class BoltJsHttpTest(HttpJudge, Judge):
    program = BOLT_JS
    lenient = {Forgery.FUTURE: 200}  # it looks at the age alone


class SlackBoltHttpTest(HttpJudge, Judge):
    program = BOLT_PY
    lenient = {Forgery.NOT_A_NUMBER: 500, Forgery.EMPTY_TIMESTAMP: 500}  # exceptions of its own


if __name__ == "__main__":
    main()
