"""Interactions that Discord posts: who may, and what comes of it."""

import asyncio
import json
import socket
import time

from scene import HAPPY
from scene_case import SceneCase, main


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class HttpInteractionTest(SceneCase):
    async def asyncSetUp(self):
        await super().asyncSetUp()
        self.scene_ = await self.scene(INTERACTIONS="http")
        port = free_port()
        self.scene_.settings["PUBLIC_KEY"] = self.scene_.fake.signer.public_key
        self.scene_.others |= {"NUNCHI_HTTP_PUBLIC_PORT": str(port), "NUNCHI_HTTP_PUBLIC_ADDRESS": "127.0.0.1"}
        self.url = f"http://127.0.0.1:{port}/discord/interactions"
        await self.scene_.start()
        self.fake = self.scene_.fake
        await self.fake.until(lambda: self.fake.commands.named("emotion"), 10, "the commands")

    def make(self, text=HAPPY):
        return self.fake.invoke_command(self.scene_.user, self.scene_.channel, "emotion", text=text, deliver=False)

    async def post(self, payload, **about):
        return await self.fake.post_interaction(self.url, payload, **about)

    async def test_answers_a_ping(self):
        self.assertEqual(await self.post({"type": 1, "id": "1", "token": "x"}), (200, {"type": 1}))

    async def test_answers_a_command(self):
        interaction = self.make()
        status, inline = await self.post(interaction.payload)
        self.assertIn(status, (200, 202))
        if inline:
            # The response is the callback.
            self.fake.interactions.respond(interaction.id, interaction.token, inline)
        answer = await self.fake.expect_answer(interaction)
        self.assertIn("행복", answer["content"])
        self.assertTrue(interaction.is_ephemeral)
        self.assertEqual(interaction.refused, [])

    async def test_lets_nobody_in_without_a_signature_of_discord(self):
        body = json.dumps(self.make().payload).encode()
        signer = self.fake.signer
        good = signer.headers(body)
        now = str(int(time.time()))

        def with_signature(signature):
            return {**good, "X-Signature-Ed25519": signature}

        def without(name):
            return {key: value for key, value in good.items() if key != name}

        refused = {
            "no signature": without("X-Signature-Ed25519"), "no timestamp": without("X-Signature-Timestamp"),
            "bad signature": with_signature("0" * 128), "bad hex": with_signature("x" * 128),
            "short": with_signature(good["X-Signature-Ed25519"][:-2]), "empty": with_signature(""),
            "another timestamp": {**good, "X-Signature-Timestamp": str(int(now) - 1)},
            "bad timestamp": signer.headers(body, "yesterday"),
            "no number": signer.headers(body, now + "x"),
            "stale": signer.headers(body, str(int(now) - 3600)),
            "from the future": signer.headers(body, str(int(now) + 3600)),
            "of another key": type(signer)().headers(body),
        }
        for name, headers in refused.items():
            status, _ = await self.post(None, body=body, headers=headers)
            self.assertEqual(status, 401, name)
        changed = body.replace(b'"type": 2', b'"type": 3', 1)
        self.assertNotEqual(changed, body)
        status, _ = await self.post(None, body=changed, headers=good)
        self.assertEqual(status, 401)
        await asyncio.sleep(0.5)
        self.assertEqual(self.fake.record.requests(ending="/messages/@original"), [])

    async def test_does_a_replayed_request_once(self):
        interaction = self.make()
        body = json.dumps(interaction.payload).encode()
        headers = self.fake.signer.headers(body)
        first = await self.post(None, body=body, headers=headers)
        if first[1]:
            self.fake.interactions.respond(interaction.id, interaction.token, first[1])
        await self.fake.expect_answer(interaction)
        await self.post(None, body=body, headers=headers)
        await asyncio.sleep(0.8)
        self.assertEqual(interaction.edits, 1)
        self.assertEqual(interaction.refused, [])

    async def test_refuses_what_is_too_long_or_no_json(self):
        status, _ = await self.post(None, body=b'{"type": 1, "x": "' + b"a" * 3_000_000 + b'"}')
        self.assertEqual(status, 413)
        for body in (b"{", b"", b"\xff\xfe", b"[]", b'{"type": "1"}'):
            status, _ = await self.post(None, body=body)
            self.assertTrue(400 <= status < 500, (body, status))
        self.assertEqual((await self.post({"type": 1}))[0], 200)


if __name__ == "__main__":
    main()
