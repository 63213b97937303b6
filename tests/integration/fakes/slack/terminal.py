"""The fake by hand: type messages, see what a bot does."""

import argparse
import asyncio
import sys

from .deviation import Deviation
from .fake import FakeSlack

HELP = """\
text            a message in the channel
@ text          a message that mentions the bot
dm text         a direct message
thread text     an answer to your last message
edit text       changes your last message
delete          deletes it
/name ...       a command: /nunchi 설정
shortcut ID     a message shortcut on your last message
press [ID]      a button of the bot's last message
home            opens the App Home
warning, refresh, drop, swallow     what becomes of the links
help, quit"""


class Terminal:
    def __init__(self, fake, write=print):
        self.fake = fake
        self.write = write
        self.team = fake.add_team()
        self.user = fake.add_user(self.team, is_admin=True)
        self.channel = fake.add_channel(self.team, members=(self.user,))
        self.last = None
        self._seen = {}

    def settings(self):
        fake = self.fake
        told = {"bot token": self.team.token.value, "Web API": fake.api_url}
        if fake.request_url:
            told |= {"signing secret": fake.signing_secret, "request URL": fake.request_url}
        else:
            told["app token"] = fake.app_token
        return "\n".join(f"  {name:15} {value}" for name, value in told.items())

    async def watch(self):
        """Shows what the bot says, for ever."""
        while True:
            for channel in list(self.fake.world.channels):
                for message in self.fake.messages.all(channel):
                    self._show(message["ts"], message)
            for number, message in enumerate(self.fake.messages.ephemeral):
                self._show(f"only you {number}", message)
            for interaction in self.fake.interactions.all():
                if interaction.immediate.get("text"):
                    self._show(interaction.trigger_id, interaction.immediate)
            await asyncio.sleep(0.1)

    def _show(self, key, message):
        emoji = " ".join(f":{entry['name']}:" for entry in message.get("reactions", []))
        state = (message.get("text"), emoji)
        if self._seen.get(key) == state:
            return
        self._seen[key] = state
        if message.get("user") == self.user["id"]:
            if emoji:
                self.write(f"  bot reacts {emoji}")
        else:
            mark = "↪" if message.get("thread_ts") else "•" if "ts" in message else "(only you)"
            self.write(f"  bot {mark} {message.get('text') or message.get('blocks')}")

    def take(self, line):
        """False: the end."""
        word, _, rest = line.strip().partition(" ")
        if word in ("quit", "exit"):
            return False
        if line.startswith("/"):
            self.fake.run_command(self.user, self.channel, line.strip())
        elif word in self._verbs():
            self._verbs()[word](rest)
        elif word:
            self._say(line.strip())
        return True

    def _verbs(self):
        fake, links = self.fake, self.fake.socket_mode
        return {
            "@": lambda text: self._say(text, mention=True),
            "dm": lambda text: self._say(text, fake.direct_channel(self.user)),
            "thread": lambda text: self._say(text, thread=self.last),
            "edit": lambda text: self.last and fake.edit_message(self.last, text),
            "delete": lambda _: self.last and fake.delete_message(self.last),
            "shortcut": lambda name: self.last and fake.use_shortcut(self.user, self.last, name),
            "press": lambda name: self._press(name or None),
            "home": lambda _: fake.open_home(self.user),
            "warning": lambda _: links.refresh("warning"),
            "refresh": lambda _: links.refresh(),
            "drop": lambda _: links.drop_all(),
            "swallow": lambda _: links.swallow_all(),
            "help": lambda _: self.write(HELP),
        }

    def _say(self, text, channel=None, **about):
        self.last = self.fake.post_message(channel or self.channel, self.user, text, **about)

    def _press(self, action_id):
        said = [message for message in self.fake.messages.all(self.channel["id"]) if message.get("blocks")]
        if said:
            self.fake.press(self.user, said[-1], action_id)


async def lines():
    """Of standard input, without blocking the loop."""
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        yield line.decode()


async def run(arguments):
    deviations = {Deviation[name.upper()] for name in arguments.deviation}
    async with FakeSlack(arguments.request_url, port=arguments.port, deviations=deviations) as fake:
        terminal = Terminal(fake)
        print("Start the bot with\n\n" + terminal.settings() + "\n\n" + HELP + "\n", flush=True)
        watching = asyncio.ensure_future(terminal.watch())
        async for line in lines():
            if not terminal.take(line):
                break
        watching.cancel()


def main():
    parser = argparse.ArgumentParser(prog="python -m fakes.slack", description=__doc__)
    parser.add_argument("--port", type=int, default=8911, help="of everything; 0: one that is free")
    parser.add_argument("--request-url", help="events, commands and buttons are posted there; without: Socket Mode")
    parser.add_argument("--deviation", action="append", default=[],
                        choices=[deviation.name.lower() for deviation in Deviation],
                        help="what the server does against the documentation; may be repeated")
    asyncio.run(run(parser.parse_args()))
