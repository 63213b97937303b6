"""Buckets, their headers, and 429 answers of every shape."""

import hashlib
import json
import math
import time

from aiohttp import web

from .deviation import Deviation

GLOBAL_PER_SECOND = 50
MAJOR = ("channel", "guild", "webhook")


class Bucket:
    def __init__(self, limit, window):
        self.limit = limit
        self.window = window
        self.remaining = limit
        self.reset_at = 0.0
        self.deficit = 0

    def take(self, now):
        """Whether one more is let in."""
        if now >= self.reset_at:
            self.remaining, self.reset_at = self.limit, now + self.window
        self.remaining -= 1
        return self.remaining >= 0


class RateLimits:
    def __init__(self, deviations):
        self._deviations = deviations
        self._buckets = {}
        # (method, route): (limit, seconds). Tests tighten what they are about.
        self.of_route = {}
        self.default = (1000, 1.0)
        self.is_global_enforced = False
        self.clock_skew = 0.0  # seconds that X-RateLimit-Reset is wrong by
        self.hash_suffix = ""  # a change makes all hashes new
        self.is_header_late = False  # Remaining is one too high
        self._global_since, self._global_count = 0.0, 0

    def realistic(self):
        """About what Discord does."""
        self.of_route |= {("POST", "/channels/{channel}/messages"): (5, 5.0),
                          ("PUT", "/channels/{channel}/messages/{message}/reactions/{emoji}/@me"): (1, 0.25)}
        self.is_global_enforced = True

    def check(self, method, route, values, is_exempt):
        """(the answer that refuses it or None, headers of any answer)."""
        now = time.monotonic()
        if self.is_global_enforced and not is_exempt and self._is_over_global(now):
            return too_many("global", 1.0 - (now - self._global_since)), {}
        if is_exempt:
            return None, {}
        limit, window = self.of_route.get((method, route), self.default)
        if Deviation.ODD_RATE_LIMITS in self._deviations and "/channels/{channel}" in route:
            limit, window = 10, 5.0
        major = next((f"{name}:{values[name]}" for name in MAJOR if name in values), "")
        bucket = self._buckets.setdefault((method, route, major), Bucket(limit, window))
        is_let_in = bucket.take(now)
        headers = self._headers(method, route, major, bucket, now)
        if is_let_in:
            return None, headers
        if Deviation.ODD_RATE_LIMITS in self._deviations:
            bucket.reset_at += window
        return too_many("user", bucket.reset_at - now, headers=headers,
                        has_scope=Deviation.ODD_RATE_LIMITS not in self._deviations), headers

    def _is_over_global(self, now):
        if now - self._global_since >= 1.0:
            self._global_since, self._global_count = now, 0
        self._global_count += 1
        return self._global_count > GLOBAL_PER_SECOND

    def _headers(self, method, route, major, bucket, now):
        if Deviation.NO_RATE_LIMIT_HEADERS in self._deviations:
            return {}
        is_odd = Deviation.ODD_RATE_LIMITS in self._deviations
        left = max(0.0, bucket.reset_at - now)
        reset = time.time() + left + self.clock_skew
        name = f"{route}/{major}" if is_odd else hashlib.md5(
            f"{method} {route}{self.hash_suffix}".encode()).hexdigest()
        is_late = is_odd or self.is_header_late
        return {"X-RateLimit-Limit": str(bucket.limit),
                "X-RateLimit-Remaining": str(max(0, bucket.remaining + (1 if is_late else 0))),
                "X-RateLimit-Reset": str(int(reset * 1000)) if is_odd else f"{reset:.3f}",
                "X-RateLimit-Reset-After": f"{left:.3f}", "X-RateLimit-Bucket": name}


def too_many(scope="user", retry_after=1.0, *, code=None, body="json", headers=None, has_scope=True,
             has_retry_after=True):
    """A 429. `body`: "json", "text" (as a proxy would answer) or "none"."""
    made = {}
    if scope != "global":
        made |= headers or {}
    else:
        made["X-RateLimit-Global"] = "true"
    if has_scope:
        made["X-RateLimit-Scope"] = scope
    if has_retry_after:
        made["Retry-After"] = str(math.ceil(retry_after))
    message = "The resource is being rate limited." if scope == "shared" else "You are being rate limited."
    told = {"message": message, "retry_after": round(retry_after, 3), "global": scope == "global"}
    if code is not None:
        told["code"] = code
    text = {"json": json.dumps(told), "text": "<html>error code: 1015</html>", "none": ""}[body]
    return web.Response(status=429, body=text.encode(), headers=made,
                        content_type="application/json" if body == "json" else "text/html")
