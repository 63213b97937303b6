"""Routes of the bot itself, of servers and of the gateway's address."""

from . import permission
from .deviation import Deviation
from .error import RestError


class PeopleRoutes:
    def __init__(self, fake):
        self._fake = fake

    def table(self):
        guild = "/guilds/{guild}"
        return {
            ("GET", "/gateway"): self.get_gateway,
            ("GET", "/gateway/bot"): self.get_gateway_bot,
            ("GET", "/users/@me"): lambda _request, _body: self._fake.world.bot,
            ("GET", "/users/@me/guilds"): self.list_guilds,
            ("POST", "/users/@me/channels"): self.open_direct_channel,
            ("GET", "/users/{user}"): self.get_user,
            ("GET", "/applications/@me"): self.get_application,
            ("GET", "/oauth2/applications/@me"): self.get_application,
            ("GET", guild): lambda request, _body: self._guild(request),
            ("GET", guild + "/channels"): self.list_channels,
            ("GET", guild + "/roles"): lambda request, _body: self._guild(request)["roles"],
            ("GET", guild + "/members/{user}"): self.get_member,
            ("GET", guild + "/threads/active"): self.list_threads,
        }

    def get_gateway(self, _request, _body):
        return {"url": self._fake.gateway_url}

    def get_gateway_bot(self, _request, _body):
        gateway = self._fake.gateway
        told = {"url": self._fake.gateway_url, "shards": gateway.recommended_shards,
                "session_start_limit": gateway.budget.as_json()}
        if Deviation.EVERY_SHARD_GETS_ALL in self._fake.deviations:
            told |= {"shards": 1, "session_start_limit": {**gateway.budget.as_json(), "remaining": 999}}
        return told

    def get_application(self, _request, _body):
        application = self._fake.world.application
        is_placeholder = Deviation.VERIFY_KEY_IS_PLACEHOLDER in self._fake.deviations
        return {**application, "verify_key": "x" if is_placeholder else self._fake.signer.public_key}

    def _guild(self, request):
        guild = self._fake.world.guild(request.match_info["guild"])
        if (guild["id"], self._fake.world.bot["id"]) not in self._fake.world.members:
            raise RestError(50001)
        return guild

    def list_guilds(self, request, _body):
        world = self._fake.world
        limit = int(request.query.get("limit", 200))
        return [{"id": guild["id"], "name": guild["name"], "icon": None, "features": [],
                 "owner": guild["owner_id"] == world.bot["id"],
                 "permissions": str(permission.in_guild(guild, world.members[guild["id"], world.bot["id"]]))}
                for guild in world.guilds.values() if (guild["id"], world.bot["id"]) in world.members][:limit]

    def list_channels(self, request, _body):
        return self._fake.world.channels_of(self._guild(request))

    def list_threads(self, request, _body):
        return {"threads": self._fake.world.channels_of(self._guild(request), threads=True), "members": []}

    def get_member(self, request, _body):
        guild = self._guild(request)
        member = self._fake.world.members.get((guild["id"], request.match_info["user"]))
        if member is None:
            raise RestError(10013)
        return member

    def get_user(self, request, _body):
        user = self._fake.world.users.get(request.match_info["user"])
        if user is None:
            raise RestError(10013)
        return user

    def open_direct_channel(self, _request, body):
        user = self._fake.world.users.get(str(body.get("recipient_id")))
        if user is None:
            raise RestError(10013)
        return self._fake.world.add_direct_channel(user)
