"""Starts api_probe, and speaks HTTP to it, for the tests of this folder."""

import contextlib
import http.client
import json
import os
import pathlib
import subprocess

PROBE = pathlib.Path(os.environ["NUNCHI_BIN_DIR"]) / "api_probe"


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = {name.lower(): value for name, value in response.getheaders()}
        self.body = response.read()

    def json(self):
        return json.loads(self.body)


class Server:
    def __init__(self, port, process=None):
        self.port = port
        self.process = process
        self.url = f"http://127.0.0.1:{port}"

    def send(self, method, path, body=None, headers=None, timeout=20):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        with contextlib.closing(connection):
            connection.request(method, path, body, headers or {})
            return Answer(connection.getresponse())

    def get(self, path):
        return self.send("GET", path)

    def predict(self, request, path="/predict", **kwargs):
        body = request if isinstance(request, bytes) else json.dumps(request).encode()
        return self.send("POST", path, body, {"Content-Type": "application/json"}, **kwargs)


@contextlib.contextmanager
def running_probe(*arguments):
    """The probe on a port of its own; what it writes to standard error is in .errors afterwards."""
    process = subprocess.Popen([PROBE, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, text=True)
    try:
        word, port = process.stdout.readline().split()
        assert word == "port"
        server = Server(int(port), process)
        yield server
    finally:
        _, errors = process.communicate(timeout=20)
    server.errors = errors
    assert process.returncode == 0, (process.returncode, errors)
