"""The application's commands, as bulk overwrite keeps and checks them."""

import re

from .deviation import Deviation
from .error import RestError, invalid

# \p{L}\p{N} is \w without the underscore, which the set has anyway.
NAME = re.compile(r"^[-'\w]{1,32}$")
CHAT_INPUT = 1
LOCALES = {"ko", "en-US", "en-GB", "ja", "de", "fr", "es-ES", "zh-CN", "zh-TW"}
CREATES_PER_DAY = 200


class Commands:
    def __init__(self, world, deviations):
        self._world = world
        self._deviations = deviations
        self._lists = {}  # by guild; None: global
        self.creates = 0
        self.writes = 0

    def all(self, guild_id=None):
        return list(self._lists.get(guild_id, []))

    def named(self, name, guild_id=None):
        """The command that a person in the guild would find under its default name."""
        both = self.all(guild_id) + self.all(None)
        return next((command for command in both if command["name"] == name), None)

    def overwrite(self, commands, guild_id=None):
        if not isinstance(commands, list):
            raise RestError(50035)
        if sum(command.get("type", 1) == CHAT_INPUT for command in commands) > 100:
            raise RestError(50035)
        for index, command in enumerate(commands):
            self._check(command, str(index))
        known = {(command["name"], command["type"]): command["id"] for command in self.all(guild_id)}
        made = [self._registered(command, known) for command in commands]
        new = sum((command["name"], command["type"]) not in known for command in made)
        if self.creates + new > CREATES_PER_DAY:
            raise RestError(30034)
        self.creates += new
        self.writes += 1
        self._lists[guild_id] = made
        return [self._shown(command) for command in made]

    def add(self, command, guild_id=None):
        kept = [old for old in self.all(guild_id) if old["name"] != command["name"]]
        return self.overwrite(kept + [command], guild_id)[-1]

    def _registered(self, command, known):
        kind = command.get("type", CHAT_INPUT)
        return {"options": [], "description": "", **command, "type": kind, "version": self._world.ids.next(),
                "application_id": self._world.application["id"], "default_permission": True,
                "id": known.get((command["name"], kind)) or self._world.ids.next()}

    def _shown(self, command):
        if Deviation.COMMANDS_WITHOUT_IDS in self._deviations:
            return {key: value for key, value in command.items() if key != "id"}
        return command

    def _check(self, command, path):
        name, kind = command.get("name", ""), command.get("type", CHAT_INPUT)
        is_fine = bool(NAME.match(name)) and name == name.lower() if kind == CHAT_INPUT else 1 <= len(name) <= 32
        if not is_fine:
            raise invalid(f"{path}.name", "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")
        if kind == CHAT_INPUT:
            self._check_description(command, path)
        elif command.get("description") or command.get("options"):
            raise invalid(f"{path}.description", "BASE_TYPE_BAD_LENGTH", "Must be 0 in length.")
        self._check_localizations(command, path)
        self._check_options(command.get("options") or [], path)

    def _check_description(self, thing, path):
        if not 1 <= len(thing.get("description") or "") <= 100:
            raise invalid(f"{path}.description", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length.")

    def _check_localizations(self, thing, path):
        for key in ("name_localizations", "description_localizations"):
            if any(locale not in LOCALES for locale in thing.get(key) or {}):
                raise invalid(f"{path}.{key}", "APPLICATION_COMMAND_INVALID_LOCALE", "Unknown locale")

    def _check_options(self, options, path):
        if len(options) > 25:
            raise invalid(f"{path}.options", "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.")
        was_optional = False
        for index, option in enumerate(options):
            place = f"{path}.options.{index}"
            if not NAME.match(option.get("name", "")):
                raise invalid(f"{place}.name", "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")
            self._check_description(option, place)
            self._check_localizations(option, place)
            if option.get("required") and was_optional:
                raise invalid(place, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", "Required options come first")
            was_optional = was_optional or (not option.get("required") and option["type"] > 2)
            if (option.get("name_localizations") or option.get("description_localizations")) and (
                    Deviation.OPTION_LOCALIZATIONS_REFUSED in self._deviations):
                raise invalid(f"{place}.name_localizations", "BASE_TYPE_UNKNOWN", "Unknown field")
            self._check_options(option.get("options") or [], place)
