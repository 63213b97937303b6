"""auth.*, apps.*, users.*, team.*, emoji.*"""

from . import arguments
from .error import ApiError
from .method import Method


class PeopleMethods:
    def __init__(self, fake):
        self._fake = fake
        self._world = fake.world

    def table(self):
        return {
            "api.test": Method(lambda request: {"args": request.args}, tier=4, token=None),
            "auth.test": Method(self.test, tier=None),
            "auth.revoke": Method(self.revoke, takes_json=False),
            "apps.connections.open": Method(self.open_connection, ("connections:write",), token="app"),
            "apps.event.authorizations.list": Method(self.authorizations, ("authorizations:read",), tier=4,
                                                     token="app"),
            "users.info": Method(self.info, ("users:read",), tier=4, takes_json=False),
            "users.list": Method(self.list, ("users:read",), tier=2, takes_json=False),
            "bots.info": Method(self.bot_info, ("users:read",), takes_json=False),
            "team.info": Method(self.team_info, ("team:read",), takes_json=False),
            "emoji.list": Method(self.emoji, ("emoji:read",), tier=2, takes_json=False),
        }

    def test(self, request):
        team = request.team
        told = {"url": f"https://{team.domain}.slack.com/", "team": team.name, "user": team.bot["name"],
                "team_id": team.id, "user_id": team.bot["id"], "bot_id": team.bot_id,
                "is_enterprise_install": team.is_org_install}
        return told | ({"enterprise_id": team.enterprise_id} if team.enterprise_id else {})

    def revoke(self, request):
        request.token.error = "token_revoked"
        return {"revoked": True}

    def open_connection(self, _request):
        return {"url": self._fake.link_url()}

    def authorizations(self, request):
        arguments.text(request.args, "event_context", "missing_argument")
        return {"authorizations": [{"enterprise_id": team.enterprise_id, "team_id": team.id,
                                    "user_id": team.bot["id"], "is_bot": True, "is_enterprise_install": False}
                                   for team in self._world.teams.values()]}

    def info(self, request):
        user = self._world.user(arguments.text(request.args, "user", "user_not_found"))
        known = {user["team_id"] for user in self._world.users.values()
                 if any(user["id"] in self._world.members[channel["id"]] for channel in self._world.channels.values()
                        if channel["context_team_id"] == request.team.id)}
        if user["team_id"] not in known | {request.team.id} and not user.get("is_stranger"):
            raise ApiError("user_not_visible")
        return {"user": user}

    def list(self, request):
        own = [user for user in self._world.users.values() if user["team_id"] == request.team.id]
        members, told = arguments.page(request.args, own)
        return {"members": members, "response_metadata": told}

    def bot_info(self, request):
        team = next((team for team in self._world.teams.values() if team.bot_id == request.args.get("bot")), None)
        if team is None:
            raise ApiError("bot_not_found")
        return {"bot": {"id": team.bot_id, "deleted": False, "name": team.bot["name"], "updated": 0,
                        "app_id": self._world.app_id, "user_id": team.bot["id"], "icons": {}}}

    def team_info(self, request):
        team = request.team
        return {"team": {"id": team.id, "name": team.name, "domain": team.domain, "email_domain": "", "icon": {}}}

    def emoji(self, _request):
        return {"emoji": dict(self._world.emoji), "cache_ts": "1577836800.000000"}
