"""Discord's JSON errors."""

import http

# code: (HTTP status, message)
CATALOGUE = {
    0: (401, "General error"),
    10003: (404, "Unknown Channel"),
    10004: (404, "Unknown Guild"),
    10008: (404, "Unknown Message"),
    10013: (404, "Unknown User"),
    10014: (400, "Unknown Emoji"),
    10015: (404, "Unknown Webhook"),
    10062: (404, "Unknown interaction"),
    20016: (429, "This action cannot be performed due to slowmode rate limit."),
    30010: (400, "Maximum number of reactions reached (20)"),
    30034: (400, "Max number of daily application command creates has been reached (200)"),
    40001: (401, "Unauthorized. Provide a valid token and try again"),
    40060: (400, "Interaction has already been acknowledged."),
    40062: (429, "Service resource is being rate limited."),
    50001: (403, "Missing Access"),
    50005: (403, "Cannot edit a message authored by another user"),
    50006: (400, "Cannot send an empty message"),
    50013: (403, "Missing Permissions"),
    50027: (401, "Invalid Webhook Token"),
    50035: (400, "Invalid Form Body"),
    50083: (400, "Thread is archived"),
    50109: (400, "The request body contains invalid JSON."),
    90001: (403, "Reaction was blocked"),
    130000: (503, "API resource is currently overloaded. Try again a little later"),
    160002: (400, "Cannot reply without permission to read message history"),
}


class RestError(Exception):
    """Raised by a handler; becomes the answer."""

    def __init__(self, code, status=None, field=None, field_code=None, field_message=""):
        super().__init__(code)
        self.code = code
        self.status = status or CATALOGUE[code][0]
        message = CATALOGUE[code][1] if code else f"{self.status}: {http.HTTPStatus(self.status).phrase}"
        self.body = {"message": message, "code": code}
        if field:
            nested = {"_errors": [{"code": field_code, "message": field_message}]}
            for name in reversed(field.split(".")):
                nested = {name: nested}
            self.body["errors"] = nested


def invalid(field, code, message):
    """50035, with the place and the reason."""
    return RestError(50035, field=field, field_code=code, field_message=message)
