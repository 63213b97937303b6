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
        logging.getLogger("asyncio").setLevel(logging.CRITICAL)

    async def scene(self, **about):
        return await self.enterAsyncContext(Scene(**about))

    async def reading(self, mode=None, **about):
        scene = await self.scene(**about)
        await scene.start_reading(mode)
        return scene
