"""views.*: App Homes and forms."""

import secrets

from . import arguments
from .error import ApiError
from .method import Method


def invalid(message):
    return ApiError("invalid_arguments", response_metadata={"messages": [f"[ERROR] {message}"]})


class ViewMethods:
    def __init__(self, fake):
        self._fake = fake
        self._views = fake.views

    def table(self):
        return {
            "views.publish": Method(self.publish, tier=4),
            "views.open": Method(self.open, tier=4),
            "views.push": Method(self.push, tier=4),
            "views.update": Method(self.update, tier=4),
        }

    @staticmethod
    def _view(args, kind):
        view = arguments.structure(args, "view", "invalid_arguments")
        is_fine = isinstance(view, dict) and view.get("type") == kind and isinstance(view.get("blocks"), list)
        if not is_fine or len(view["blocks"]) > 100 or (kind == "modal" and "title" not in view):
            raise invalid("failed to match view")
        if kind == "modal" and len(view["title"].get("text", "")) > 24:
            raise invalid("must be less than 25 characters")
        return view

    def _made(self, team, view):
        identity = self._fake.world.next_id("V")
        return {"id": identity, "team_id": team.id, "callback_id": "", "private_metadata": "", "external_id": "",
                "state": {"values": {}}, "hash": f"{self._fake.messages.next_ts()}{secrets.token_hex(3)}",
                "clear_on_close": False, "notify_on_close": False, "root_view_id": identity,
                "previous_view_id": None, "app_id": self._fake.world.app_id, "bot_id": team.bot_id,
                "app_installed_team_id": team.id, **view}

    def _check_hash(self, args, known):
        if args.get("hash") and known and args["hash"] != known["hash"]:
            raise ApiError("hash_conflict")

    def publish(self, request):
        user = self._fake.world.user(arguments.text(request.args, "user_id", "invalid_arguments"))
        view = self._view(request.args, "home")
        self._check_hash(request.args, self._views.homes.get((request.team.id, user["id"])))
        made = self._made(request.team, view)
        self._views.homes[request.team.id, user["id"]] = made
        return {"view": made}

    def _interaction(self, request):
        return self._fake.interactions.by_trigger(arguments.text(request.args, "trigger_id", "invalid_arguments"))

    def _show(self, request, previous=None):
        interaction = self._interaction(request)
        made = self._made(request.team, self._view(request.args, "modal"))
        if previous:
            made |= {"previous_view_id": previous["id"], "root_view_id": previous["root_view_id"]}
        interaction.view = self._views.open[made["id"]] = made
        return {"view": made}

    def open(self, request):
        return self._show(request)

    def push(self, request):
        previous = self._interaction(request).payload.get("view")
        if previous is None:
            raise ApiError("not_found")
        return self._show(request, previous)

    def update(self, request):
        known = self._views.open.get(request.args.get("view_id"))
        if known is None:
            raise ApiError("not_found")
        view = self._view(request.args, "modal")
        self._check_hash(request.args, known)
        known |= {**view, "hash": f"{self._fake.messages.next_ts()}{secrets.token_hex(3)}"}
        return {"view": known}
