"""What clients of Discord send."""

import dataclasses

from .. import record
from ..record import Closed

__all__ = ["Closed", "Payload", "Record", "Request", "Upgrade"]


@dataclasses.dataclass
class Request:
    at: float
    method: str
    path: str  # behind the base URL, not percent-decoded
    query: dict
    headers: dict
    body: object  # parsed JSON; None without any
    route: str = ""  # "/channels/{channel}/messages"
    status: int = 0  # 0: not answered
    answered_at: float = 0.0


@dataclasses.dataclass
class Upgrade:
    at: float
    connection: int
    path: str
    query: str
    headers: dict


@dataclasses.dataclass
class Payload:
    at: float
    connection: int
    op: int
    d: object
    size: int


class Record(record.Record):
    def requests(self, method=None, ending=None, route=None):
        return [entry for entry in self.of(Request)
                if (method is None or entry.method == method) and (ending is None or entry.path.endswith(ending))
                and (route is None or entry.route == route)]

    def payloads(self, op, connection=None):
        return [entry for entry in self.of(Payload)
                if entry.op == op and (connection is None or entry.connection == connection)]

    def upgrades(self):
        return self.of(Upgrade)
