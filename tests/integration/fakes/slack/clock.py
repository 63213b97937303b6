"""Slack's long waits, to be shortened by a test. The short deadlines that a client is held to are never shortened."""

import asyncio
import time


class Clock:
    """A minute of Slack's is `scale` minutes of the test's."""

    def __init__(self):
        self.scale = 1.0

    def real(self, seconds):
        return seconds * self.scale

    async def sleep(self, seconds):
        await asyncio.sleep(self.real(seconds))

    def age(self, since):
        """In Slack's seconds; `since` is time.monotonic()'s."""
        return (time.monotonic() - since) / self.scale
