"""The arguments of a Web API call: from the query, a form, or JSON where the method reads it."""

import json
import urllib.parse

from .error import ApiError

FORM, JSON, MULTIPART = "application/x-www-form-urlencoded", "application/json", "multipart/form-data"


async def read(request, takes_json):
    """(arguments, encoding, the problem with them or None)."""
    args = dict(request.query)
    if not request.can_read_body:
        return args, "query" if args else "none", None
    kind = request.content_type if "Content-Type" in request.headers else None
    if kind == MULTIPART:
        args |= {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
        return args, "multipart", None
    raw = await request.read()
    if kind == FORM:
        args |= dict(urllib.parse.parse_qsl(raw.decode(errors="replace"), keep_blank_values=True))
        return args, "form", None
    if kind == JSON:
        return _with_json(args, raw, takes_json)
    if not raw:
        return args, "query" if args else "none", None
    return args, "none", "missing_post_type" if kind is None else "invalid_post_type"


def _with_json(args, raw, takes_json):
    try:
        told = json.loads(raw)
    except ValueError:
        return args, "json", "invalid_json"
    if not isinstance(told, dict):
        return args, "json", "json_not_object"
    # A method that reads forms only does not see them.
    return args | (told if takes_json else {}), "json", None


def text(args, name, error):
    """An argument that must be there."""
    value = args.get(name)
    if value in (None, ""):
        raise ApiError(error)
    return value if isinstance(value, str) else str(value)


def structure(args, name, error, default=None):
    """JSON, or text that holds it."""
    value = args.get(name)
    if value in (None, ""):
        return default
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise ApiError(error) from None


def flag(args, name):
    return args.get(name) in (True, "true", "True", "1", 1)


def page(args, items, default=100):
    """(the part that was asked for, response_metadata)."""
    cursor = args.get("cursor") or "0"
    limit = int(args.get("limit") or default)
    if not cursor.isdigit():
        raise ApiError("invalid_cursor")
    start = int(cursor)
    following = str(start + limit) if start + limit < len(items) else ""
    return items[start:start + limit], {"next_cursor": following}
