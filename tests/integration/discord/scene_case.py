"""The tests' base: scenes that end with the test, and tests that run side by side."""

import asyncio
import logging
import unittest

from scene import Scene  # also lets the next line find its module
from runner import main

__all__ = ["SceneCase", "main"]


class SceneCase(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        asyncio.get_running_loop().set_debug(False)
        # Connections that break are what most of these tests are about.
        logging.getLogger("asyncio").setLevel(logging.CRITICAL)

    async def scene(self, **about):
        """See Scene."""
        return await self.enterAsyncContext(Scene(**about))

    async def reading_scene(self, **about):
        """Started, and all messages of its channel are read."""
        scene = await self.scene(**about)
        await scene.start_reading()
        return scene

    async def started_scene(self, **about):
        scene = await self.scene(**about)
        await scene.start()
        return scene
