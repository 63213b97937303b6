"""Events, commands and interactions by HTTP: signed, timed, and brought again."""

import asyncio
import dataclasses
import json
import ssl
import time
import urllib.parse

import aiohttp
from multidict import CIMultiDict

from ..faults import Fault
from .delivery import COMMAND, EVENT

MAX_REDIRECTS = 2
GIVES_UP_AFTER = 30.0  # seconds with an answer that nobody waits for any more


@dataclasses.dataclass
class Answer:
    status: int
    headers: dict
    text: str

    @property
    def json(self):
        return json.loads(self.text)


def failure_of(error):
    """As X-Slack-Retry-Reason names it."""
    if isinstance(error, aiohttp.TooManyRedirects):
        return "too_many_redirects"
    if isinstance(error, (aiohttp.ClientSSLError, ssl.SSLError)):
        return "ssl_error"
    if isinstance(error, (aiohttp.ClientConnectionError, OSError)):
        return "connection_failed"
    return "unknown_error"


class HttpSender:
    def __init__(self, fake):
        self._fake = fake
        self._session = None
        self._posts = set()
        self.json_type = "application/json"
        self.form_type = "application/x-www-form-urlencoded"
        self.ssl = None  # an ssl.SSLContext that trusts the app's certificate
        self.headers = {}  # beside, or in place of, those of every delivery
        self.mangle = bytes  # what becomes of the body of every delivery before it is signed

    async def stop(self):
        for task in list(self._posts):
            task.cancel()
        await asyncio.gather(*self._posts, return_exceptions=True)
        if self._session:
            await self._session.close()

    # Deliveries.

    async def carry(self, delivery, attempt):
        """Whether there is no use in another attempt."""
        content_type, body = self.encoded(delivery.kind, delivery.payload)
        body = self.mangle(body)
        headers = self._fake.signer.headers(body)
        headers["Content-Type"] = content_type
        if attempt.number:
            headers.update({"X-Slack-Retry-Num": str(attempt.number), "X-Slack-Retry-Reason": attempt.reason})
        headers.update(self.headers)
        fault = self._fake.faults.at(f"post {delivery.kind}")
        if fault is Fault.DROP:
            attempt.failure = "connection_failed"
            return False
        post = self._start(self.post(body, headers), attempt)
        await asyncio.wait({post}, timeout=self._fake.deliveries.within)
        if fault is Fault.DROP_AFTER or not post.done():
            attempt.failure = "connection_failed" if fault else "http_timeout"
            return False
        return self._judge(post, delivery, attempt)

    def _judge(self, post, delivery, attempt):
        if post.exception():
            attempt.failure = failure_of(post.exception())
            return False
        answer = post.result()
        if 200 <= answer.status < 300:
            attempt.acked_at = time.monotonic()
            delivery.response = answer
            self._fake.record.wake()
            return True
        attempt.failure = "http_error"
        return answer.headers.get("X-Slack-No-Retry") == "1"

    def _start(self, post, attempt):
        """The status is of interest also when nobody waits for it any more."""
        task = asyncio.ensure_future(post)
        self._posts.add(task)

        def note(done):
            self._posts.discard(done)
            if not done.cancelled() and done.exception() is None:
                attempt.status = done.result().status
        task.add_done_callback(note)
        return task

    def encoded(self, kind, payload):
        """(content type, body), as Slack writes them."""
        if kind == EVENT:
            return self.json_type, self._fake.as_json(payload).encode()
        fields = payload if kind == COMMAND else {"payload": self._fake.as_json(payload)}
        told = {key: str(value).lower() if isinstance(value, bool) else value for key, value in fields.items()
                if value is not None}
        return self.form_type, urllib.parse.urlencode(told).encode()

    # By hand.

    async def post(self, body, headers, url=None, method="POST"):
        """Anything at all to the app."""
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(GIVES_UP_AFTER),
                                                  connector=aiohttp.TCPConnector(limit=0))
        known = CIMultiDict({"User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)", "Accept": "*/*"})
        known.extend(headers)
        options = {"ssl": self.ssl} if self.ssl else {}
        # aiohttp counts the request itself.
        async with self._session.request(method, url or self._fake.request_url, data=body, headers=known,
                                         max_redirects=MAX_REDIRECTS + 1, **options) as response:
            return Answer(response.status, dict(response.headers), await response.text(errors="replace"))

    async def send(self, payload, *, kind=EVENT, forgery=None, timestamp=None, headers=(), body=None, spelled=str):
        """One request, signed unless `forgery` says otherwise; it is not brought again. Its Answer.

        `body`: bytes in place of the payload's. `headers`: added, or put in place of others. `spelled`: str.lower
        or str.upper for the names of the headers.
        """
        content_type, encoded = self.encoded(kind, payload or {})
        body = encoded if body is None else body
        signer = self._fake.signer
        signed = signer.forged(body, forgery) if forgery else signer.headers(body, timestamp)
        signed["Content-Type"] = content_type
        signed.update(dict(headers))
        return await self.post(body, CIMultiDict((spelled(name), value) for name, value in signed.items()))

    async def verify_url(self, forgery=None, challenge="3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P"):
        payload = {"token": self._fake.events.verification_token, "challenge": challenge, "type": "url_verification"}
        return await self.send(payload, forgery=forgery)

    async def check_ssl(self, method="POST", fields="ssl_check=1"):
        """Unsigned. `fields` may hold more than the check."""
        url = self._fake.request_url
        if method == "GET":
            return await self.post(None, {}, f"{url}?{fields}", "GET")
        return await self.post(fields.encode(), {"Content-Type": self.form_type})

    async def trickle(self, payload, bytes_sent, pause=0.05):
        """A signed event, byte by byte, that stops after `bytes_sent`. Seconds until the app closes, at most 30."""
        content_type, body = self.encoded(EVENT, payload)
        url = urllib.parse.urlsplit(self._fake.request_url)
        reader, writer = await asyncio.open_connection(url.hostname, url.port, ssl=self.ssl)
        lines = [f"POST {url.path or '/'} HTTP/1.1", f"Host: {url.netloc}", f"Content-Type: {content_type}",
                 f"Content-Length: {len(body)}"]
        lines += [f"{name}: {value}" for name, value in self._fake.signer.headers(body).items()]
        started = time.monotonic()
        writer.write("\r\n".join([*lines, "", ""]).encode())
        try:
            for byte in body[:bytes_sent]:
                writer.write(bytes((byte,)))
                await writer.drain()
                await asyncio.sleep(pause)
            await asyncio.wait_for(reader.read(), GIVES_UP_AFTER)
        except (OSError, TimeoutError):
            pass
        writer.close()
        return time.monotonic() - started
