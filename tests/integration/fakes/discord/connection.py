"""One WebSocket of the gateway: speaks the protocol, and misbehaves when it is told to."""

import asyncio
import json
import time

from aiohttp import WSMsgType, web

from ..faults import Fault
from .compression import compression_of
from .deviation import Deviation
from .record import Closed, Payload, Upgrade

DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT, INVALID_SESSION, HELLO, ACK = 0, 1, 2, 6, 7, 9, 10, 11
MAX_PAYLOAD = 4096
MAX_EVENTS, WINDOW_SECONDS = 120, 60


class Connection:
    def __init__(self, gateway, number, request):
        self.gateway = gateway
        self.number = number
        self.query = request.query
        self.session = None
        self.hello_at = None
        self.opened_at = time.monotonic()
        self.acks = True
        self.latest_activity = self.opened_at
        self._events = []  # times of what the client sent
        self._transport = request.transport
        self._socket = web.WebSocketResponse(compress=False, max_msg_size=0, timeout=gateway.close_timeout,
                                             autoclose=not gateway.ignores_close)
        self._encoder = compression_of(request.query.get("compress"),
                                       Deviation.ZSTD_FRAME_PER_MESSAGE in gateway.deviations)
        self._outgoing = asyncio.Queue()
        self._sent_code = None
        self._is_closed = asyncio.Event()
        gateway.record.add(Upgrade(self.opened_at, number, request.path, request.query_string,
                                   dict(request.headers)))

    # What a script may do with it.

    def send(self, op, d=None, s=None, t=None):
        self.send_text(json.dumps({"op": op, "d": d, "s": s, "t": t}, ensure_ascii=False), t or op)

    def send_dispatch(self, sequence, event, data):
        self.send(DISPATCH, data, sequence, event)

    def send_text(self, text, name="raw"):
        self._outgoing.put_nowait((name, text))

    def send_raw_bytes(self, data):
        """Past the compression."""
        self._outgoing.put_nowait(("raw", data))

    def close(self, code):
        """A close frame behind all that was sent."""
        self._outgoing.put_nowait(("close", code))

    def drop(self):
        """Without a close frame."""
        if self._transport is not None:
            self._transport.abort()

    def swallow(self):
        """A black hole: nothing is read or written any more, and the connection stands."""
        self._transport.pause_reading()
        self._outgoing.put_nowait(("swallow", None))

    @property
    def is_open(self):
        return not self._socket.closed and not self._transport.is_closing()

    # The protocol.

    async def run(self, request):
        await self._socket.prepare(request)
        writer = asyncio.ensure_future(self._write())
        writer.add_done_callback(lambda done: done.cancelled() or done.exception() is None or self.drop())
        try:
            if await self._greet():
                await self._read()
            if self._sent_code is not None:
                # The peer's answer to our close frame: ending the TCP connection now might overtake the frame.
                await asyncio.wait({asyncio.ensure_future(self._is_closed.wait())}, timeout=2)
        finally:
            writer.cancel()
            self._end()
            if writer.done() and not writer.cancelled():
                writer.result()  # an error of the fake's own is not to be overlooked
        return self._socket

    async def _greet(self):
        gateway = self.gateway
        if Deviation.USER_AGENT_REQUIRED in gateway.deviations and not gateway.record.upgrades()[-1].headers.get(
                "User-Agent"):
            return await self._refuse(4002)
        if self.query.get("v") != "10" and Deviation.VERSION_IGNORED not in gateway.deviations:
            return await self._refuse(4012)
        if self._encoder is None:
            return await self._refuse(4002)
        hello = asyncio.ensure_future(gateway.greet(self))
        hello.add_done_callback(lambda done: done.cancelled() or done.exception())
        return True

    async def _refuse(self, code):
        self._encoder = self._encoder or compression_of(None)
        self.close(code)
        await self._read()
        return False

    async def _write(self):
        while True:
            name, item = await self._outgoing.get()
            if name == "swallow":
                await asyncio.Event().wait()
            fault = self.gateway.faults.at(f"gateway sends {name}")
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
        elif isinstance(item, bytes):
            await self._socket.send_bytes(item)
        elif self._encoder.is_binary:
            data = self._encoder.encode(item)
            # zlib-stream lets a message be spread over several WebSocket messages.
            size = self.gateway.split_bytes or max(1, len(data))
            for start in range(0, max(1, len(data)), size):
                await self._socket.send_bytes(data[start:start + size])
        else:
            await self._socket.send_str(self._encoder.encode(item))

    async def _read(self):
        while True:
            try:
                message = await self._socket.receive(self.gateway.silence_limit(self))
            except TimeoutError:
                self.close(4009)
                continue
            if message.type is WSMsgType.CLOSE and self.gateway.ignores_close:
                return await self._leave_unanswered(message.data)
            if message.type not in (WSMsgType.TEXT, WSMsgType.BINARY):
                return
            self.latest_activity = time.monotonic()
            data = message.data if isinstance(message.data, bytes) else message.data.encode()
            fault = self.gateway.faults.at(f"client sends {data[:9].decode(errors='replace')}")
            if fault is Fault.DROP:
                return self.drop()
            self._take(data)
            if fault is Fault.DROP_AFTER:
                return self.drop()

    async def _leave_unanswered(self, code):
        self.gateway.record.add(Closed(time.monotonic(), self.number, code, True))
        if self.session:
            self.session.detach(self)
        while not self._transport.is_closing():  # until the client ends the TCP connection
            await asyncio.sleep(0.02)

    def _take(self, data):
        now = time.monotonic()
        try:
            payload = json.loads(data)
            op, d = payload["op"], payload.get("d")
        except (ValueError, TypeError, KeyError):
            op, d = None, None
        self.gateway.record.add(Payload(now, self.number, op, d, len(data)))
        if len(data) > MAX_PAYLOAD:
            return self.close(1009 if Deviation.OVERSIZE_CLOSES_1009 in self.gateway.deviations else 4002)
        self._events = [at for at in self._events if now - at < WINDOW_SECONDS] + [now]
        if len(self._events) > MAX_EVENTS and Deviation.EVERY_SHARD_GETS_ALL not in self.gateway.deviations:
            return self.close(4008)
        if op is None:
            return self._bad(4002)
        if op == HEARTBEAT:
            return self._acknowledge()
        return self.gateway.take(self, op, d)

    def _bad(self, code):
        if Deviation.BAD_PAYLOADS_IGNORED not in self.gateway.deviations:
            self.close(code)

    def _acknowledge(self):
        if self.acks and self.gateway.acks:
            self.send(ACK, {} if Deviation.SILENCE_CLOSES in self.gateway.deviations else None)

    def _end(self):
        if self.session:
            self.session.detach(self)
        code = self._socket.close_code
        by_client = self._sent_code is None
        if code == 1006:
            code = None
        is_told = any(entry.connection == self.number for entry in self.gateway.record.closings())
        if not is_told:
            self.gateway.record.add(Closed(time.monotonic(), self.number, code if by_client else self._sent_code,
                                           by_client))
        self.gateway.connections.discard(self)
        # A client that closes with these ends its session.
        if self.session and by_client and code in (1000, 1001):
            self.session.is_valid = False
