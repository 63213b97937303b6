"""slack_sdk as it is: the same as socket_mode_client.mjs. Arguments: Web API's address, app's and bot's token."""

import sys
import threading

from slack_sdk import WebClient
from slack_sdk.socket_mode import SocketModeClient
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.webhook import WebhookClient

API_URL, APP_TOKEN, BOT_TOKEN = sys.argv[1:]
web = WebClient(BOT_TOKEN, base_url=API_URL)
SELF = web.auth_test()["user_id"]


def take(client, request):
    text = request.payload.get("text", "")
    answer = {"text": f"받았어요: {text}"} if request.type == "slash_commands" else None
    client.send_socket_mode_response(SocketModeResponse(request.envelope_id, answer))
    if request.type == "slash_commands":
        WebhookClient(request.payload["response_url"]).send(text="다시")
    elif request.type == "events_api":
        take_event(request.payload["event"], request.retry_attempt)


def take_event(event, retries):
    if event["type"] != "message" or event.get("user") == SELF or "subtype" in event:
        return
    web.reactions_add(channel=event["channel"], timestamp=event["ts"], name="smile")
    web.chat_postMessage(channel=event["channel"], thread_ts=event.get("thread_ts") or event["ts"],
                         text=f"받았어요: {event['text']} ({retries})")


client = SocketModeClient(APP_TOKEN, web_client=WebClient(base_url=API_URL), ping_interval=1)
client.socket_mode_request_listeners.append(take)
client.connect()
threading.Event().wait()
