"""Socket Mode: tickets, links, which envelope goes over which, and who acknowledged it."""

import asyncio
import itertools
import secrets
import time
import uuid

from aiohttp import web

from ..faults import Fault
from .connection import Connection
from .delivery import EVENT
from .deviation import Deviation
from .record import Opened

MAX_LINKS = 10
TICKET_SECONDS = 30.0


class SocketMode:
    def __init__(self, fake):
        self._fake = fake
        self.record = fake.record
        self.faults = fake.faults
        self.clock = fake.clock
        self.as_json = fake.as_json
        self.links = set()
        self.most_links = 0  # that ever stood at one time
        self._numbers = itertools.count(1)
        self._turns = itertools.count()
        self._tickets = {}  # when each was made
        self._waiting = {}  # by envelope_id: (delivery, attempt, the event that its acknowledgement sets)
        # What a script may change at any time.
        self.hello_delay = 0.0
        self.says_hello = True
        self.num_connections = None  # what hello tells in place of the truth
        self.greets_with = None  # a disconnect reason in place of hello; the link is closed behind it
        self.ping_interval = 10.0  # None: no pings, from the next link on
        self.pong_delay = 0.0  # None: pings are not answered
        self.dead_after = 60.0  # seconds without a frame of the client's; shorter: a middlebox that cuts idle links
        self.delay = 0.0  # before each frame
        self.ignores_acks = 0  # so many that come next
        self.accepts_payloads = True  # in the acknowledgements of commands and interactions
        self.refuses_upgrade = None  # an HTTP status
        self.choose = None  # of the links that are ready, the one for the next envelope; None: in turn

    # What a script may do.

    @property
    def app_id(self):
        return self._fake.world.app_id

    @property
    def warns(self):
        return Deviation.NO_WARNING not in self._fake.deviations

    def ready(self):
        """The links that envelopes may go over, oldest first."""
        return sorted((link for link in self.links if link.is_open and link.is_greeted), key=lambda link: link.number)

    @property
    def link(self):
        """The newest one."""
        return self.ready()[-1] if self.ready() else None

    async def until_ready(self, links=1, within=20.0):
        return await self.record.until(lambda: self.ready() if len(self.ready()) >= links else None, within,
                                       f"{links} links with a hello")

    def refresh(self, reason="refresh_requested", closes_after=None):
        """All links are to be replaced. "warning" is followed by the end after ten seconds."""
        for link in self.ready():
            link.disconnect(reason, 10.0 if closes_after is None and reason == "warning" else closes_after)

    def drop_all(self):
        for link in list(self.links):
            link.drop()

    def swallow_all(self):
        for link in list(self.links):
            link.swallow()

    # The protocol.

    def ticket(self):
        """The query of a URL that may be used once."""
        ticket = str(uuid.UUID(bytes=secrets.token_bytes(16)))
        self._tickets[ticket] = time.monotonic()
        return f"ticket={ticket}&app_id={self.app_id}"

    def _is_let_in(self, request):
        made_at = self._tickets.pop(request.query.get("ticket"), None)
        return made_at is not None and time.monotonic() - made_at < TICKET_SECONDS

    async def serve(self, request):
        if self.faults.at("open link") is Fault.DROP:
            request.transport.abort()
            return web.Response()
        refused = self.refuses_upgrade or (None if self._is_let_in(request) else 408)
        if refused:
            self.record.add(Opened(time.monotonic(), 0, dict(request.query), dict(request.headers), False))
            return web.Response(status=refused)
        link = Connection(self, next(self._numbers), request)
        self.links.add(link)
        self.most_links = max(self.most_links, sum(other.is_open for other in self.links))
        return await link.run(request)

    async def greet(self, link):
        await asyncio.sleep(self.hello_delay)
        is_one_too_many = sum(other.is_open for other in self.links) > MAX_LINKS
        reason = "too_many_websockets" if is_one_too_many else self.greets_with
        if reason:
            link.disconnect(reason, closes_after=0)
        elif self.says_hello:
            told = self.num_connections
            link.greet(sum(other.is_open for other in self.links) if told is None else told)

    def acknowledge(self, link, envelope_id, payload):
        """Whether there was such an envelope. Any link will do."""
        if envelope_id not in self._waiting:
            return False
        if self.ignores_acks:
            self.ignores_acks -= 1
            return True
        delivery, attempt, is_acked = self._waiting[envelope_id]
        if attempt.acked_at is None:
            attempt.acked_at, attempt.acked_on = time.monotonic(), link.number
            delivery.response = payload
        is_acked.set()
        return True

    async def carry(self, delivery, attempt):
        """Over one link; whether it was acknowledged in time."""
        is_acked = asyncio.Event()
        link = self._link_for(delivery)
        if link:
            attempt.connection, attempt.envelope_id = link.number, self._envelope_id(delivery)
            self._waiting[attempt.envelope_id] = (delivery, attempt, is_acked)
            link.send(self._envelope(delivery, attempt))
        try:
            await asyncio.wait_for(is_acked.wait(), self._fake.deliveries.within)
        except TimeoutError:
            attempt.failure = "timeout"
        return attempt.failure is None

    def _link_for(self, delivery):
        links = self.ready()
        if Deviation.WARNED_LINKS_GET_NOTHING in self._fake.deviations:
            links = [link for link in links if not link.is_warned]
        if links and self.choose:
            return self.choose(links)
        return links[next(self._turns) % len(links)] if links else None

    def _envelope_id(self, delivery):
        earlier = [attempt.envelope_id for attempt in delivery.attempts if attempt.envelope_id]
        if earlier and Deviation.RETRIES_HAVE_NEW_IDS not in self._fake.deviations:
            return earlier[0]
        return str(uuid.uuid4())

    def _envelope(self, delivery, attempt):
        envelope = {"envelope_id": attempt.envelope_id, "payload": delivery.payload, "type": delivery.kind,
                    "accepts_response_payload": delivery.kind != EVENT and self.accepts_payloads}
        if delivery.kind == EVENT:
            is_first = Deviation.RETRIES_ARE_FIRST_ATTEMPTS in self._fake.deviations
            envelope |= {"retry_attempt": 0 if is_first else attempt.number,
                         "retry_reason": "" if is_first else attempt.reason}
        return envelope

    def send_envelope(self, envelope, link=None):
        """Any envelope at all; nobody waits for its acknowledgement."""
        (link or self.link).send(envelope)

    def send_twice(self, delivery, link=None):
        """The same envelope once more, over any link, as a first attempt."""
        again = self._envelope(delivery, delivery.attempts[0])
        (link or self.link).send(again)
