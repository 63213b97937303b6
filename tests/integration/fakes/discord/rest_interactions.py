"""Routes of commands, callbacks and the webhooks of interactions."""

import asyncio

from .deviation import Deviation
from .error import RestError


class InteractionRoutes:
    def __init__(self, fake):
        self._fake = fake

    def table(self):
        of_application = "/applications/{application}"
        webhook = "/webhooks/{webhook}/{token}"
        table = {
            ("POST", "/interactions/{interaction}/{token}/callback"): self.respond,
            ("POST", webhook): self.follow_up,
            ("GET", webhook + "/messages/{message}"): self.get_message,
            ("PATCH", webhook + "/messages/{message}"): self.edit_message,
            ("DELETE", webhook + "/messages/{message}"): self.delete_message,
        }
        for commands in (of_application + "/commands", of_application + "/guilds/{guild}/commands"):
            table |= {("GET", commands): self.list_commands, ("PUT", commands): self.overwrite_commands,
                      ("POST", commands): self.add_command}
        return table

    def _check_application(self, request):
        if request.match_info["application"] != self._fake.world.application["id"]:
            raise RestError(50001)
        return request.match_info.get("guild")

    def list_commands(self, request, _body):
        return self._fake.commands.all(self._check_application(request))

    def overwrite_commands(self, request, body):
        return self._fake.commands.overwrite(body, self._check_application(request))

    def add_command(self, request, body):
        return self._fake.commands.add(body, self._check_application(request))

    async def respond(self, request, body):
        try:
            interaction = self._fake.interactions.respond(request.match_info["interaction"],
                                                          request.match_info["token"], body or {})
        except RestError as error:
            if error.code == 10062 and Deviation.LATE_CALLBACKS_ACCEPTED in self._fake.deviations:
                while request.transport is not None and not request.transport.is_closing():
                    await asyncio.sleep(0.02)
            raise
        if request.query.get("with_response") not in ("true", "1"):
            return None
        resource = {"type": body["type"], "message": interaction.original}
        return {"interaction": {"id": interaction.id, "type": interaction.payload["type"]}, "resource": resource}

    def _of_token(self, request):
        return self._fake.interactions.by_token(request.match_info["webhook"], request.match_info["token"])

    def _message(self, request, interaction):
        identity = request.match_info["message"]
        if identity == "@original":
            return self._fake.interactions.original(interaction)
        found = next((message for message in interaction.followups if message["id"] == identity), None)
        if found is None:
            raise RestError(10008)
        return found

    def follow_up(self, request, body):
        return self._fake.interactions.follow_up(self._of_token(request), body or {})

    def get_message(self, request, _body):
        return self._message(request, self._of_token(request))

    def edit_message(self, request, body):
        interaction = self._of_token(request)
        return self._fake.interactions.edit(interaction, self._message(request, interaction), body or {})

    def delete_message(self, request, _body):
        interaction = self._of_token(request)
        message = self._message(request, interaction)
        if message is interaction.original:
            interaction.original = None
        else:
            interaction.followups.remove(message)
