"""Whom our client trusts: certificates of a CA of the test's own, good ones and bad ones, directly and through a proxy."""

import http.server
import socket
import ssl
import tempfile
import threading
import unittest
import warnings

from websockets.sync.server import serve

from peers import Authority, HttpPeer, SocketPeer, TunnelProxy, read_head
from probe import fetch, run_client

NOT_TRUSTED = "certificate is not trusted"


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        body = self.headers["Host"].encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class TlsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.authority = Authority(folder.name)
        cls.ca = ("--ca-file", cls.authority.certificate)
        cls.good = cls.authority.issue("good", "DNS:localhost,DNS:good.example,IP:127.0.0.1")

    def answer_of(self, certificate, *arguments, host="localhost", configure=None):
        with HttpPeer(Handler, certificate, configure) as peer:
            return fetch(f"https://{host}:{peer.port}/", *arguments)

    def test_trusts_the_ca_file(self):
        for host in ["localhost", "127.0.0.1"]:
            answer = self.answer_of(self.good, *self.ca, host=host)
            self.assertEqual(answer["status"], 200, answer)
            self.assertTrue(answer["body"].startswith(host))

    def test_keeps_its_tls_connection(self):
        handshakes = []
        with HttpPeer(Handler, self.good, lambda context: setattr(
                context, "sni_callback", lambda *seen: handshakes.append(seen[1]))) as peer:
            answers = run_client("fetch", *self.ca, *[f"https://localhost:{peer.port}/"] * 3)

        self.assertEqual([answer["status"] for answer in answers], [200] * 3)
        self.assertEqual(handshakes, ["localhost"])  # one, which named the host

    def test_names_no_host_for_an_address(self):
        seen = []
        self.answer_of(self.good, *self.ca, host="127.0.0.1", configure=lambda context: setattr(
            context, "sni_callback", lambda *found: seen.append(found[1])))
        self.assertEqual(seen, [None])

    def test_refuses_an_unknown_authority(self):
        self.assertIn(NOT_TRUSTED, self.answer_of(self.good)["error"])

    def test_refuses_a_self_signed_certificate(self):
        certificate = self.authority.issue_self_signed("selfsigned", "DNS:localhost")
        self.assertIn(NOT_TRUSTED, self.answer_of(certificate, *self.ca)["error"])

    def test_refuses_a_certificate_for_another_host(self):
        for names in ["DNS:other.example", "DNS:localhost.example", "IP:127.0.0.2", "DNS:local*"]:
            certificate = self.authority.issue("other", names)
            for host in ["localhost", "127.0.0.1"]:
                self.assertIn(NOT_TRUSTED, self.answer_of(certificate, *self.ca, host=host)["error"], names)

    def test_refuses_certificates_out_of_their_time(self):
        expired = self.authority.issue("expired", "DNS:localhost", "-startdate", "20200101000000Z", "-enddate", "20200201000000Z")
        future = self.authority.issue("future", "DNS:localhost", "-startdate", "20990101000000Z", "-enddate", "20990201000000Z")
        for certificate in [expired, future]:
            self.assertIn(NOT_TRUSTED, self.answer_of(certificate, *self.ca)["error"])

    def test_refuses_tls_older_than_1_2(self):
        def speak_old(context):
            context.set_ciphers("ALL:@SECLEVEL=0")
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)
                context.minimum_version = ssl.TLSVersion.TLSv1
                context.maximum_version = ssl.TLSVersion.TLSv1_1

        self.assertIn("broke the protocol", self.answer_of(self.good, *self.ca, configure=speak_old)["error"])

    def test_speaks_tls_1_2(self):
        def speak_1_2(context):
            context.maximum_version = ssl.TLSVersion.TLSv1_2

        self.assertEqual(self.answer_of(self.good, *self.ca, configure=speak_1_2)["status"], 200)

    def test_takes_no_end_for_an_end_without_a_goodbye(self):
        """A body that ends with the connection must end with TLS's own closing message."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.good)

        def answer(connection, says_goodbye):
            with context.wrap_socket(connection, server_side=True, suppress_ragged_eofs=True) as secure:
                read_head(secure)
                secure.sendall(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhello")
                if says_goodbye:
                    try:
                        secure.unwrap()
                    except OSError:
                        pass  # our client does not answer it
                secure.shutdown(socket.SHUT_RDWR)

        for says_goodbye, key, value in [(True, "body", "hello"), (False, "error", "the peer closed the connection")]:
            with SocketPeer(lambda connection: answer(connection, says_goodbye)) as peer:
                self.assertEqual(fetch(f"https://localhost:{peer.port}/", *self.ca).get(key), value)

    def test_gives_up_on_a_handshake_that_does_not_end(self):
        done = threading.Event()
        with SocketPeer(lambda connection: done.wait(20)) as peer:
            answer = fetch(f"https://localhost:{peer.port}/", "--timeout-ms", 300)
            done.set()
        self.assertIn("in time", answer["error"])

    def test_goes_through_a_proxy_and_still_checks_the_host(self):
        with HttpPeer(Handler, self.good) as peer, TunnelProxy(peer.port) as proxy:
            through = ("--proxy", f"http://user:pass@127.0.0.1:{proxy.port}", *self.ca)
            good = fetch("https://good.example/", *through)
            other = fetch("https://other.example/", *through)

        self.assertEqual(good["body"], "good.example")
        self.assertIn(NOT_TRUSTED, other["error"])
        self.assertTrue(proxy.asked[0].startswith("CONNECT good.example:443 HTTP/1.1\r\n"))
        self.assertIn("\r\nProxy-Authorization: Basic dXNlcjpwYXNz\r\n", proxy.asked[0])

    def test_keeps_the_tunnel_for_the_next_request(self):
        with HttpPeer(Handler, self.good) as peer, TunnelProxy(peer.port) as proxy:
            answers = run_client("fetch", "--proxy", f"http://127.0.0.1:{proxy.port}", *self.ca,
                                 *["https://good.example/"] * 3)
            self.assertEqual(len(proxy.asked), 1)
        self.assertEqual([answer["status"] for answer in answers], [200] * 3)

    def test_tells_that_the_proxy_refused(self):
        def refuse(connection):
            read_head(connection)
            connection.sendall(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 5\r\n\r\nsorry")

        with SocketPeer(refuse) as proxy:
            answer = fetch("https://good.example/", "--proxy", f"http://127.0.0.1:{proxy.port}")
        self.assertIn("proxy did not open the tunnel", answer["error"])

    def test_never_asks_the_proxy_for_loopback(self):
        asked = []
        with SocketPeer(lambda connection: asked.append(read_head(connection))) as proxy:
            answer = self.answer_of(self.good, *self.ca, "--proxy", f"http://127.0.0.1:{proxy.port}")
        self.assertEqual(answer["status"], 200)
        self.assertEqual(asked, [])

    def test_reaches_the_hosts_of_no_proxy_directly(self):
        asked = []
        with SocketPeer(lambda connection: asked.append(read_head(connection))) as proxy:
            fetch("https://direct.invalid/", "--timeout-ms", 2000, "--proxy", f"http://127.0.0.1:{proxy.port}",
                  "--no-proxy", "invalid")
        self.assertEqual(asked, [])

    def test_talks_over_secure_websockets_directly_and_through_a_proxy(self):
        def echo(connection):
            for message in connection:
                connection.send(message)

        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.good)
        with serve(echo, "127.0.0.1", 0, ssl=context) as server:
            thread = threading.Thread(target=server.serve_forever)
            thread.start()
            port = server.socket.getsockname()[1]
            with TunnelProxy(port) as proxy:
                through = ("--proxy", f"http://127.0.0.1:{proxy.port}")
                direct = run_client("talk", *self.ca, f"wss://localhost:{port}/", lines="안녕\n")
                tunnelled = run_client("talk", *self.ca, *through, "wss://good.example/", lines="반가워\n")
                refused = run_client("talk", *self.ca, *through, "wss://other.example/", lines="x\n")
            server.shutdown()
            thread.join()

        self.assertEqual([direct[0]["text"], direct[1]["code"]], ["안녕", 1000])
        self.assertEqual([tunnelled[0]["text"], tunnelled[1]["code"]], ["반가워", 1000])
        self.assertIn(NOT_TRUSTED, refused[0]["error"])


if __name__ == "__main__":
    unittest.main()
