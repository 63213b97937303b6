"""Slack's errors: HTTP 200, ok false and a name."""


class ApiError(Exception):
    """Raised by a method; becomes the answer. `more` is beside the name, as `needed` is."""

    def __init__(self, name, status=200, **more):
        super().__init__(name)
        self.name = name
        self.status = status
        self.body = {"ok": False, "error": name, **more}
