"""The gateway: sessions, who gets what, logins and resumes."""

import asyncio
import itertools
import random

from . import intents
from .connection import (HELLO, IDENTIFY, INVALID_SESSION, RECONNECT, RESUME, Connection)
from .deviation import Deviation
from .identify_budget import IdentifyBudget
from .session import Session
from .snowflake import shard_of


class Gateway:
    def __init__(self, fake):
        self._fake = fake
        self.deviations = fake.deviations
        self.record = fake.record
        self.faults = fake.faults
        self.connections = set()
        self.sessions = {}
        self.budget = IdentifyBudget()
        self._numbers = itertools.count(1)
        # What a script may change at any time.
        self.heartbeat_interval_ms = 41250
        self.hello_delay = 0.0
        self.says_hello = True
        self.ready_delay = 0.0
        self.says_ready = True
        self.acks = True
        self.ignores_close = False
        self.close_timeout = 1.0
        self.split_bytes = None
        self.closes_at_once = None  # a close code in place of Hello
        # In place of READY and of RESUMED: a close code, or op 9 with this d.
        self.answers_identify = None
        self.answers_resume = None
        self.withholds_content = False  # as if MESSAGE_CONTENT had not been asked for
        self.padding = 0  # bytes added to READY
        self.recommended_shards = 1
        self.required_shards = 1
        self.refuses_upgrade = False

    # What a script may do.

    @property
    def connection(self):
        """The newest one that stands."""
        standing = [connection for connection in self.connections if connection.is_open]
        return max(standing, key=lambda connection: connection.number, default=None)

    async def until_ready(self, within=20.0, shards=1):
        def ready():
            standing = [session for session in self.sessions.values()
                        if session.connection and session.connection.is_open]
            return standing if len(standing) >= shards else None
        return await self.record.until(ready, within, "a session with a connection")

    def drop_all(self):
        for connection in list(self.connections):
            connection.drop()

    def reconnect_all(self):
        for connection in list(self.connections):
            connection.send(RECONNECT)

    def invalidate(self, resumable):
        for connection in list(self.connections):
            if connection.session and not resumable:
                connection.session.is_valid = False
            connection.send(INVALID_SESSION, resumable)

    def restart(self):
        """As a server that is replaced: op 7 first, unless it deviates. Sessions survive."""
        if Deviation.RESTART_DROPS not in self.deviations:
            self.reconnect_all()
        else:
            self.drop_all()

    def forget_sessions(self):
        for session in self.sessions.values():
            session.is_valid = False

    def dispatch(self, event, data, guild_id=None, channel=None):
        """To every session that is to get it."""
        for session in list(self.sessions.values()):
            if session.is_valid and self._gets(session, event, guild_id, channel):
                session.dispatch(event, self._seen_by(session, event, data))

    # The protocol.

    async def serve(self, request):
        connection = Connection(self, next(self._numbers), request)
        self.connections.add(connection)
        return await connection.run(request)

    async def greet(self, connection):
        if self.closes_at_once:
            return connection.close(self.closes_at_once)
        await asyncio.sleep(self.hello_delay)
        if self.says_hello and connection.is_open:
            interval = 30000 if Deviation.SILENCE_CLOSES in self.deviations else self.heartbeat_interval_ms
            connection.hello_at = asyncio.get_running_loop().time()
            connection.send(HELLO, {"heartbeat_interval": interval, "_trace": ["fake"]})
        return None

    def silence_limit(self, connection):
        """Seconds without a word after which a client is closed."""
        if Deviation.SILENCE_CLOSES in self.deviations:
            return 45.0 if connection.session else 30.0
        return max(3 * self.heartbeat_interval_ms / 1000, 60.0)

    def take(self, connection, op, d):
        if op == IDENTIFY:
            return self._identify(connection, d if isinstance(d, dict) else {})
        if op == RESUME:
            return self._resume(connection, d if isinstance(d, dict) else {})
        if op in (3, 4, 8, 31):
            return None if connection.session else connection.close(4003)
        return None if Deviation.BAD_PAYLOADS_IGNORED in self.deviations else connection.close(4001)

    def _is_token(self, token):
        if Deviation.TOKEN_WITH_PREFIX_ACCEPTED in self.deviations and isinstance(token, str):
            token = token.removeprefix("Bot ")
        return token == self._fake.token and not self.budget.is_token_reset

    def _refuse(self, connection, answer):
        if answer is None or isinstance(answer, bool):
            return connection.send(INVALID_SESSION, bool(answer))
        return connection.close(answer)

    def _refuse_token(self, connection):
        connection.close(4000 if Deviation.BAD_TOKEN_IS_UNKNOWN_ERROR in self.deviations else 4004)

    def _identify(self, connection, d):
        if connection.session:
            return connection.close(4005)
        if not self._is_token(d.get("token")):
            return self._refuse_token(connection)
        shard, count = d.get("shard") or (0, 1)
        code = self._reason_to_close(shard, count, d.get("intents"))
        let_in = self.budget.take(shard)
        if code:
            return connection.close(code)
        if self.answers_identify is not None or not let_in:
            return self._refuse(connection, self.answers_identify)
        session = Session(shard, count, d["intents"])
        session.direct_channels = {channel["id"] for channel in self._fake.world.channels.values()
                                   if channel["type"] == 1}
        return self._later(connection, lambda: self._begin(connection, session))

    def _reason_to_close(self, shard, count, wanted):
        if not isinstance(wanted, int) or wanted & ~intents.KNOWN:
            return 4013
        if not 0 <= shard < count:
            return 4010
        if count < self.required_shards:
            return 4011
        missing = wanted & intents.PRIVILEGED & ~self._fake.allowed_intents
        return 4014 if missing and Deviation.INTENTS_IGNORED not in self.deviations else None

    def _later(self, connection, action):
        if not self.says_ready:
            return
        if self.ready_delay:
            asyncio.get_running_loop().call_later(self.ready_delay, action)
        else:
            action()

    def _begin(self, connection, session):
        self.sessions[session.id] = session
        connection.session = session
        session.attach(connection)
        world = self._fake.world
        guilds = [guild for guild in world.guilds.values() if self._gets(session, "GUILD_CREATE", guild["id"], None)]
        ready = {
            "v": 9 if Deviation.READY_OF_VERSION_NINE in self.deviations else 10, "user": world.bot,
            "guilds": [{"id": guild["id"], "unavailable": True} for guild in guilds], "session_id": session.id,
            "resume_gateway_url": self._fake.resume_url, "shard": [session.shard, session.shard_count],
            "application": {"id": world.application["id"], "flags": world.application["flags"]},
            "session_type": "normal", "private_channels": [], "relationships": [], "user_settings": {},
            "presences": [], "guild_join_requests": [], "geo_ordered_rtc_regions": [], "_trace": ["x" * self.padding],
        }
        is_zero = Deviation.READY_HAS_SEQUENCE_ZERO in self.deviations
        session.dispatch("READY", ready, sequence=0 if is_zero else None)
        if Deviation.READY_OF_VERSION_NINE in self.deviations:
            session.dispatch("READY_SUPPLEMENTAL", {"merged_members": [], "unheard_of": random.random()})
        for guild in guilds:
            session.dispatch("GUILD_CREATE", world.guild_create(guild))
        self.record.wake()

    def _resume(self, connection, d):
        if connection.session:
            return connection.close(4005)
        if not self._is_token(d.get("token")):
            return self._refuse_token(connection)
        session = self.sessions.get(d.get("session_id"))
        is_refused = Deviation.RESUMES_REFUSED in self.deviations or session is None or not session.is_resumable
        if self.answers_resume is not None or is_refused:
            return self._refuse(connection, self.answers_resume)
        sequence = d.get("seq")
        if not isinstance(sequence, int) or sequence > session.sequence:
            return connection.close(4007)
        return self._later(connection, lambda: self._replay(connection, session, sequence))

    def _replay(self, connection, session, sequence):
        connection.session = session
        if session.connection:
            session.connection.close(4009)
        for missed in self._fake.replay_of(session.missed(sequence)):
            connection.send_dispatch(*missed)
        session.attach(connection)
        session.dispatch("RESUMED", {"_trace": ["fake"]})
        self.record.wake()

    def _gets(self, session, event, guild_id, channel):
        is_interaction = event == "INTERACTION_CREATE"
        is_all = Deviation.EVERY_SHARD_GETS_ALL in self.deviations
        if not is_all and session.shard != shard_of(guild_id, session.shard_count):
            return False
        if channel and channel["type"] == 1 and Deviation.NEW_DIRECT_CHANNELS_SILENT in self.deviations:
            return is_interaction or channel["id"] in session.direct_channels
        return Deviation.INTENTS_IGNORED in self.deviations or intents.is_let_through(
            event, guild_id is not None, session.intents)

    def _seen_by(self, session, event, data):
        if Deviation.INTENTS_IGNORED in self.deviations or event not in ("MESSAGE_CREATE", "MESSAGE_UPDATE"):
            return data
        held = session.intents & ~(intents.MESSAGE_CONTENT if self.withholds_content else 0)
        return intents.visible(data, self._fake.world.bot["id"], held)
