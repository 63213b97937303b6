"""Certificates, servers and proxies that our client speaks to."""

import http.server
import pathlib
import socket
import ssl
import subprocess
import threading


class Authority:
    """A certificate authority of the test's own, made with openssl's command line in `folder`."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.certificate = self.folder / "ca.pem"
        self._openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout",
                      "ca.key", "-out", "ca.pem", "-days", "30", "-subj", "/CN=Test CA")

    def issue(self, name, alternative_names, *dates):
        """A file with certificate and key for the names, as in "DNS:localhost,IP:127.0.0.1"."""
        (self.folder / f"{name}.ext").write_text(f"subjectAltName={alternative_names}\n")
        self._openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout",
                      f"{name}.key", "-out", f"{name}.csr", "-subj", f"/CN={name}")
        (self.folder / "index.txt").write_text("")
        (self.folder / "ca.cnf").write_text(
            "[ca]\ndefault_ca=own\n[own]\ndir=.\ndatabase=index.txt\nnew_certs_dir=.\nrand_serial=yes\n"
            "default_md=sha256\npolicy=any\n[any]\ncommonName=supplied\n")
        self._openssl("ca", "-batch", "-config", "ca.cnf", "-cert", "ca.pem", "-keyfile", "ca.key", "-in",
                      f"{name}.csr", "-out", f"{name}.crt", "-extfile", f"{name}.ext", "-notext",
                      *(dates or ("-days", "30")))
        return self._joined(name)

    def issue_self_signed(self, name, alternative_names):
        self._openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout",
                      f"{name}.key", "-out", f"{name}.crt", "-days", "30", "-subj", f"/CN={name}", "-addext",
                      f"subjectAltName={alternative_names}")
        return self._joined(name)

    def _joined(self, name):
        joined = self.folder / f"{name}.pem"
        joined.write_text((self.folder / f"{name}.crt").read_text() + (self.folder / f"{name}.key").read_text())
        return joined

    def _openssl(self, *arguments):
        subprocess.run(["openssl", *arguments], cwd=self.folder, check=True, capture_output=True)


class HttpPeer:
    """Python's http.server, over TLS when it is given a certificate; closed at the end of the with block."""

    def __init__(self, handler, certificate=None, configure=None):
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.server.daemon_threads = True
        # Handshakes of clients that do not like what they see are part of the tests.
        self.server.handle_error = lambda *_: None
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            if configure:
                configure(context)
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.port = self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.05,))
        self.thread.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


class SocketPeer:
    """Runs `script(connection)` for each connection, in a thread; closed at the end of the with block."""

    def __init__(self, script):
        self.script = script
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.thread = threading.Thread(target=self._serve)
        self.thread.start()

    def _serve(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._run, args=(connection,), daemon=True).start()

    def _run(self, connection):
        with connection:
            connection.settimeout(20)
            try:
                self.script(connection)
            except OSError:
                pass  # the client left

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.thread.join()


def read_head(connection):
    """The bytes up to the empty line."""
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        byte = connection.recv(1)
        if not byte:
            break
        head += byte
    return head


class TunnelProxy(SocketPeer):
    """An HTTP proxy that opens tunnels, to this machine whatever the name, and keeps what it was asked."""

    def __init__(self, target_port):
        self.asked = []
        self.target_port = target_port
        super().__init__(self._tunnel)

    def _tunnel(self, connection):
        self.asked.append(read_head(connection).decode())
        with socket.create_connection(("127.0.0.1", self.target_port), timeout=20) as target:
            connection.sendall(b"HTTP/1.1 200 Connection established\r\nVia: test\r\n\r\n")
            back = threading.Thread(target=self._pump, args=(target, connection), daemon=True)
            back.start()
            self._pump(connection, target)
            back.join()

    @staticmethod
    def _pump(source, sink):
        try:
            while chunk := source.recv(65536):
                sink.sendall(chunk)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            pass
