"""The fake by hand: type messages, see what a bot does."""

import argparse
import asyncio
import shlex
import sys

from .deviation import Deviation
from .fake import FakeDiscord
from .messages import REPLY

HELP = """\
text            a message in the channel
@ text          a message that mentions the bot
dm text         a direct message
edit text       changes your last message
delete          deletes it
menu            "Read emotion" on it
press           the button of the bot's last answer
/name ...       a command: /settings channel reading=on, /emotion text="정말 기뻐요"
drop, op7, op9  what the gateway does to the connection
help, quit"""


class Terminal:
    def __init__(self, fake, write=print):
        self.fake = fake
        self.write = write
        guild = fake.add_guild()
        self.user = fake.owner_of(guild)
        self.channel = fake.add_channel(guild)
        self.last = None
        self._seen = {}

    def environment(self, profile):
        settings = {"NUNCHI_DISCORD_TOKEN": self.fake.token, "NUNCHI_DISCORD_REST_BASE_URL": self.fake.rest_url,
                    "NUNCHI_DISCORD_PROFILE": profile, "NUNCHI_WEB_ENABLED": "false"}
        return " ".join(f"{name}={value}" for name, value in settings.items())

    async def watch(self):
        """Shows what the bot says, for ever."""
        while True:
            for channel in list(self.fake.world.channels):
                for message in self.fake.messages.all(channel):
                    self._show(message)
            for interaction in list(self.fake.interactions.all()):
                if interaction.answer:
                    self._show(interaction.answer)
            await asyncio.sleep(0.1)

    def _show(self, message):
        emoji = " ".join(entry["emoji"]["name"] for entry in message.get("reactions", []))
        state = (message["content"], emoji)
        if self._seen.get(message["id"]) == state:
            return
        self._seen[message["id"]] = state
        if message["author"] is self.fake.world.bot:
            mark = "↪" if message["type"] == REPLY else "(only you)" if message["flags"] & 64 else "•"
            labels = [f"[{button['label']}]" for row in message["components"] for button in row["components"]]
            self.write(f"  bot {mark} {message['content']}  {' '.join(labels)}")
        elif emoji:
            self.write(f"  bot reacts {emoji}")

    def take(self, line):
        """False: the end."""
        word, _, rest = line.strip().partition(" ")
        if word in ("quit", "exit"):
            return False
        if line.startswith("/"):
            self._command(shlex.split(line[1:]))
        elif word in self._verbs():
            self._verbs()[word](rest)
        elif word:
            self._say(line)
        return True

    def _verbs(self):
        gateway = self.fake.gateway
        return {
            "@": lambda text: self._say(text, mention=True),
            "dm": lambda text: self._say(text, self.fake.direct_channel(self.user)),
            "edit": lambda text: self.last and self.fake.edit_message(self.last, text),
            "delete": lambda _: self.last and self.fake.delete_message(self.last),
            "menu": lambda _: self.last and self.fake.invoke_menu(self.user, self.last),
            "press": lambda _: self._press(),
            "drop": lambda _: gateway.drop_all(),
            "op7": lambda _: gateway.reconnect_all(),
            "op9": lambda _: gateway.invalidate(False),
            "help": lambda _: self.write(HELP),
        }

    def _say(self, text, channel=None, **about):
        self.last = self.fake.post_message(channel or self.channel, self.user, text, **about)

    def _press(self):
        answers = self.fake.replies_to(self.last) if self.last else []
        if answers and answers[-1]["components"]:
            self.fake.press(self.user, answers[-1])

    def _command(self, words):
        path = [word for word in words[1:] if "=" not in word]
        options = dict(word.split("=", 1) for word in words[1:] if "=" in word)
        self.fake.invoke_command(self.user, self.channel, words[0], *path, **options)


async def lines():
    """Of standard input, without blocking the loop."""
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        yield line.decode()


async def run(arguments):
    deviations = {Deviation[name.upper()] for name in arguments.deviation}
    async with FakeDiscord(port=arguments.port, deviations=deviations) as fake:
        terminal = Terminal(fake)
        print("Start the bot with\n\n  " + terminal.environment(arguments.profile) + " nunchi run\n\n" + HELP + "\n",
              flush=True)
        watching = asyncio.ensure_future(terminal.watch())
        async for line in lines():
            if not terminal.take(line):
                break
        watching.cancel()


def main():
    parser = argparse.ArgumentParser(prog="python -m fakes.discord", description=__doc__)
    parser.add_argument("--port", type=int, default=8910, help="REST and gateway; 0: one that is free")
    parser.add_argument("--profile", choices=("mention", "auto"), default="auto")
    parser.add_argument("--deviation", action="append", default=[],
                        choices=[deviation.name.lower() for deviation in Deviation],
                        help="what the server does against the documentation; may be repeated")
    asyncio.run(run(parser.parse_args()))
