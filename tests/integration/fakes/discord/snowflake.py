"""Discord's ids: numbers as strings that count up with time."""

import itertools
import time

EPOCH_MS = 1420070400000  # 2015-01-01


class Snowflakes:
    """Never gives the same id twice."""

    def __init__(self):
        self._increment = itertools.count(1)
        self._last = 0

    def next(self, age_seconds=0):
        """An id of `age_seconds` ago; ids of now rise strictly."""
        milliseconds = int((time.time() - age_seconds) * 1000) - EPOCH_MS
        identity = (milliseconds << 22) | (next(self._increment) & 0xFFF)
        if age_seconds == 0:
            identity = max(identity, self._last + 1)
            self._last = identity
        return str(identity)


def shard_of(guild_id, shard_count):
    """Direct messages (no guild) come to shard 0."""
    return (int(guild_id) >> 22) % shard_count if guild_id else 0

