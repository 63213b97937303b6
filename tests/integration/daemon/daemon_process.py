"""`nunchi run` as a child process, and a page that speaks to it as a browser would."""

import contextlib
import json
import os
import pathlib
import queue
import secrets
import signal
import subprocess
import threading
import time

from websockets.sync.client import connect

NUNCHI = pathlib.Path(os.environ["NUNCHI_BIN_DIR"]) / "nunchi"
START_SECONDS = 60


class Daemon:
    """Started at once; a context manager that ends it."""

    def __init__(self, home, **settings):
        self.home = pathlib.Path(home)
        self.environment = {
            "HOME": str(self.home), "XDG_STATE_HOME": str(self.home / "state"), "TMPDIR": str(self.home / "tmp"),
            "PATH": os.environ["PATH"], "OMP_WAIT_POLICY": "passive", "NUNCHI_HTTP_PORT": "0",
            "NUNCHI_LOG_LEVEL": "debug",
            # What is expected must not depend on the machine; and a start takes half as long.
            "NUNCHI_CLASSIFIER_PRECISION": "fp32", **settings,
        }
        self.keeps_port = "NUNCHI_WEB_ENABLED" not in settings
        (self.home / "tmp").mkdir(exist_ok=True)
        self.log = self.home / "log"
        self.start()

    def start(self):
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen([NUNCHI, "run"], env=self.environment, stdout=subprocess.PIPE,
                                            stderr=log, text=True)
        lines = queue.Queue()
        threading.Thread(target=lambda: [lines.put(line) for line in self.process.stdout], daemon=True).start()
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                line = lines.get(timeout=max(0.01, deadline - time.monotonic())).strip()
            except queue.Empty:
                raise AssertionError(f"no address was printed; the log: {self.log.read_text()}") from None
            if line.startswith("http://"):
                self.url = line
                self.port = int(line.split(":")[2].split("/")[0])
                # The next start takes the same port, as a service would. Where no page waits for it, a free one is
                # safer: in between, anybody's connection may have got it.
                if self.keeps_port:
                    self.environment["NUNCHI_HTTP_PORT"] = str(self.port)
                return

    def kill(self):
        self.process.kill()
        self.process.wait(timeout=20)
        self.process.stdout.close()

    def stop(self):
        """SIGTERM; returns the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(timeout=30)
        self.process.stdout.close()
        return code

    def run_verb(self, *arguments):
        return subprocess.run([NUNCHI, *arguments], env=self.environment, capture_output=True, text=True, timeout=60,
                              check=False)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.stop()


class Page:
    """One conversation. Repeats what has no ack after a reconnection, as the real page does."""

    def __init__(self, daemon):
        self.daemon = daemon
        self.conversation = secrets.token_hex(16)
        self.unacknowledged = {}
        self.answers = {}
        self.acknowledged = set()
        self.notices = []
        self.connections = contextlib.ExitStack()

    def close(self):
        self.connections.close()

    def connect(self):
        self.close()
        connection = connect(f"ws://127.0.0.1:{self.daemon.port}/chat", open_timeout=20, close_timeout=2, proxy=None,
                             origin=f"http://127.0.0.1:{self.daemon.port}")
        self.socket = self.connections.enter_context(connection)
        self.send({"type": "hello", "v": 1, "conversation": self.conversation, "locale": "ko"})
        self.take(lambda: self.welcomed, 20, reset="welcomed")
        for identity, text in list(self.unacknowledged.items()):
            self.send({"type": "message", "id": identity, "text": text})

    def send(self, frame):
        self.socket.send(json.dumps(frame))

    def write(self, identity, text):
        self.unacknowledged[identity] = text
        self.send({"type": "message", "id": identity, "text": text})

    def take(self, is_enough, seconds, reset=None):
        """Reads frames until `is_enough`; raises TimeoutError, or what the connection raises."""
        if reset:
            setattr(self, reset, False)
        deadline = time.monotonic() + seconds
        while not is_enough():
            self.read_frame(max(0.01, deadline - time.monotonic()))

    def read_frame(self, seconds):
        frame = json.loads(self.socket.recv(timeout=seconds))
        kind, identity = frame["type"], frame.get("id")
        if kind == "welcome":
            self.welcomed = True
        elif kind == "ack":
            self.acknowledged.add(identity)
            self.unacknowledged.pop(identity, None)
        elif kind == "answer":
            self.answers.setdefault(identity, frame)
            self.send({"type": "received", "id": identity})
        elif kind == "notice":
            self.notices.append(frame)
