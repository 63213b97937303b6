"""One WebSocket of Socket Mode: carries envelopes, and misbehaves when it is told to."""

import asyncio
import json
import time

from aiohttp import WSMsgType, web

from ..faults import Fault
from .record import Ack, Closed, Frame, Greeted, Opened

LIVES, LIVES_SHORTLY = 18060, 360  # Slack's seconds
WARNS_BEFORE = 10


class Connection:
    def __init__(self, socket_mode, number, request):
        self.socket_mode = socket_mode
        self.number = number
        self.query = dict(request.query)
        self.opened_at = time.monotonic()
        self.is_greeted = False
        self.is_warned = False
        self.is_swallowed = False
        self._transport = request.transport
        self._socket = web.WebSocketResponse(autoping=False, compress=False, max_msg_size=0, timeout=1.0)
        self._outgoing = asyncio.Queue()
        self._sent_code = None
        self._is_closed = asyncio.Event()
        self._tasks = set()
        socket_mode.record.add(Opened(self.opened_at, number, self.query, dict(request.headers), True))

    # What a script may do with it.

    def send(self, body):
        self.send_text(self.socket_mode.as_json(body), body.get("type", "frame"))

    def send_text(self, text, name="text"):
        """Any text at all."""
        self._outgoing.put_nowait((name, text))

    def send_bytes(self, data):
        self._outgoing.put_nowait(("binary", data))

    def ping(self, payload=b"Ping from Slack"):
        self._outgoing.put_nowait(("ping", payload))

    def disconnect(self, reason="refresh_requested", closes_after=None):
        """Slack's message; None: without a reason. The link ends after that many seconds, or never."""
        self.is_warned = True
        told = {} if reason is None else {"reason": reason}
        self.send({"type": "disconnect", **told, "debug_info": {"host": "applink-fake"}})
        if closes_after is not None:
            self._later(closes_after, self.close)

    def close(self, code=1000):
        """A close frame behind all that was sent."""
        self._outgoing.put_nowait(("close", code))

    def drop(self):
        """Without a close frame."""
        if self._transport is not None:
            self._transport.abort()

    def drop_within_frame(self):
        """A frame of 100 bytes is announced, and ten come."""
        self._transport.write(b"\x81\x64" + b'{"envelope')
        self._later(0.05, self.drop)

    def swallow(self):
        """Half-open: nothing is read or written any more, and the connection stands."""
        self.is_swallowed = True
        self._transport.pause_reading()
        self._outgoing.put_nowait(("swallow", None))

    @property
    def is_open(self):
        return not self._socket.closed and not self._transport.is_closing() and self._sent_code is None

    # The protocol.

    async def run(self, request):
        await self._socket.prepare(request)
        writer = self._start(self._write())
        self._start(self.socket_mode.greet(self))
        self._start(self._ping_for_ever())
        self._start(self._live())
        try:
            await self._read()
            if self._sent_code is not None:
                # The client's answer to our close frame: ending the TCP connection now might overtake the frame.
                await asyncio.wait({asyncio.ensure_future(self._is_closed.wait())}, timeout=2)
        finally:
            self._end()
            if writer.done() and not writer.cancelled():
                writer.result()  # an error of the fake's own is not to be overlooked
        return self._socket

    def greet(self, num_connections):
        self.is_greeted = True
        self.send({"type": "hello", "num_connections": num_connections,
                   "debug_info": {"host": "applink-fake", "build_number": 1, "started": "2026-01-01 00:00:00.000",
                                  "approximate_connection_time": self.lifetime},
                   "connection_info": {"app_id": self.socket_mode.app_id}})
        self.socket_mode.record.add(Greeted(time.monotonic(), self.number))

    @property
    def lifetime(self):
        return LIVES_SHORTLY if self.query.get("debug_reconnects") == "true" else LIVES

    async def _live(self):
        """Until Slack wants another link."""
        clock = self.socket_mode.clock
        await clock.sleep(self.lifetime - WARNS_BEFORE)
        if self.socket_mode.warns:
            self.disconnect("warning")
        await clock.sleep(WARNS_BEFORE)
        if self.socket_mode.warns:
            self.disconnect("refresh_requested")
        self.close()

    async def _ping_for_ever(self):
        while interval := self.socket_mode.ping_interval:
            await asyncio.sleep(interval)
            self.ping(f"Ping from {self.socket_mode.app_id}".encode())

    def _start(self, work):
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def _later(self, seconds, action):
        async def act():
            await asyncio.sleep(seconds)
            action()
        self._start(act())

    async def _write(self):
        while True:
            name, item = await self._outgoing.get()
            if name == "swallow":
                await asyncio.Event().wait()
            if self.socket_mode.delay:
                await asyncio.sleep(self.socket_mode.delay)
            fault = self.socket_mode.faults.at(f"socket sends {name}")
            if fault is Fault.DROP:
                return self.drop()
            try:
                await self._write_one(name, item)
            except (ConnectionError, RuntimeError):
                return None
            if fault is Fault.DROP_AFTER:
                return self.drop()

    async def _write_one(self, name, item):
        if name == "close":
            self._sent_code = item
            await self._socket.close(code=item)
            self._is_closed.set()
        elif name in ("ping", "pong"):
            await getattr(self._socket, name)(item)
        elif isinstance(item, bytes):
            await self._socket.send_bytes(item)
        else:
            await self._socket.send_str(item)

    async def _read(self):
        while True:
            try:
                message = await self._socket.receive(self.socket_mode.dead_after)
            except TimeoutError:
                return self.drop()
            if message.type not in (WSMsgType.TEXT, WSMsgType.BINARY, WSMsgType.PING, WSMsgType.PONG):
                return None
            fault = self.socket_mode.faults.at(f"client sends {message.type.name.lower()}")
            if fault is Fault.DROP:
                return self.drop()
            self._take(message)
            if fault is Fault.DROP_AFTER:
                return self.drop()

    def _take(self, message):
        now, record = time.monotonic(), self.socket_mode.record
        if message.type is WSMsgType.PING:
            record.add(Frame(now, self.number, "ping", bytes(message.data)))
            return self._answer_ping(message.data)
        if message.type is WSMsgType.PONG:
            return record.add(Frame(now, self.number, "pong", bytes(message.data)))
        envelope_id, body = None, None
        try:
            body = json.loads(message.data)
            envelope_id = body["envelope_id"]
        except (ValueError, TypeError, KeyError):
            return record.add(Frame(now, self.number, message.type.name.lower(), message.data))
        is_known = self.socket_mode.acknowledge(self, envelope_id, body.get("payload"))
        return record.add(Ack(now, self.number, envelope_id, body, is_known))

    def _answer_ping(self, payload):
        if self.socket_mode.pong_delay is None:
            return
        self._later(self.socket_mode.pong_delay, lambda: self._outgoing.put_nowait(("pong", payload)))

    def _end(self):
        for task in list(self._tasks):
            task.cancel()
        code = self._socket.close_code
        by_client = self._sent_code is None
        if code == 1006:
            code = None
        self.socket_mode.record.add(Closed(time.monotonic(), self.number, code if by_client else self._sent_code,
                                           by_client))
        self.socket_mode.links.discard(self)
