"""A gateway session: outlives its connections, and keeps what it dispatched for a resume."""

import secrets
import time


class Session:
    KEPT_SECONDS = 180  # after its connection ended

    def __init__(self, shard, shard_count, intents):
        self.id = secrets.token_hex(16)
        self.shard = shard
        self.shard_count = shard_count
        self.intents = intents
        self.sequence = 0
        self.buffer = []  # (sequence, event, data)
        self.connection = None
        self.left_at = None
        self.is_valid = True
        self.direct_channels = set()  # that existed at Identify

    def dispatch(self, event, data, sequence=None):
        self.sequence = self.sequence + 1 if sequence is None else sequence
        self.buffer.append((self.sequence, event, data))
        if self.connection:
            self.connection.send_dispatch(self.sequence, event, data)

    def missed(self, sequence):
        return [entry for entry in self.buffer if entry[0] > sequence]

    def attach(self, connection):
        self.connection = connection
        self.left_at = None

    def detach(self, connection):
        if self.connection is connection:
            self.connection = None
            self.left_at = time.monotonic()

    @property
    def is_resumable(self):
        return self.is_valid and (self.left_at is None or time.monotonic() - self.left_at < self.KEPT_SECONDS)
