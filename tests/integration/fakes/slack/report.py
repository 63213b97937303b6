"""Figures of a run: what came through, and when there was no link."""

import dataclasses
import time

from .delivery import EVENT
from .record import Closed, Greeted


@dataclasses.dataclass
class Figures:
    events: int
    acked: int
    late: int  # their first acknowledgement came after the deadline
    lost: int
    repeated: int  # more than one attempt
    open: int  # links, now
    most_open: int
    without_link: float  # seconds since the first hello


class Report:
    def __init__(self, fake):
        self._fake = fake

    def figures(self):
        fake, events = self._fake, self._fake.deliveries.all(EVENT)
        within = fake.deliveries.within
        return Figures(
            events=len(events), acked=sum(delivery.is_acked for delivery in events),
            late=sum(delivery.is_acked and delivery.acked_after > within for delivery in events),
            lost=sum(delivery.is_lost for delivery in events),
            repeated=sum(len(delivery.attempts) > 1 for delivery in events),
            open=len(fake.socket_mode.ready()), most_open=fake.socket_mode.most_links,
            without_link=sum(end - begin for begin, end in self.gaps()))

    def gaps(self, until=None):
        """(begin, end) of each time without a link that had its hello, since the first one had it."""
        found, standing, since = [], set(), None
        for entry in self._fake.record.entries:
            if isinstance(entry, Greeted):
                if not standing and since is not None:
                    found.append((since, entry.at))
                standing.add(entry.connection)
                since = None
            elif isinstance(entry, Closed) and entry.connection in standing:
                standing.discard(entry.connection)
                since = None if standing else entry.at
        return found if since is None else [*found, (since, until or time.monotonic())]
