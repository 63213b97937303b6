"""Everything that clients sent, in the order of its coming."""

import asyncio
import dataclasses
import time


@dataclasses.dataclass
class Closed:
    """The end of a WebSocket."""
    at: float
    connection: int
    code: int | None  # None: without a close frame
    by_client: bool


class Record:
    """Times are time.monotonic()'s."""

    def __init__(self):
        self.entries = []
        self._changed = asyncio.Condition()
        self._tasks = set()

    def add(self, entry):
        self.entries.append(entry)
        self.wake()
        return entry

    def wake(self):
        """Lets those that wait look again."""
        task = asyncio.ensure_future(self._notify())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _notify(self):
        async with self._changed:
            self._changed.notify_all()

    async def until(self, condition, within=10.0, what="what was expected"):
        """The first true value of `condition()`; AssertionError when the time is over."""
        deadline = time.monotonic() + within
        async with self._changed:
            while not (value := condition()):
                left = deadline - time.monotonic()
                if left <= 0:
                    raise AssertionError(f"{what} did not come within {within} s; last: {self.entries[-6:]}")
                try:
                    # Also without a change, for conditions that the time makes true.
                    await asyncio.wait_for(self._changed.wait(), min(left, 0.2))
                except TimeoutError:
                    pass
            return value

    def of(self, kind):
        return [entry for entry in self.entries if isinstance(entry, kind)]

    def closings(self):
        return self.of(Closed)
