"""Our HTTP client against Python's http.server and plain sockets."""

import http.server
import threading
import time
import unittest

from peers import HttpPeer, SocketPeer, read_head
from probe import fetch, run_client


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.path == "/chunked":
            self.send_response(200)
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            for part in [b"one ", b"two ", b"x" * 100_000]:
                self.wfile.write(b"%x\r\n%b\r\n" % (len(part), part))
            self.wfile.write(b"0\r\n\r\n")
            return
        if self.path == "/huge-header":
            self.send_response(200)
            self.send_header("X-Huge", "x" * 100_000)
            self.end_headers()
            return
        self._answer(f"{self.command} {self.path} {self.client_address[1]}".encode())

    do_HEAD = do_GET

    def do_POST(self):
        self._answer(self.rfile.read(int(self.headers["Content-Length"])))

    do_PUT = do_POST

    def _answer(self, body):
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Agent", self.headers.get("User-Agent", "none"))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_):
        pass


class HttpServerPeer(unittest.TestCase):
    def setUp(self):
        self.peer = HttpPeer(Handler)
        self.addCleanup(self.peer.__exit__)
        self.base = f"http://127.0.0.1:{self.peer.port}"

    def test_asks_over_one_connection(self):
        answers = run_client("fetch", *(f"{self.base}/{n}" for n in range(5)))

        self.assertEqual([answer["body"].split()[:2] for answer in answers], [["GET", f"/{n}"] for n in range(5)])
        self.assertEqual(len({answer["body"].split()[2] for answer in answers}), 1)

    def test_sends_bodies_and_headers(self):
        self.assertEqual(fetch(self.base + "/", "--method", "POST", "--body", "안녕하세요")["body"], "안녕하세요")
        self.assertEqual(len(fetch(self.base + "/", "--method", "PUT", "--body-bytes", 5_000_000)["body"]), 5_000_000)
        self.assertEqual(fetch(self.base + "/", "--header", "User-Agent: Test")["headers"]["X-Agent"], "Test")

    def test_takes_chunks_and_heads(self):
        self.assertEqual(fetch(self.base + "/chunked")["body"], "one two " + "x" * 100_000)
        head = fetch(self.base + "/x", "--method", "HEAD")
        self.assertEqual((head["status"], head["body"]), (200, ""))

    def test_bounds_headers_and_bodies(self):
        self.assertIn("more than the limit", fetch(self.base + "/huge-header")["error"])
        self.assertIn("more than the limit", fetch(self.base + "/chunked", "--max-response-bytes", 1000)["error"])


class SocketPeers(unittest.TestCase):
    def answer_of(self, script, *arguments):
        with SocketPeer(script) as peer:
            return fetch(f"http://127.0.0.1:{peer.port}/", *arguments)

    def test_tells_that_a_body_is_not_whole(self):
        def script(connection):
            read_head(connection)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this")

        self.assertIn("closed", self.answer_of(script)["error"])

    def test_gives_up_on_a_slow_server(self):
        done = threading.Event()

        def script(connection):
            read_head(connection)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n")
            while not done.wait(0.02):  # never silent for long, never done
                connection.sendall(b"x")

        started = time.monotonic()
        answer = self.answer_of(script, "--timeout-ms", 300)
        done.set()

        self.assertIn("in time", answer["error"])
        self.assertLess(time.monotonic() - started, 5)

    def test_gives_up_on_a_server_that_does_not_read(self):
        done = threading.Event()

        answer = self.answer_of(lambda connection: done.wait(20), "--timeout-ms", 300, "--method", "POST",
                                "--body-bytes", 50_000_000)
        done.set()

        self.assertIn("in time", answer["error"])

    def test_tells_that_a_name_does_not_resolve(self):
        # RFC 6761: .invalid never does. Without a resolver the answer may take longer than the limit.
        answer = fetch("https://nowhere.invalid/", "--timeout-ms", 3000)

        self.assertTrue("Host not found" in answer["error"] or "in time" in answer["error"], answer)


if __name__ == "__main__":
    unittest.main()
