"""A Discord of one's own on loopback: what tests hold in their hands."""

import asyncio
import json
import socket

import aiohttp
from aiohttp import web

from ..faults import Faults
from . import intents, world
from .commands import Commands
from .gateway import Gateway
from .interactions import AUTOCOMPLETE, COMMAND, COMPONENT, Interactions
from .messages import Messages
from .rate_limits import RateLimits
from .record import Record
from .rest import Rest
from .signing import Signer

CHAT_INPUT, MESSAGE_MENU = 1, 3
STRING, INTEGER, BOOLEAN = 3, 4, 5
PREFIX = "/api/v10"


class FakeDiscord:
    """`async with FakeDiscord() as fake`. REST and gateway share a port unless `gateway_apart`.

    `tls` is an ssl.SSLContext; without it everything is plain.
    """

    def __init__(self, token="fake-token", tls=None, gateway_apart=False, deviations=(), port=0):
        self.token = token
        self._tls = tls
        self._gateway_apart = gateway_apart
        self._port = port
        self.deviations = set(deviations)
        self.allowed_intents = intents.PRIVILEGED
        self.record = Record()
        self.faults = Faults()
        self.world = world.World()
        self.messages = Messages(self.world)
        self.commands = Commands(self.world, self.deviations)
        self.interactions = Interactions(self)
        self.rate_limits = RateLimits(self.deviations)
        self.signer = Signer()
        self.gateway = Gateway(self)
        self.rest = Rest(self, PREFIX)
        self.replay_of = list  # what a resume replays of what was missed; a test may shuffle or thin it
        self.gateway_path = ""
        self.resume_path = "/resumed"
        self.resume_port = None  # another one than the gateway's
        self._resume_url = None
        self._runners = []

    # Its life.

    async def __aenter__(self):
        rest = web.Application(client_max_size=25 << 20)
        gateway = web.Application() if self._gateway_apart else rest
        self.rest.add_to(rest)
        gateway.router.add_get("/{path:.*}", self._serve_gateway)
        self.rest_port = await self._listen(rest, self._port)
        self.gateway_port = await self._listen(gateway, 0) if self._gateway_apart else self.rest_port
        return self

    async def _listen(self, application, port):
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        listener = socket.create_server(("127.0.0.1", port))
        await web.SockSite(runner, listener, ssl_context=self._tls).start()
        self._runners.append(runner)
        return listener.getsockname()[1]

    async def __aexit__(self, *_):
        self.gateway.drop_all()
        for runner in self._runners:
            await runner.cleanup()

    async def _serve_gateway(self, request):
        if self.gateway.refuses_upgrade or request.headers.get("Upgrade", "").lower() != "websocket":
            raise web.HTTPServiceUnavailable if self.gateway.refuses_upgrade else web.HTTPNotFound
        return await self.gateway.serve(request)

    # Its addresses.

    @property
    def rest_url(self):
        return f"{'https' if self._tls else 'http'}://127.0.0.1:{self.rest_port}{PREFIX}"

    @property
    def gateway_url(self):
        return f"{'wss' if self._tls else 'ws'}://127.0.0.1:{self.gateway_port}{self.gateway_path}"

    @property
    def resume_url(self):
        """What READY tells; may be set to any other address."""
        if self._resume_url:
            return self._resume_url
        port = self.resume_port or self.gateway_port
        return f"{'wss' if self._tls else 'ws'}://127.0.0.1:{port}{self.resume_path}"

    @resume_url.setter
    def resume_url(self, url):
        self._resume_url = url

    # What people do.

    def add_user(self, name="철수", **about):
        return self.world.add_user(name, **about)

    def add_guild(self, name="서버", owner=None, identity=None):
        """With the bot in it."""
        guild = self.world.add_guild(name, owner or self.add_user("주인"), identity)
        self.gateway.dispatch("GUILD_CREATE", self.world.guild_create(guild), guild["id"])
        return guild

    def owner_of(self, guild):
        return self.world.users[guild["owner_id"]]

    def add_channel(self, guild, name="일반", kind=world.TEXT, **about):
        channel = self.world.add_channel(guild, name, kind, **about)
        self.gateway.dispatch("CHANNEL_CREATE", channel, guild["id"])
        return channel

    def add_thread(self, parent, name="스레드"):
        """Also a post of a forum."""
        guild = self.world.guild_of(parent)
        thread = self.world.add_channel(guild, name, world.THREADS[1], parent=parent)
        self.gateway.dispatch("THREAD_CREATE", {**thread, "newly_created": True}, guild["id"])
        return thread

    def join(self, guild, user, roles=()):
        return self.world.add_member(guild, user, roles)

    def direct_channel(self, user):
        return self.world.add_direct_channel(user)

    def post_message(self, channel, author, content, *, reply_to=None, mention=False, **about):
        """A person writes. `mention`: to the bot by name."""
        if mention:
            content = f"<@{self.world.bot['id']}> {content}"
        guild = self.world.guild_of(channel)
        if guild and (guild["id"], author["id"]) not in self.world.members and not about.get("webhook_id"):
            self.join(guild, author)
        reference = {"message_id": reply_to["id"]} if reply_to else None
        message = self.messages.add(channel, author, content, reference=reference, **about)
        self.announce("MESSAGE_CREATE", message, channel)
        return message

    def announce(self, event, message, channel):
        """Tells the sessions of a message."""
        self.gateway.dispatch(event, self.event_of(message, channel), channel.get("guild_id"), channel)
        self.record.wake()

    def event_of(self, message, channel):
        """As the gateway shows it: with server and member."""
        data = {**message, "channel_type": channel["type"]}
        if channel.get("guild_id"):
            data["guild_id"] = channel["guild_id"]
            member = self.world.members.get((channel["guild_id"], message["author"]["id"]))
            if member:
                data["member"] = {key: value for key, value in member.items() if key != "user"}
        return data

    def edit_message(self, message, content):
        message |= {"content": content, "edited_timestamp": world.timestamp()}
        self.announce("MESSAGE_UPDATE", message, self.world.channel(message["channel_id"]))

    def delete_message(self, message):
        self.remove_message(self.world.channel(message["channel_id"]), message)

    def remove_message(self, channel, message):
        self.messages.remove(channel["id"], message["id"])
        data = {"id": message["id"], "channel_id": channel["id"]}
        if channel.get("guild_id"):
            data["guild_id"] = channel["guild_id"]
        self.gateway.dispatch("MESSAGE_DELETE", data, channel.get("guild_id"), channel)
        self.record.wake()

    # Interactions: made, and given to the sessions unless `deliver` is False.

    def invoke_command(self, user, channel, name, *path, deliver=True, **use):
        """/name sub option:value. Keywords that are no option: locale, member_permissions."""
        about = {key: use.pop(key) for key in ("locale", "member_permissions") if key in use}
        command = self.commands.named(name, channel.get("guild_id")) or {}
        options = [{"name": key, "type": self._type_of(value), "value": value} for key, value in use.items()]
        for part in reversed(path):
            options = [{"name": part, "type": 1, "options": options}]
        data = {"id": command.get("id", self.world.ids.next()), "name": name, "type": CHAT_INPUT, "options": options}
        return self._deliver(self.interactions.make(COMMAND, data, user, channel, **about), deliver)

    @staticmethod
    def _type_of(value):
        if isinstance(value, bool):
            return BOOLEAN
        return INTEGER if isinstance(value, int) else STRING

    def invoke_menu(self, user, message, name="Read emotion", deliver=True, **about):
        channel = self.world.channel(message["channel_id"])
        command = self.commands.named(name) or {}
        data = {"id": command.get("id", self.world.ids.next()), "name": name, "type": MESSAGE_MENU,
                "target_id": message["id"], "resolved": {"messages": {message["id"]: message}}}
        return self._deliver(self.interactions.make(COMMAND, data, user, channel, **about), deliver)

    def press(self, user, message, custom_id=None, deliver=True, **about):
        """A button of a message; the first one unless a custom_id is given (also one that does not exist)."""
        channel = self.world.channel(message["channel_id"])
        custom_id = custom_id or message["components"][0]["components"][0]["custom_id"]
        data = {"custom_id": custom_id, "component_type": 2}
        return self._deliver(self.interactions.make(COMPONENT, data, user, channel, message=message, **about),
                             deliver)

    def autocomplete(self, user, channel, name, option, partial, deliver=True):
        data = {"id": self.world.ids.next(), "name": name, "type": CHAT_INPUT,
                "options": [{"name": option, "type": STRING, "value": partial, "focused": True}]}
        return self._deliver(self.interactions.make(AUTOCOMPLETE, data, user, channel), deliver)

    def _deliver(self, interaction, deliver):
        if deliver:
            self.gateway.dispatch("INTERACTION_CREATE", interaction.payload, interaction.payload.get("guild_id"))
        return interaction

    async def post_interaction(self, url, payload, *, body=None, headers=None):
        """To the bot's HTTP endpoint, signed. (status, its JSON; None when it is none)."""
        body = json.dumps(payload, ensure_ascii=False).encode() if body is None else body
        headers = self.signer.headers(body) if headers is None else headers
        timeout = aiohttp.ClientTimeout(10)
        async with aiohttp.ClientSession(timeout=timeout) as session, session.post(url, data=body,
                                                                                   headers=headers) as response:
            is_json = response.content_type == "application/json"
            return response.status, await response.json() if is_json else None

    # What tests wait for.

    async def until(self, condition, within=10.0, what="what was expected"):
        return await self.record.until(condition, within, what)

    def replies_to(self, message):
        """The bot's messages that answer it, oldest first."""
        return [found for found in self.messages.all(message["channel_id"])
                if found["author"] is self.world.bot and
                found.get("message_reference", {}).get("message_id") == message["id"]]

    async def expect_reply(self, message, within=10.0):
        replies = await self.until(lambda: self.replies_to(message), within, f"a reply to {message['content']!r}")
        return replies[0]

    async def expect_reaction(self, message, within=10.0):
        """The emoji that the bot gave it."""
        def mine():
            return [entry["emoji"]["name"] for entry in message.get("reactions", []) if entry["me"]]
        return (await self.until(mine, within, f"a reaction to {message['content']!r}"))[0]

    async def expect_answer(self, interaction, within=10.0):
        return await self.until(lambda: interaction.answer, within, "an answer to the interaction")

    @staticmethod
    async def pause(seconds):
        await asyncio.sleep(seconds)
