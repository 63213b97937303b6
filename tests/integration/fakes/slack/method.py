"""A method of the Web API, as the wrapper needs to know it."""

import dataclasses


@dataclasses.dataclass
class Method:
    run: object  # takes a web_api.Request, returns the answer without ok
    scopes: object = ()  # one of them is enough; or a function of the request that tells them
    tier: int | None = 3  # None: no limit
    takes_json: bool = True
    token: str | None = "bot"  # None: without

    def scopes_for(self, request):
        return self.scopes(request) if callable(self.scopes) else self.scopes
