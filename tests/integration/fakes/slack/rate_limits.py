"""Calls a minute by (team, method), and messages a second by channel."""

import math
import time

PER_MINUTE = {1: 1, 2: 20, 3: 50, 4: 100}
MESSAGES_A_SECOND, MESSAGE_BURST = 1.0, 5


class RateLimits:
    def __init__(self, clock):
        self._clock = clock
        self._calls = {}  # by (team, method): times in the last minute
        self._held = {}  # by (team, method): until when
        self._channels = {}  # (messages that may be written at once, when that was)
        self.is_enforced = True
        self.per_minute = {}  # by method, in place of its tier's

    def hold(self, method, team, seconds):
        """429 for every call of the method in that team, until the time is over."""
        self._held[team.id, method] = time.monotonic() + seconds

    def wait_for(self, method, tier, team_id, channel=None):
        """Whole seconds that the call comes too early by; 0: it is let in."""
        now = time.monotonic()
        held = self._held.get((team_id, method), 0.0) - now
        if held > 0:
            return math.ceil(held)
        if not self.is_enforced:
            return 0
        if method == "chat.postMessage" and method not in self.per_minute:
            return self._wait_for_channel(channel, now)
        allowed = self.per_minute.get(method, PER_MINUTE.get(tier))
        if allowed is None:
            return 0
        minute = self._clock.real(60)
        recent = [at for at in self._calls.get((team_id, method), []) if now - at < minute]
        self._calls[team_id, method] = recent
        if len(recent) >= allowed:
            return max(1, math.ceil(recent[0] + minute - now))
        recent.append(now)
        return 0

    def _wait_for_channel(self, channel, now):
        left, at = self._channels.get(channel, (MESSAGE_BURST, now))
        left = min(MESSAGE_BURST, left + (now - at) * MESSAGES_A_SECOND)
        if left < 1:
            self._channels[channel] = (left, now)
            return 1
        self._channels[channel] = (left - 1, now)
        return 0
