"""How the tests run net_probe, our server and client."""

import json
import os
import pathlib
import subprocess

PROBE = pathlib.Path(os.environ["NUNCHI_BIN_DIR"]) / "net_probe"
# Proxies and certificates of the machine that runs the tests are none of ours.
ENVIRONMENT = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}


class Server:
    """`net_probe serve` with the given flags, stopped at the end of the with block."""

    def __init__(self, *flags):
        self.process = subprocess.Popen([PROBE, "serve", *flags], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        text=True, env=ENVIRONMENT)
        self.port = int(self.process.stdout.readline())

    def stop(self):
        """Asks it to stop and returns its exit code."""
        if self.process.stdin and not self.process.stdin.closed:
            self.process.stdin.close()
        code = self.process.wait(timeout=30)
        self.process.stdout.close()
        return code

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


def run_client(command, *arguments, lines=""):
    """The lines of JSON that `net_probe fetch` or `talk` prints."""
    answer = subprocess.run([PROBE, command, *map(str, arguments)], input=lines, capture_output=True, text=True,
                            env=ENVIRONMENT, timeout=60)
    if answer.returncode != 0:
        raise AssertionError(f"net_probe {command} ended with {answer.returncode}: {answer.stderr}")
    return [json.loads(line) for line in answer.stdout.splitlines()]


def fetch(url, *arguments):
    """The answer to one request."""
    return run_client("fetch", *arguments, url)[0]
