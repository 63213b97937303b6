"""Our WebSockets, both sides of them, against the package websockets."""

import asyncio
import unittest

import websockets
from websockets.asyncio.client import connect
from websockets.asyncio.server import serve

from probe import Server, run_client


class ServerSide(unittest.IsolatedAsyncioTestCase):
    def setUp(self):
        self.server = Server("--websocket-idle-ms", "400")
        self.addCleanup(self.server.stop)
        self.url = f"ws://127.0.0.1:{self.server.port}/ws"

    async def test_echoes_text_and_bytes_of_many_sizes(self):
        async with connect(self.url, max_size=None, proxy=None) as client:
            for size in [0, 1, 125, 126, 127, 511, 512, 513, 65535, 65536, 200_000]:
                for message in ["가" * (size // 3), b"\xff" * size]:
                    await client.send(message)
                    self.assertEqual(await client.recv(), message)

    async def test_takes_fragments(self):
        async with connect(self.url, proxy=None) as client:
            await client.send(part for part in ["안", "녕", "", "하세요"])
            self.assertEqual(await client.recv(), "안녕하세요")

    async def test_answers_pings_and_sends_its_own(self):
        async with connect(self.url, ping_interval=None, proxy=None) as client:
            self.assertLess(await (await client.ping(b"x" * 125)), 5)
            # Longer than the idle limit: only our answers to its pings keep the connection.
            await asyncio.sleep(1)
            await client.send("still here")
            self.assertEqual(await client.recv(), "still here")

    async def test_does_not_compress(self):
        async with connect(self.url, compression="deflate", proxy=None) as client:
            self.assertNotIn("Sec-WebSocket-Extensions", client.response.headers)

    async def test_tells_why_it_closes(self):
        for message, code in [("x" * 300_000, 1009), ("bye", 4001)]:
            async with connect(self.url, proxy=None) as client:
                await client.send(message)
                with self.assertRaises(websockets.ConnectionClosed) as caught:
                    await client.recv()
                self.assertEqual(caught.exception.rcvd.code, code)

    async def test_refuses_by_its_check(self):
        with self.assertRaises(websockets.InvalidStatus) as caught:
            await connect(self.url, origin="http://stranger.example", proxy=None)
        self.assertEqual(caught.exception.response.status_code, 403)
        self.assertEqual(caught.exception.response.body, b"not you\n")

    async def test_serves_two_hundred_at_once_and_tells_all_that_it_stops(self):
        clients = await asyncio.gather(*(connect(self.url, proxy=None) for _ in range(200)))

        async def talk(number, client):
            for turn in range(5):
                await client.send(f"{number} {turn}")
                self.assertEqual(await client.recv(), f"{number} {turn}")

        await asyncio.gather(*(talk(number, client) for number, client in enumerate(clients)))
        self.server.process.stdin.close()
        endings = await asyncio.gather(*(client.recv() for client in clients), return_exceptions=True)
        self.assertEqual({type(ending) for ending in endings}, {websockets.ConnectionClosedOK})
        self.assertEqual({ending.rcvd.code for ending in endings}, {1001})


class ClientSide(unittest.IsolatedAsyncioTestCase):
    async def talk(self, handler, lines, *flags, **options):
        """What net_probe prints when it says the lines to the handler."""
        async with serve(handler, "127.0.0.1", 0, **options) as server:
            port = server.sockets[0].getsockname()[1]
            return await asyncio.to_thread(run_client, "talk", *flags, f"ws://127.0.0.1:{port}/path",
                                           lines="".join(line + "\n" for line in lines))

    async def test_says_what_it_is_told_and_goodbye(self):
        heard = []

        async def handler(connection):
            async for message in connection:
                heard.append(message)
                await connection.send(message.encode() if message == "bytes" else message + "!")

        first, second, closed = await self.talk(handler, ["안녕하세요", "bytes"])

        self.assertEqual(heard, ["안녕하세요", "bytes"])
        self.assertEqual(first, {"text": "안녕하세요!", "binary": False})
        self.assertEqual(second, {"text": "bytes", "binary": True})
        self.assertEqual((closed["code"], closed["reason"]), (1000, "goodbye"))

    async def test_sends_long_messages_and_takes_fragments(self):
        async def handler(connection):
            message = await connection.recv()
            await connection.send(message[start:start + 1000] for start in range(0, len(message), 1000))
            await connection.wait_closed()

        answer, _ = await self.talk(handler, ["긴" * 100_000])

        self.assertEqual(answer["text"], "긴" * 100_000)

    async def test_shows_the_servers_close_code(self):
        async def handler(connection):
            await connection.recv()
            await connection.close(4004, "인증 실패")

        (closed,) = await self.talk(handler, ["x"])

        self.assertEqual((closed["code"], closed["reason"]), (4004, "인증 실패"))
        self.assertIn("closed", closed["error"])

    async def test_pings_a_silent_server_and_stays(self):
        async def handler(connection):
            await connection.recv()
            await asyncio.sleep(1)  # the library answers pings meanwhile
            await connection.send("awake")
            await connection.wait_closed()

        answer, _ = await self.talk(handler, ["x"], "--idle-ms", "300")

        self.assertEqual(answer["text"], "awake")

    async def test_sends_its_headers_and_offers_no_compression(self):
        seen = {}

        async def handler(connection):
            seen.update(connection.request.headers.raw_items())
            await connection.wait_closed()

        await self.talk(handler, [], "--header", "Authorization: Bearer key", compression="deflate")

        self.assertEqual(seen["Authorization"], "Bearer key")
        self.assertNotIn("Sec-WebSocket-Extensions", seen)

    async def test_tells_that_it_was_refused(self):
        def refuse(connection, request):
            return connection.respond(401, "no\n")

        (refused,) = await self.talk(None, ["x"], process_request=refuse)

        self.assertIn("refused the WebSocket", refused["error"])


if __name__ == "__main__":
    unittest.main()
