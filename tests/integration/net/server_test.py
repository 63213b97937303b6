"""Our HTTP server as Python's http.client, requests, curl and a plain socket see it."""

import http.client
import shutil
import socket
import subprocess
import threading
import unittest

import requests

from probe import Server


def session():
    """Without the proxies of the machine that runs the tests."""
    one = requests.Session()
    one.trust_env = False
    return one


def exchange(port, *parts):
    """Sends the parts over one connection and returns all that comes until the server closes."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        for part in parts:
            connection.sendall(part)
        answer = b""
        while chunk := connection.recv(65536):
            answer += chunk
        return answer


class ServerTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server("--read-timeout-ms", "2000")
        cls.addClassCleanup(cls.server.stop)
        cls.base = f"http://127.0.0.1:{cls.server.port}"

    def test_requests_gets_and_posts(self):
        with session() as client:
            self.assertEqual(client.get(self.base + "/hello", timeout=20).text, "hello\n")
            body = bytes(range(256)) * 4000
            self.assertEqual(client.post(self.base + "/echo", data=body, timeout=20).content, body)
            self.assertEqual(client.head(self.base + "/hello", timeout=20).headers["Content-Length"], "6")
            self.assertEqual(client.get(self.base + "/nothing", timeout=20).status_code, 404)
            self.assertEqual(client.put(self.base + "/hello", timeout=20).headers["Allow"], "GET, HEAD")

    def test_sees_what_requests_asks_for(self):
        with session() as client:
            answer = client.get(self.base + "/show", params={"q": "안녕 & 반가워", "n": 1}, timeout=20,
                                cookies={"session": "abc", "other": "x"})
        answer.encoding = "utf-8"
        method, path, query, value, cookie, body = answer.text.split("\n")
        self.assertEqual([method, path, value, cookie, body], ["GET", "/show", "안녕 & 반가워", "abc", ""])
        self.assertIn("%EC%95%88", query)

    def test_http_client_uploads_in_chunks(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=20)
        self.addCleanup(connection.close)
        for _ in range(2):
            parts = [b"one ", b"two ", b"x" * 100_000]
            connection.request("POST", "/echo", body=iter(parts), encode_chunked=True,
                               headers={"Transfer-Encoding": "chunked"})
            self.assertEqual(connection.getresponse().read(), b"".join(parts))

    @unittest.skipUnless(shutil.which("curl"), "curl is not installed")
    def test_curl_waits_for_continue(self):
        # curl sends Expect: 100-continue by itself from a megabyte on.
        answer = subprocess.run(["curl", "--silent", "--noproxy", "*", "--max-time", "20", "--data-binary", "@-",
                                 "--header", "Expect: 100-continue", "--expect100-timeout", "15", "--write-out",
                                 "\n%{http_code} %{time_total}", self.base + "/echo"],
                                input=b"y" * 1_500_000, capture_output=True, check=True)
        body, line = answer.stdout.rsplit(b"\n", 1)
        self.assertEqual(body, b"y" * 1_500_000)
        status, seconds = line.split()
        self.assertEqual(status, b"200")
        self.assertLess(float(seconds), 10)

    def test_answers_pipelined_requests_in_order(self):
        requests = b"".join(b"GET /show?n=%d HTTP/1.1\r\nHost: a\r\n\r\n" % n for n in range(100))
        last = b"GET /show?n=last HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"

        answer = exchange(self.server.port, requests + last)

        found = [line for line in answer.split(b"\n") if line.startswith(b"n=")]
        self.assertEqual(found, [b"n=%d" % n for n in range(100)] + [b"n=last"])

    def test_takes_a_request_in_any_pieces(self):
        request = b"POST /echo HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"
        for cut in range(1, len(request)):
            self.assertTrue(exchange(self.server.port, request[:cut], request[cut:]).endswith(b"hello"), cut)

    def test_refuses_malformed_requests(self):
        cases = {
            b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03": b"400",  # how TLS begins
            b"\r\n\r\n\r\n": b"400",
            b"GET /hello HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n": b"400",
            b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n": b"400",
            b"OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n": b"400",
            b"CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n": b"400",
            b"GET /a%2e%2e/..%2fb HTTP/1.1\r\nHost: a\r\n\r\n": b"400",
        }
        for request, status in cases.items():
            with self.subTest(request=request):
                self.assertEqual(exchange(self.server.port, request)[9:12], status)

    def test_serves_many_at_once(self):
        failures = []

        def ask():
            try:
                with session() as client:
                    for n in range(20):
                        if client.post(self.base + "/echo", data=b"%d" % n, timeout=30).content != b"%d" % n:
                            failures.append(n)
            except requests.RequestException as error:
                failures.append(error)

        threads = [threading.Thread(target=ask) for _ in range(32)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(failures, [])


class StopTest(unittest.TestCase):
    def test_ends_with_standard_input_although_clients_stay(self):
        server = Server()
        idle = socket.create_connection(("127.0.0.1", server.port))
        self.addCleanup(idle.close)

        self.assertEqual(server.stop(), 0)

        self.assertEqual(idle.recv(1), b"")


if __name__ == "__main__":
    unittest.main()
