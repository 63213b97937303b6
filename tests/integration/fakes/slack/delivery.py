"""What Slack brings to the app: events, commands and interactions, with every attempt and what came of it."""

import asyncio
import dataclasses
import time

EVENT, COMMAND, INTERACTION = "events_api", "slash_commands", "interactive"


@dataclasses.dataclass
class Attempt:
    number: int
    reason: str  # of the retry
    at: float
    connection: int | None = None  # of Socket Mode; None: there was none, or it went by HTTP
    envelope_id: str | None = None
    status: int | None = None  # of HTTP
    acked_at: float | None = None
    acked_on: int | None = None  # the connection
    failure: str | None = None  # "timeout", "http_error" ...


class Delivery:
    def __init__(self, kind, payload):
        self.kind = kind
        self.payload = payload
        self.made_at = time.monotonic()
        self.attempts = []
        self.response = None  # what the acknowledgement said beside that it is one
        self.is_over = False  # there are no more attempts to come

    def begin(self, number, reason):
        attempt = Attempt(number, reason, time.monotonic())
        self.attempts.append(attempt)
        return attempt

    @property
    def acks(self):
        return [attempt for attempt in self.attempts if attempt.acked_at is not None]

    @property
    def is_acked(self):
        return bool(self.acks)

    @property
    def acked_after(self):
        """Seconds from the attempt to its acknowledgement; None without any."""
        return self.acks[0].acked_at - self.acks[0].at if self.acks else None

    @property
    def is_lost(self):
        return self.is_over and not self.is_acked

    @property
    def event(self):
        return self.payload.get("event", {})


class Deliveries:
    """Each goes its way in a task of its own: nothing that causes a delivery waits for it."""

    def __init__(self, fake, socket_mode, http):
        self._fake = fake
        self._socket_mode = socket_mode
        self._http = http
        self._all = []
        self._tasks = set()
        self.within = 3.0  # seconds for an acknowledgement
        self.pauses = (0, 60, 300)  # Slack's seconds before each retry of an event

    def all(self, kind=None, team=None):
        return [delivery for delivery in self._all if (kind is None or delivery.kind == kind) and
                (team is None or delivery.payload.get("team_id") == team.id)]

    def events(self, kind=None):
        """By the type of the inner event."""
        return [delivery for delivery in self.all(EVENT) if kind is None or delivery.event.get("type") == kind]

    def send(self, kind, payload):
        delivery = Delivery(kind, payload)
        self._all.append(delivery)
        task = asyncio.ensure_future(self._carry(delivery))
        self._tasks.add(task)
        task.add_done_callback(self._done)
        return delivery

    def send_again(self, delivery):
        """The same event (event_id) once more, as a first attempt."""
        return self.send(delivery.kind, delivery.payload)

    def _done(self, task):
        self._tasks.discard(task)
        if not task.cancelled():
            task.result()  # an error of the fake's own is not to be overlooked

    async def stop(self):
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _carry(self, delivery):
        reason = ""
        for number, pause in enumerate((0, *self.pauses) if delivery.kind == EVENT else (0,)):
            await self._fake.clock.sleep(pause)
            if delivery.is_acked:  # late
                break
            carrier = self._http if self._fake.request_url else self._socket_mode
            attempt = delivery.begin(number, reason)
            is_final = await carrier.carry(delivery, attempt)
            if is_final:
                break
            reason = attempt.failure
        delivery.is_over = True
        self._fake.record.wake()
