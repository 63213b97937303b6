"""`nunchi run` from the outside. websockets and sqlite3 are the independent peers."""

import concurrent.futures
import http.client
import os
import pathlib
import signal
import socket
import sqlite3
import tempfile
import time
import unittest

from websockets.exceptions import ConnectionClosed

from daemon_process import Daemon, Page

ROUNDS = int(os.environ.get("NUNCHI_CRASH_ROUNDS", "4"))


def sentence(number):
    return f"오늘 {number}번째 회의가 너무 길어서 정말 피곤하고 슬펐어요"


class DaemonTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.home = pathlib.Path(folder.name)

    def open_page(self, daemon):
        page = Page(daemon)
        self.addCleanup(page.close)
        page.connect()
        return page

    def get(self, daemon, path, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", daemon.port, timeout=20)
        try:
            connection.request("GET", path, headers=headers)
            response = connection.getresponse()
            return response.status, response.headers, response.read().decode()
        finally:
            connection.close()

    def counters(self):
        """Whole and consistent, or this raises."""
        database = sqlite3.connect(self.home / "state/nunchi/nunchi.db")
        try:
            self.assertEqual(database.execute("PRAGMA integrity_check").fetchone(), ("ok",))
            return database.execute("SELECT sum(count) FROM hour_count").fetchone()[0]
        finally:
            database.close()

    def test_answers_and_stops_in_order(self):
        with Daemon(self.home) as daemon:
            page = self.open_page(daemon)
            page.write("m1", "오늘은 정말 기분이 좋아요!")
            page.take(lambda: "m1" in page.answers, 30)
            self.assertEqual(page.answers["m1"]["text"], "입력하신 내용에서 행복이 느껴집니다.")
            self.assertEqual(len(page.answers["m1"]["scores"]), 7)
            self.assertEqual(daemon.run_verb("healthcheck").returncode, 0)
            self.assertEqual(daemon.run_verb("doctor").returncode, 0)

            self.assertEqual(daemon.stop(), 0)
            self.assertIn("stopped", daemon.log.read_text(encoding="utf-8"))
        self.assertEqual(daemon.run_verb("healthcheck").returncode, 1)

    def test_finishes_what_is_under_way_before_it_stops(self):
        with Daemon(self.home) as daemon:
            page = self.open_page(daemon)
            for number in range(50):
                page.write(f"m{number}", sentence(number))
            page.take(lambda: len(page.acknowledged) >= 1, 30)
            daemon.process.send_signal(signal.SIGTERM)
            with self.assertRaises(ConnectionClosed):
                page.take(lambda: False, 20)
            self.assertEqual(daemon.process.wait(timeout=20), 0)
            self.assertEqual(page.acknowledged - page.answers.keys(), set())

    def test_reloads_settings_without_losing_a_message(self):
        with Daemon(self.home) as daemon:
            page = self.open_page(daemon)
            for number in range(60):
                page.write(f"m{number}", sentence(number))
                if number % 20 == 0:
                    daemon.process.send_signal(signal.SIGHUP)
            page.take(lambda: len(page.answers) == 60, 60)
            self.assertIn("settings were reloaded", daemon.log.read_text(encoding="utf-8"))

    def test_loses_nothing_and_doubles_nothing_when_killed_under_load(self):
        daemon = Daemon(self.home)
        page = Page(daemon)
        self.addCleanup(page.close)
        written = 0
        for round_number in range(ROUNDS):
            page.connect()
            for _ in range(20):
                page.write(f"m{written}", sentence(written))
                written += 1
            enough = written - 1 - round_number * 5 % 17  # the rest is under way
            page.take(lambda: len(page.answers) >= enough, 60)
            daemon.kill()
            daemon.start()
        page.connect()
        page.take(lambda: len(page.answers) == written and not page.unacknowledged, 60)
        self.assertEqual(page.notices, [])
        self.assertEqual(daemon.stop(), 0)
        self.assertEqual(self.counters(), written)

    def test_leaves_no_text_behind(self):
        secret = "보라색코끼리가춤을추어서무척기뻐요"
        with Daemon(self.home, NUNCHI_LOG_LEVEL="trace") as daemon:
            page = self.open_page(daemon)
            page.write("m1", secret)
            page.take(lambda: "m1" in page.answers, 30)
            page.send({"type": "explain", "id": "m1", "text": secret + " 정말로"})
            page.write("m2", "<b>" + secret)
            page.take(lambda: "m2" in page.answers, 30)
            files = self.files_with(secret)  # the write-ahead log is still there
            daemon.stop()
        self.assertEqual(files + self.files_with(secret), [])

    def files_with(self, text):
        needles = [text.encode(), text.encode("utf-16-le"), text[:6].encode()]
        files = [path for path in self.home.rglob("*") if path.is_file()]
        self.assertTrue(any(path.name == "nunchi.db" for path in files))
        return [str(path) for path in files if any(needle in path.read_bytes() for needle in needles)]

    def test_lets_browsers_in_by_a_one_time_link_off_loopback(self):
        with Daemon(self.home, NUNCHI_HTTP_ADDRESS="0.0.0.0") as daemon:
            entry = daemon.url[daemon.url.index("/enter"):]
            self.assertEqual(self.get(daemon, "/")[0], 401)
            self.assertEqual(self.get(daemon, "/predict")[0], 401)
            self.assertEqual(self.get(daemon, "/livez")[0], 200)
            status, headers, _ = self.get(daemon, entry)
            self.assertEqual((status, headers["Location"]), (303, "/"))
            cookie = headers["Set-Cookie"].split(";")[0]
            self.assertEqual(self.get(daemon, "/", Cookie=cookie)[0], 200)
            self.assertEqual(self.get(daemon, entry)[0], 403)

            token = (self.home / "state/nunchi/http_token").read_text(encoding="utf-8").strip()
            self.assertEqual((self.home / "state/nunchi/http_token").stat().st_mode & 0o777, 0o600)
            self.assertEqual(self.get(daemon, "/info", Authorization=f"Bearer {token}")[0], 200)
            self.assertEqual(self.get(daemon, "/info", Authorization="Bearer wrong")[0], 401)
            self.assertNotIn(token, daemon.log.read_text(encoding="utf-8"))
            link = daemon.run_verb("link").stdout.strip()
            self.assertEqual(self.get(daemon, link[link.index("/enter"):])[0], 303)

    def test_answers_only_to_its_own_names(self):
        with Daemon(self.home) as daemon:
            self.assertEqual(self.get(daemon, "/", Host="evil.example")[0], 421)
            self.assertEqual(self.get(daemon, "/info", Origin="http://evil.example")[0], 403)

    def test_says_what_is_wrong_when_it_cannot_start(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            environment = {"NUNCHI_HTTP_PORT": str(taken.getsockname()[1])}
            daemon = Daemon.__new__(Daemon)
            daemon.environment = {"HOME": str(self.home), "PATH": os.environ["PATH"], **environment}
            done = daemon.run_verb("run")
        self.assertEqual(done.returncode, 78)
        self.assertIn("http.port", done.stderr)

    def test_many_pages_at_once_are_all_answered(self):
        with Daemon(self.home) as daemon:
            def chat(_):
                page = self.open_page(daemon)
                for number in range(10):
                    page.write(f"m{number}", sentence(number))
                page.take(lambda: len(page.answers) == 10, 90)
                page.close()
                return len(page.answers)

            with concurrent.futures.ThreadPoolExecutor(20) as pool:
                self.assertEqual(sum(pool.map(chat, range(20))), 200)
            deadline = time.monotonic() + 20
            while daemon.process.poll() is None and time.monotonic() < deadline:
                status, _, text = self.get(daemon, "/metrics")
                self.assertEqual(status, 200)
                if 'nunchi_messages_received_total{platform="web"} 200' in text:
                    return
            self.fail("the counter of messages did not reach 200")


if __name__ == "__main__":
    unittest.main()
