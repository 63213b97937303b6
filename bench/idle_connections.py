"""What open pages cost: the daemon's memory before and with N idle WebSocket connections, then 1,000 that chat.

    .venv/bin/python bench/idle_connections.py [--idle 10000] [--chatting 1000]

The pages are plain sockets with a handwritten handshake, so that the clients fit beside the server.
"""

import argparse
import asyncio
import json
import os
import resource
import secrets
import struct
import subprocess
import tempfile

from comparison import conditions, report
from predict_server import NUNCHI, free_port, resident_megabytes, wait_for


class Page:
    """One WebSocket client: text frames of less than 64 KiB, masked."""

    async def open(self, port):
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", port, limit=4096)
        self.writer.write((f"GET /chat HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\n"
                           "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                           "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n").encode())
        head = await asyncio.wait_for(self.reader.readuntil(b"\r\n\r\n"), 60)
        assert b" 101 " in head, head
        self.say({"type": "hello", "v": 1, "conversation": secrets.token_hex(16), "locale": "ko"})
        await self.hear("welcome")

    def say(self, message):
        payload = json.dumps(message).encode()
        size = bytes([0x80 | len(payload)]) if len(payload) < 126 else b"\xfe" + struct.pack(">H", len(payload))
        self.writer.write(b"\x81" + size + bytes(4) + payload)

    async def hear(self, kind):
        while True:
            first, size = await asyncio.wait_for(self.reader.readexactly(2), 120)
            if size == 126:
                size = struct.unpack(">H", await self.reader.readexactly(2))[0]
            payload = await self.reader.readexactly(size)
            if first & 15 == 1:
                message = json.loads(payload)
                if message["type"] in ("notice", "refused"):
                    raise AssertionError(message)
                if message["type"] == kind:
                    return message


async def open_pages(port, count):
    pages = [Page() for _ in range(count)]
    for first in range(0, count, 100):
        await asyncio.gather(*(page.open(port) for page in pages[first:first + 100]))
    return pages


async def chat(page, number):
    for turn in range(5):
        identity = f"m{turn}"
        page.say({"type": "message", "id": identity, "text": f"오늘은 {number}번째로 {turn}번 웃었어요"})
        answer = await page.hear("answer")
        assert answer["id"] == identity
        page.say({"type": "received", "id": identity})


async def measure(port, process, arguments):
    empty = resident_megabytes(process)
    pages = await open_pages(port, arguments.idle)
    full = resident_megabytes(process)
    await asyncio.gather(*(chat(page, number) for number, page in enumerate(pages[:arguments.chatting])))
    chatted = resident_megabytes(process)
    for page in pages:
        page.writer.transport.abort()
    return empty, full, chatted


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--idle", type=int, default=10_000)
    parser.add_argument("--chatting", type=int, default=1_000)
    arguments = parser.parse_args()
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))  # the daemon inherits it
    before = conditions()
    with tempfile.TemporaryDirectory() as home:
        port = free_port()
        environment = os.environ | {"HOME": home, "XDG_STATE_HOME": home, "NUNCHI_HTTP_PORT": str(port),
                                    "NUNCHI_LOG_LEVEL": "warn"}
        process = subprocess.Popen([NUNCHI, "run"], env=environment, stdout=subprocess.DEVNULL)
        try:
            wait_for(port, process)
            empty, full, chatted = asyncio.run(measure(port, process, arguments))
        finally:
            process.terminate()
            process.wait(timeout=60)
    rows = [["without a page", f"{empty:.0f}", ""],
            [f"{arguments.idle} idle pages", f"{full:.0f}", f"{(full - empty) * 1024 / max(arguments.idle, 1):.1f}"],
            [f"after {arguments.chatting} of them chatted", f"{chatted:.0f}", ""]]
    report("idle connections", ["", "MB", "KB a page"], rows, before, empty_mb=empty, idle_mb=full, chatted_mb=chatted)


if __name__ == "__main__":
    main()
