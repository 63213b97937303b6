"""slack_sdk as it is: the same as web_api_client.mjs, with its arguments."""

import json
import sys
import time

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler

API_URL, TOKEN, CHANNEL, USER, CLIENT_ID, CLIENT_SECRET, CODE = sys.argv[1:]
web = WebClient(TOKEN, base_url=API_URL)
web.retry_handlers.append(RateLimitErrorRetryHandler(max_retry_count=2))


def refused(method, **about):
    try:
        method(**about)
        return None
    except SlackApiError as error:
        return [error.response["error"], error.response.get("needed")]


def shares(file):
    for _ in range(50):
        found = list(web.files_info(file=file)["file"]["shares"])
        if found:
            return found
        time.sleep(0.1)
    return []


account = web.auth_test()
told = {"self": [account["user_id"], account["bot_id"], account["team_id"]],
        "scopes": "chat:write" in account.headers["x-oauth-scopes"],
        "channels": [found["name"] for page in web.conversations_list(limit=1) for found in page["channels"]],
        "member": web.conversations_info(channel=CHANNEL)["channel"]["is_member"],
        "members": len(web.conversations_members(channel=CHANNEL)["members"]),
        "admin": web.users_info(user=USER)["user"]["is_admin"], "emoji": list(web.emoji_list()["emoji"])}

blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "행복 <&>"}}]
ts = web.chat_postMessage(channel=CHANNEL, text="하나", blocks=blocks)["ts"]
told["updated"] = web.chat_update(channel=CHANNEL, ts=ts, text="둘")["ts"] == ts
told["ephemeral"] = bool(web.chat_postEphemeral(channel=CHANNEL, user=USER, text="셋")["message_ts"])
reaction = {"channel": CHANNEL, "timestamp": ts, "name": "cry"}
web.reactions_add(**reaction)
told["again"] = refused(web.reactions_add, **reaction)
told["reactions"] = [one["name"] for one in web.reactions_get(channel=CHANNEL, timestamp=ts)["message"]["reactions"]]
web.reactions_remove(**reaction)
web.chat_delete(channel=CHANNEL, ts=ts)
told["gone"] = refused(web.reactions_add, **reaction)
told["scope"] = refused(web.conversations_join, channel=CHANNEL)
told["limited"] = refused(web.team_info)[1]

uploaded = web.files_upload_v2(channel=CHANNEL, filename="a.png", content="그림".encode(), initial_comment="넷")
told["shared"] = shares(uploaded["file"]["id"])

client = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}
granted = web.oauth_v2_access(code=CODE, **client)
renewed = web.oauth_v2_access(grant_type="refresh_token", refresh_token=granted["refresh_token"], **client)
told["renewed"] = (renewed["access_token"].startswith("xoxe.xoxb-") and
                   renewed["access_token"] != granted["access_token"])
told["works"] = WebClient(renewed["access_token"], base_url=API_URL).auth_test()["ok"]
print(json.dumps(told))
