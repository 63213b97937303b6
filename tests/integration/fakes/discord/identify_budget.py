"""How many identifies are let in: per 5 s and key, and per day."""

import collections
import time


class IdentifyBudget:
    WINDOW_SECONDS = 5.0

    def __init__(self, total=1000, max_concurrency=1):
        self.total = total
        self.remaining = total
        self.max_concurrency = max_concurrency
        self.reset_after_ms = 86_400_000
        self.is_enforced = True  # of the 5 s
        self.is_token_reset = False  # what Discord does to those that go on
        self._last = collections.defaultdict(lambda: float("-inf"))

    def take(self, shard):
        """Whether this Identify is let in; it counts in any case."""
        if self.remaining == 0:
            self.is_token_reset = True
            return False
        self.remaining -= 1
        key, now = shard % self.max_concurrency, time.monotonic()
        # A client's clock and ours see the same wait with some milliseconds' difference.
        is_too_fast = now - self._last[key] < self.WINDOW_SECONDS - 0.05
        self._last[key] = now
        return not (is_too_fast and self.is_enforced)

    def as_json(self):
        return {"total": self.total, "remaining": self.remaining, "reset_after": self.reset_after_ms,
                "max_concurrency": self.max_concurrency}
