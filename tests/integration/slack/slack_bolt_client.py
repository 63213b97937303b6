"""slack_bolt as it is: the same as bolt_client.mjs, with its arguments."""

import sys

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

API_URL, TOKEN, SECRET, *PORT = sys.argv[1:]
app = App(client=WebClient(TOKEN, base_url=API_URL), signing_secret=SECRET if PORT else None)


@app.message("")
def answer(message, client, say, request):
    client.reactions_add(channel=message["channel"], timestamp=message["ts"], name="smile")
    retries = request.headers.get("x-slack-retry-num", [0])[0]
    button = {"type": "button", "action_id": "ask", "text": {"type": "plain_text", "text": "열기"}, "value": "x"}
    say(text=f"받았어요: {message['text']} ({retries})", thread_ts=message.get("thread_ts") or message["ts"],
        blocks=[{"type": "actions", "block_id": "row", "elements": [button]}])


@app.command("/echo")
def echo(ack, command, respond):
    ack(f"받았어요: {command['text']}")
    respond("다시")


@app.action("ask")
def ask(ack, body, client):
    ack()
    title = {"type": "plain_text", "text": "양식"}
    element = {"type": "plain_text_input", "action_id": "field"}
    client.views_open(trigger_id=body["trigger_id"], view={
        "type": "modal", "callback_id": "form", "title": title, "submit": title,
        "blocks": [{"type": "input", "block_id": "row", "label": title, "element": element}]})


@app.view("form")
def take_form(ack, view):
    if view["state"]["values"]["row"]["field"]["value"] == "":
        ack(response_action="errors", errors={"row": "비었어요"})
    else:
        ack()


@app.shortcut("read")
def read(ack, respond, shortcut):
    ack()
    respond(f"읽었어요: {shortcut['message']['text']}")


@app.event("app_home_opened")
def show_home(event, client):
    text = {"type": "mrkdwn", "text": "안녕하세요"}
    client.views_publish(user_id=event["user"], view={"type": "home", "blocks": [{"type": "section", "text": text}]})


if PORT:
    app.start(int(PORT[0]))
else:
    SocketModeHandler(app, SECRET, ping_interval=1).start()
