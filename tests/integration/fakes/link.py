"""A cable between a client and the fake, to be cut, slowed down or made to swallow everything."""

import asyncio
import contextlib


class Link:
    """Forwards a loopback port to another. The modes hold for open and for new connections."""

    def __init__(self, target_port, port=0):
        self.target_port = target_port
        self.port = port
        self.bytes_per_second = None
        self.refuses = False  # new connections are closed at once
        self._flows = asyncio.Event()  # not set: a black hole
        self._flows.set()
        self._writers = set()
        self._tasks = set()

    async def __aenter__(self):
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_):
        self._server.close()
        self._flows.set()
        self.cut()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def cut(self):
        """Ends every open connection with a reset."""
        for writer in list(self._writers):
            writer.transport.abort()

    def swallow(self):
        """Nothing gets through, and nothing breaks."""
        self._flows.clear()

    def flow(self):
        self._flows.set()

    async def _serve(self, reader, writer):
        task = asyncio.current_task()
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        if self.refuses:
            writer.transport.abort()
            return
        with contextlib.suppress(OSError, asyncio.CancelledError):
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self.target_port)
            self._writers |= {writer, far_writer}
            await asyncio.gather(self._pump(reader, far_writer), self._pump(far_reader, writer))
            self._writers -= {writer, far_writer}

    async def _pump(self, reader, writer):
        with contextlib.suppress(OSError):
            while True:
                await self._flows.wait()
                chunk = await reader.read(4096 if self.bytes_per_second is None else 64)
                await self._flows.wait()
                if not chunk:
                    break
                if self.bytes_per_second:
                    await asyncio.sleep(len(chunk) / self.bytes_per_second)
                writer.write(chunk)
                await writer.drain()
        writer.close()
