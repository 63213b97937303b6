"""What clients of Slack send."""

import dataclasses

from .. import record
from ..record import Closed

__all__ = ["Ack", "Call", "Closed", "Frame", "Greeted", "Opened", "Record"]


@dataclasses.dataclass
class Call:
    """Of the Web API."""
    at: float
    method: str  # "chat.postMessage"
    verb: str
    args: dict
    encoding: str  # "json", "form", "multipart", "query" or "none"
    headers: dict
    body: bytes = b""
    token: object = None  # Token; None when it was refused
    team_id: str | None = None
    status: int = 0  # 0: not answered
    error: str | None = None
    answered_at: float = 0.0


@dataclasses.dataclass
class Opened:
    """A link of Socket Mode, or the attempt at one."""
    at: float
    connection: int
    query: dict
    headers: dict
    is_let_in: bool


@dataclasses.dataclass
class Greeted:
    """It got its hello: envelopes may come."""
    at: float
    connection: int


@dataclasses.dataclass
class Ack:
    at: float
    connection: int
    envelope_id: str
    body: dict
    is_known: bool


@dataclasses.dataclass
class Frame:
    """Anything else of a client's: "ping", "pong", "text" or "binary"."""
    at: float
    connection: int
    kind: str
    data: object


class Record(record.Record):
    def calls(self, method=None, team=None):
        return [entry for entry in self.of(Call) if (method is None or entry.method == method) and
                (team is None or entry.team_id == team.id)]

    def opened(self):
        return [entry for entry in self.of(Opened) if entry.is_let_in]

    def refused(self):
        return [entry for entry in self.of(Opened) if not entry.is_let_in]

    def acks(self):
        return self.of(Ack)

    def frames(self, kind):
        return [entry for entry in self.of(Frame) if entry.kind == kind]
