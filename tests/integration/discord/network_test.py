"""Links that break, servers that are not there, TLS, addresses and tokens."""

import asyncio
import os
import pathlib
import random
import socket
import subprocess
import tempfile

from aiohttp import web
from scene import Scene
from scene_case import SceneCase, main

from daemon_process import NUNCHI
from fakes.discord import Authority, Deviation, Link


def run_until_it_ends(environment):
    return subprocess.run([NUNCHI, "run"], env=environment, capture_output=True, text=True, timeout=20, check=False)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class NetworkTest(SceneCase):
    async def asyncSetUp(self):
        await super().asyncSetUp()
        folder = tempfile.TemporaryDirectory(prefix="nunchi-test-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    async def linked_scene(self, **about):
        """The gateway is reached by a cable only."""
        scene = await self.scene(**about)
        link = await self.enterAsyncContext(Link(scene.fake.gateway_port))
        scene.fake.resume_port = link.port
        scene.settings["GATEWAY_URL"] = f"ws://127.0.0.1:{link.port}"
        await scene.start()
        return scene, link

    async def test_waits_for_a_server_that_is_not_there_yet(self):
        port = free_port()
        scene = await self.scene(REST_BASE_URL=f"http://127.0.0.1:{port}/api/v10")
        await scene.start(is_ready=False)
        await asyncio.sleep(1.5)
        self.assertEqual((await scene.get("/readyz"))[0], 503)
        await self.enterAsyncContext(Link(scene.fake.rest_port, port))
        await scene.fake.gateway.until_ready(15)
        await scene.check_well()

    async def test_goes_on_trying_without_a_name_service(self):
        scene = await self.scene(GATEWAY_URL="wss://gateway.invalid")
        await scene.start(is_ready=False)
        for _ in range(40):
            if await scene.gateway_count("connect_failure") >= 2:
                break
            await asyncio.sleep(0.2)
        self.assertGreaterEqual(await scene.gateway_count("connect_failure"), 2)
        self.assertTrue(scene.is_running)
        self.assertEqual((await scene.get("/readyz"))[0], 503)

    async def test_retries_a_failing_discovery_without_end(self):
        scene = await self.scene()
        answers = iter([503, 500, "drop", "hang"])

        def respond(_):
            answer = next(answers)
            return web.Response(status=answer, text="{") if isinstance(answer, int) else answer

        scene.settings["REQUEST_TIMEOUT"] = "0.5"
        scene.fake.rest.plan(respond, route="/gateway/bot", times=4)
        await scene.start()
        await scene.check_well()

    async def test_survives_a_cable_that_is_pulled_and_swallows_everything(self):
        scene = await self.scene(CONNECT_TIMEOUT="1")
        link = await self.enterAsyncContext(Link(scene.fake.gateway_port))
        scene.fake.resume_port = link.port
        scene.fake.gateway.heartbeat_interval_ms = 400
        scene.settings["GATEWAY_URL"] = f"ws://127.0.0.1:{link.port}"
        await scene.start()
        link.swallow()
        await asyncio.sleep(3.5)
        link.cut()
        link.flow()
        # Where the resume URL cannot be reached for long, a new session is begun (G4).
        await scene.check_well(within=30)
        self.assertGreaterEqual(await scene.gateway_count("connect_failure"), 1)

    async def test_works_over_a_slow_link(self):
        scene, link = await self.linked_scene()
        link.bytes_per_second = 4000
        await scene.check_well(within=20)

    async def test_keeps_nothing_open_through_many_cuts(self):
        scene, link = await self.linked_scene()
        await scene.check_well()
        descriptors = pathlib.Path(f"/proc/{scene.bot.process.pid}/fd")
        before = len(os.listdir(descriptors))
        for _ in range(12):
            await asyncio.sleep(random.uniform(0, 0.6))
            link.cut()
        await scene.check_well(within=20)
        self.assertLessEqual(len(os.listdir(descriptors)), before + 3)

    async def test_speaks_tls_to_whom_its_authority_has_signed_and_to_nobody_else(self):
        authority = Authority(self.folder)
        scene = Scene(tls=authority.server_context())
        scene.others["NUNCHI_NET_CA_FILE"] = str(authority.certificate)
        await self.enterAsyncContext(scene)
        await scene.start()
        await scene.check_well()
        await scene.stop()

        (self.folder / "other").mkdir()
        scene.bot.environment["NUNCHI_NET_CA_FILE"] = str(Authority(self.folder / "other").certificate)
        asked = len(scene.fake.record.entries)
        await scene.restart()
        await asyncio.sleep(2)
        self.assertEqual(len(scene.fake.record.entries), asked)
        self.assertEqual((await scene.get("/readyz"))[0], 503)
        self.assertTrue(scene.is_running)

    async def test_sends_no_token_in_plain_text_to_other_machines(self):
        scene = await self.started_scene()
        scene.fake.resume_url = "ws://192.0.2.1:9"
        scene.fake.gateway.invalidate(False)
        await scene.until_logins(identifies=2, within=20)
        scene.fake.gateway.drop_all()
        await scene.fake.until(lambda: len(scene.logins()) >= 3, 20, "a login elsewhere")
        self.assertNotIn("192.0.2.1", scene.fake.record.upgrades()[-1].headers["Host"])

    async def test_refuses_a_plain_address_of_another_machine_at_the_start(self):
        for key, address in (("REST_BASE_URL", "http://192.0.2.1/api/v10"), ("GATEWAY_URL", "ws://192.0.2.1:9")):
            scene = await self.scene(**{key: address})
            environment = {"HOME": str(scene.home), "PATH": os.environ["PATH"], "NUNCHI_HTTP_PORT": "0",
                           **scene.environment()}
            done = await asyncio.to_thread(run_until_it_ends, environment)
            self.assertEqual(done.returncode, 78, key)
            self.assertIn(key.lower(), done.stderr)

    async def test_takes_tokens_of_any_length_and_letters(self):
        async def check(token):
            scene = await self.scene()
            scene.fake.token = token
            await scene.start()
            self.assertEqual(scene.identifies()[0].d["token"], token)

        await asyncio.gather(check("x"), check("a.b-c_d" * 8 + "xyz"), check("0" * 500))

    async def test_names_itself_to_the_api_and_the_gateway(self):
        scene = await self.started_scene(deviations={Deviation.USER_AGENT_REQUIRED}, USER_AGENT="DiscordBot (x, 7)")
        await scene.check_well()
        for entry in (*scene.fake.record.requests(), *scene.fake.record.upgrades()):
            self.assertEqual(entry.headers.get("User-Agent"), "DiscordBot (x, 7)", entry.path)


if __name__ == "__main__":
    main()
