"""A Slack of one's own on loopback: what tests hold in their hands."""

import json
import secrets
import socket

from aiohttp import web

from ..faults import Fault, Faults
from .clock import Clock
from .delivery import Deliveries
from .error import ApiError
from .events import Events
from .http_sender import HttpSender
from .interactions import Interactions
from .messages import Messages
from .methods_files import Files
from .methods_oauth import Oauth
from .people import People
from .rate_limits import RateLimits
from .record import Record
from .report import Report
from .signing import Signer
from .socket_mode import SocketMode
from .tokens import Tokens
from .views import Views
from .web_api import WebApi
from .world import World


class FakeSlack(People):
    """`async with FakeSlack() as fake`. `tls` is an ssl.SSLContext; without it everything is plain.

    Events go by Socket Mode while `request_url` is None, else they are posted there.
    """

    def __init__(self, request_url=None, tls=None, deviations=(), port=0):
        self.request_url = request_url
        self._tls = tls
        self._port = port
        self.deviations = set(deviations)
        self.writes_ascii = True  # \uXXXX and \/, as Slack does
        self.has_messages_tab = True
        self.link_base = None  # where links of Socket Mode are told to be, "ws://127.0.0.1:1"; None: here
        self.clock = Clock()
        self.record = Record()
        self.faults = Faults()
        self.signer = Signer(secrets.token_hex(16))
        self.tokens = Tokens(self.clock)
        self.world = World(self.tokens)
        self.messages = Messages()
        self.views = Views()
        self.files = Files()
        self.oauth = Oauth(self)
        self.rate_limits = RateLimits(self.clock)
        self.events = Events(self)
        self.interactions = Interactions(self)
        self.socket_mode = SocketMode(self)
        self.http = HttpSender(self)
        self.deliveries = Deliveries(self, self.socket_mode, self.http)
        self.report = Report(self)
        self.api = WebApi(self)
        self._app_token = self.tokens.issue("app", scopes=("connections:write", "authorizations:read"))

    # Its life.

    async def __aenter__(self):
        application = web.Application(client_max_size=25 << 20)
        self.api.add_to(application)
        self.files.add_to(application)
        self.oauth.add_to(application)
        application.router.add_get("/link/", self.socket_mode.serve)
        application.router.add_post("/commands/{token:.*}", self._take_response)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        listener = socket.create_server(("127.0.0.1", self._port))
        await web.SockSite(self._runner, listener, ssl_context=self._tls).start()
        self.port = listener.getsockname()[1]
        return self

    async def __aexit__(self, *_):
        await self.deliveries.stop()
        self.socket_mode.drop_all()
        await self.http.stop()
        await self._runner.cleanup()

    async def _take_response(self, request):
        fault, body = self.faults.at("call response_url"), await request.read()
        response = web.Response(text="ok")
        if fault is not Fault.DROP:
            try:
                self.interactions.respond(request.match_info["token"], body)
            except ApiError as error:
                response = web.json_response(error.body, status=error.status)
        if fault:
            request.transport.abort()
        return response

    # Its addresses and secrets.

    @property
    def base_url(self):
        return f"{'https' if self._tls else 'http'}://127.0.0.1:{self.port}"

    @property
    def api_url(self):
        return f"{self.base_url}/api/"

    @property
    def app_token(self):
        return self._app_token.value

    @property
    def signing_secret(self):
        return self.signer.secret

    def link_url(self):
        """A new one for every connection."""
        base = self.link_base or f"{'wss' if self._tls else 'ws'}://127.0.0.1:{self.port}"
        return f"{base}/link/?{self.socket_mode.ticket()}"

    def response_url(self, token):
        return f"{self.base_url}/commands/{token}"

    def as_json(self, value):
        text = json.dumps(value, ensure_ascii=self.writes_ascii)
        return text.replace("/", "\\/") if self.writes_ascii else text

    # What tests wait for.

    async def until(self, condition, within=10.0, what="what was expected"):
        return await self.record.until(condition, within, what)

    def reactions_to(self, message):
        """The names of the bot's reactions."""
        team = self.world.team_of(self.world.channels[message["channel"]])
        return self.messages.reactions_of(message, team.bot["id"])

    def replies_to(self, message):
        """The bot's messages in the thread that the message is in or begins, behind it; oldest first."""
        team = self.world.team_of(self.world.channels[message["channel"]])
        thread_ts = message.get("thread_ts") or message["ts"]
        return [found for found in self.messages.all(message["channel"])
                if found.get("thread_ts") == thread_ts and found.get("user") == team.bot["id"] and
                found["ts"] > message["ts"]]

    async def expect_reaction(self, message, within=10.0):
        return (await self.until(lambda: self.reactions_to(message), within, "a reaction"))[0]

    async def expect_reply(self, message, within=10.0):
        return (await self.until(lambda: self.replies_to(message), within, "a reply"))[0]

    async def expect_answer(self, interaction, within=10.0):
        """The first thing that the person sees."""
        return (await self.until(lambda: interaction.answers, within, "an answer to the interaction"))[0]

    async def expect_view(self, interaction, within=10.0):
        return await self.until(lambda: interaction.view, within, "a view")

    async def until_delivered(self, within=10.0):
        """Nothing is on its way or waits for a retry."""
        await self.until(lambda: all(delivery.is_over for delivery in self.deliveries.all()), within, "the deliveries")
