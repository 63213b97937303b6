"""App Homes and forms that people have before them."""


class Views:
    def __init__(self):
        self.homes = {}  # by (team, user)
        self.open = {}  # forms by id
