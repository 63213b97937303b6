"""The v0 signature of requests that Slack sends, and every way in which one can be bad."""

import enum
import hashlib
import hmac
import time

from multidict import CIMultiDict

SIGNATURE, TIMESTAMP = "X-Slack-Signature", "X-Slack-Request-Timestamp"


class Forgery(enum.Enum):
    WRONG_SECRET = "signed with another secret"
    OTHER_BODY = "signed for another body"
    NO_SIGNATURE = "no signature"
    EMPTY_SIGNATURE = "an empty signature"
    NO_TIMESTAMP = "no timestamp"
    NOT_A_NUMBER = "a timestamp that is no number"
    EMPTY_TIMESTAMP = "an empty timestamp"
    STALE = "more than 300 s old"
    FUTURE = "more than 300 s in the future"
    OTHER_VERSION = "v1= in place of v0="
    UPPER_CASE = "upper-case digits"
    CUT_SHORT = "a digit is missing"
    TWO_SIGNATURES = "the header twice, the good one first"
    TWO_TIMESTAMPS = "the header twice, the good one first"


class Signer:
    def __init__(self, secret):
        self.secret = secret

    def signature(self, body, timestamp):
        base = b"v0:" + str(timestamp).encode() + b":" + body
        return "v0=" + hmac.new(self.secret.encode(), base, hashlib.sha256).hexdigest()

    def headers(self, body, timestamp=None):
        """`timestamp` may be any text; it is signed as it is."""
        timestamp = int(time.time()) if timestamp is None else timestamp
        return CIMultiDict({TIMESTAMP: str(timestamp), SIGNATURE: self.signature(body, timestamp)})

    def forged(self, body, forgery):
        now = int(time.time())
        if forgery in (Forgery.STALE, Forgery.FUTURE):
            return self.headers(body, now - 302 if forgery is Forgery.STALE else now + 302)
        if forgery in (Forgery.NOT_A_NUMBER, Forgery.EMPTY_TIMESTAMP):
            return self.headers(body, "soon" if forgery is Forgery.NOT_A_NUMBER else "")
        if forgery is Forgery.WRONG_SECRET:
            return Signer("0" * 32).headers(body)
        if forgery is Forgery.OTHER_BODY:
            return self.headers(body + b" ")
        headers = self.headers(body)
        good = headers[SIGNATURE]
        if forgery is Forgery.TWO_SIGNATURES:
            headers.add(SIGNATURE, "v0=" + "0" * 64)
        elif forgery is Forgery.TWO_TIMESTAMPS:
            headers.add(TIMESTAMP, str(now - 1))
        elif forgery in (Forgery.NO_SIGNATURE, Forgery.NO_TIMESTAMP):
            del headers[SIGNATURE if forgery is Forgery.NO_SIGNATURE else TIMESTAMP]
        else:
            headers[SIGNATURE] = {Forgery.EMPTY_SIGNATURE: "", Forgery.OTHER_VERSION: "v1" + good[2:],
                                  Forgery.UPPER_CASE: "v0=" + good[3:].upper(),
                                  Forgery.CUT_SHORT: good[:-1]}[forgery]
        return headers
