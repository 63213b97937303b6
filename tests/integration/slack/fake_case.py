"""The base of the fake's own tests: a team, and a peer that speaks to it."""

import asyncio
import logging
import pathlib
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from fakes.slack import FakeSlack  # noqa: E402
from peer import Peer  # noqa: E402


class FakeCase(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        asyncio.get_running_loop().set_debug(False)
        # Connections that break are what most of these tests are about.
        for name in ("asyncio", "aiohttp.server"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
        self.fake = await self.enterAsyncContext(FakeSlack())
        self.peer = await self.enterAsyncContext(Peer(self.fake))
        self.team = self.fake.add_team()
        self.token = self.team.token.value
        self.user = self.fake.add_user(self.team)
        self.channel = self.fake.add_channel(self.team, members=(self.user,))

    def post(self, text="안녕", **about):
        return self.fake.post_message(self.channel, self.user, text, **about)

    def delivery(self):
        return self.fake.deliveries.all()[-1]

    async def react(self, message, name="smile"):
        return await self.peer.error("reactions.add", self.token, channel=message["channel"],
                                     timestamp=message["ts"], name=name)
