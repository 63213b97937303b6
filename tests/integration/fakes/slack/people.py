"""What people do in Slack, and what the app is told of it."""

from .delivery import COMMAND
from .deviation import Deviation


class People:
    """The part of FakeSlack that plays them. Channels, users and messages are Slack's JSON objects."""

    # Places.

    def add_team(self, name="team", **about):
        return self.world.add_team(name, **about)

    def add_user(self, team, name="철수", **about):
        return self.world.add_user(team, name, **about)

    def add_channel(self, team, name="일반", kind="channel", members=(), has_bot=True, **about):
        """`kind`: "channel", "group" (private) or "mpim"."""
        return self.world.add_channel(team, name, kind, [*members, team.bot] if has_bot else members, **about)

    def direct_channel(self, user, team=None):
        """Of the person and the bot."""
        return self.world.direct_channel(team or self.world.teams[user["team_id"]], user)

    def join(self, channel, user):
        if user["id"] not in self.world.members[channel["id"]]:
            self.world.members[channel["id"]].append(user["id"])
            self._tell_membership("member_joined_channel", channel, user)

    def leave(self, channel, user):
        self.world.members[channel["id"]].remove(user["id"])
        self._tell_membership("member_left_channel", channel, user)

    def _tell_membership(self, kind, channel, user):
        if kind in self.events.subscribed:
            self.events.send(self.world.team_of(channel), {
                "type": kind, "user": user["id"], "channel": channel["id"], "team": user["team_id"],
                "channel_type": channel["id"][0], "event_ts": self.messages.next_ts()})

    # Messages.

    def post_message(self, channel, user, text, *, thread=None, mention=False, is_told=True, **about):
        """A person writes. `mention`: to the bot by name. `thread`: the message that it answers.

        `about`: other fields (subtype, bot_id, files ...). `is_told` false: the app gets no event of it.
        """
        team = self.world.team_of(channel)
        if user and user["id"] not in self.world.members[channel["id"]]:
            self.world.members[channel["id"]].append(user["id"])
        if mention:
            text = f"<@{team.bot['id']}> {text}"
        thread_ts = (thread.get("thread_ts") or thread["ts"]) if thread else None
        message = self.messages.add(channel, text, user=user, thread_ts=thread_ts, **about)
        if is_told:
            self.tell(message)
        return message

    def tell(self, message):
        """The events of a message, once more if they went before: other event_ids, the same ts. Deliveries."""
        channel = self.world.channels[message["channel"]]
        names_bot = f"<@{self.world.team_of(channel).bot['id']}>" in message["text"]
        tellers = [self.events.announce]
        if names_bot and not channel["is_im"] and Deviation.MENTIONS_ONLY_AS_MESSAGES not in self.deviations:
            tellers.append(self.events.announce_mention)
        if Deviation.MENTION_FIRST in self.deviations:
            tellers.reverse()
        return [tell(channel, message) for tell in tellers]

    def edit_message(self, message, text):
        before = dict(message)
        message |= {"text": text, "edited": {"user": message.get("user"), "ts": self.messages.next_ts()}}
        return self.announce_change(self.world.channels[message["channel"]], message, before)

    def unfurl(self, message):
        """Slack adds the preview of a link: message_changed with the text as it was."""
        before = dict(message)
        message["attachments"] = [{"from_url": "https://example.com/", "id": 1, "title": "Example"}]
        return self.announce_change(self.world.channels[message["channel"]], message, before)

    def announce_change(self, channel, message, before):
        ts = self.messages.next_ts()
        return self.events.announce(channel, {
            "type": "message", "subtype": "message_changed", "hidden": True, "channel": channel["id"], "ts": ts,
            "message": self._inner(message), "previous_message": self._inner(before)})

    def delete_message(self, message):
        channel = self.world.channels[message["channel"]]
        self.messages.remove(channel["id"], message["ts"])
        ts = self.messages.next_ts()
        return self.events.announce(channel, {
            "type": "message", "subtype": "message_deleted", "hidden": True, "channel": channel["id"], "ts": ts,
            "deleted_ts": message["ts"], "previous_message": self._inner(message)})

    def _inner(self, message):
        return {key: value for key, value in self.messages.shown(message).items() if key != "reactions"}

    def react(self, message, user, name):
        self.messages.react(message, name, user["id"])
        return self.events.announce_reaction(self.world.channels[message["channel"]], message, name, user["id"])

    # Commands, buttons and forms.

    def run_command(self, user, channel, line, **about):
        """As it was typed: "/nunchi 설정"."""
        command, _, text = line.partition(" ")
        return self.interactions.command(user, channel, command, text, **about)

    def commands(self, name=None):
        return [delivery for delivery in self.deliveries.all(COMMAND) if name in (None, delivery.payload["command"])]

    def press(self, user, message, action_id=None, **about):
        """A button of a message; the first one unless an action_id is given."""
        return self.interactions.press(user, element(message["blocks"], action_id), message=message, **about)

    def press_in(self, user, view, action_id=None, **about):
        """The same in a form or an App Home."""
        return self.interactions.press(user, element(view["blocks"], action_id), view=view, **about)

    def use_shortcut(self, user, message, callback_id, **about):
        return self.interactions.shortcut(user, message, callback_id, **about)

    def submit(self, user, view, values, **about):
        return self.interactions.submit(user, view, values, **about)

    def open_home(self, user, tab="home", team=None):
        team = team or self.world.teams[user["team_id"]]
        view = self.views.homes.get((team.id, user["id"]))
        return self.events.send(team, {
            "type": "app_home_opened", "user": user["id"], "channel": self.direct_channel(user, team)["id"], "tab": tab,
            "event_ts": self.messages.next_ts(), **({"view": view} if view else {})})

    # The app itself.

    def uninstall(self, team):
        """The tokens end, and both events come."""
        self.tokens.revoke_all(team.id, "account_inactive")
        return [self.events.send(team, {"type": "tokens_revoked", "tokens": {"bot": [team.bot["id"]]},
                                        "event_ts": self.messages.next_ts()}),
                self.events.send(team, {"type": "app_uninstalled", "event_ts": self.messages.next_ts()})]


def element(blocks, action_id=None):
    """Of an actions block, or the accessory of a section; as block_actions tells of it."""
    for block in blocks:
        found = list(block.get("elements", []))
        found += [block["accessory"]] if "accessory" in block else []
        for candidate in found:
            if "action_id" in candidate and action_id in (None, candidate["action_id"]):
                return {**candidate, "block_id": block.get("block_id", "b")}
    raise AssertionError(f"there is no element {action_id or 'at all'} in {blocks}")
