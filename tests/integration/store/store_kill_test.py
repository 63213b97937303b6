"""Kills a process that records messages, again and again, and looks at what it left.

The rows are read by Python's sqlite3 and by psql, the keys computed by hashlib: nothing here is our own code but the
process that is killed.
"""

import contextlib
import hashlib
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import unittest
import uuid

WRITER = os.path.join(os.environ["NUNCHI_BIN_DIR"], "store_writer")
SERVER = os.environ.get("NUNCHI_TEST_POSTGRES") or "postgresql://postgres@127.0.0.1:5432/test"
ROUNDS = 10


def once_key(message):
    """The key of a handled message, as bot/store/once_key.hpp describes it."""
    parts = ["handled", "web", "", "room", "", message, "created"]
    joined = b"".join(b"%d:%s," % (len(part.encode()), part.encode()) for part in parts)
    digest = hashlib.sha256(joined).digest()
    return tuple(int.from_bytes(digest[at:at + 8], "big", signed=True) for at in (0, 8))


def lines_until_killed(where, prefix, enough):
    """The ids that the writer printed, of which about `enough` before it was killed."""
    with subprocess.Popen([WRITER, where, prefix], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as writer:
        seen = [writer.stdout.readline() for _ in range(enough)]
        writer.send_signal(signal.SIGKILL)
        rest, complaints = writer.communicate(timeout=30)
    if writer.returncode != -signal.SIGKILL:
        raise AssertionError(f"the writer ended by itself: {complaints.decode()}")
    seen += rest.splitlines(keepends=True)
    return [line.decode().strip() for line in seen if line.endswith(b"\n")]


class KilledWriter:
    def test_keeps_all_that_it_printed(self):
        chance = random.Random(20261122)
        printed = []
        for number in range(ROUNDS):
            printed += lines_until_killed(self.where, f"round{number}", chance.randint(1, 1500))

        keys = {(high, low) for high, low in self.rows("SELECT high, low FROM once_key")}
        self.assertEqual(len(printed), len(set(printed)))
        missing = [message for message in printed if once_key(message) not in keys]
        self.assertEqual(missing, [])
        # Beside the printed ones only those that were under way, at most sixteen a round.
        self.assertLessEqual(len(keys), len(printed) + 16 * ROUNDS)

        self.assertEqual(self.rows("SELECT sum(count) FROM hour_count"), [(len(keys),)])
        self.assertEqual(self.rows("SELECT DISTINCT emotion FROM hour_count"), [(3,)])  # sadness
        effects = {number for number, in self.rows("SELECT id FROM effect")}
        self.assertEqual(effects, {high & (2**63 - 1) for high, low in keys})
        self.check_integrity()


class Sqlite(KilledWriter, unittest.TestCase):
    def setUp(self):
        folder = tempfile.mkdtemp(prefix="nunchi-kill-")
        self.addCleanup(shutil.rmtree, folder)
        self.where = os.path.join(folder, "nunchi.db")

    def rows(self, query):
        with contextlib.closing(sqlite3.connect(self.where)) as connection:
            return connection.execute(query).fetchall()

    def check_integrity(self):
        self.assertEqual(self.rows("PRAGMA integrity_check"), [("ok",)])
        self.assertEqual(self.rows("SELECT platform, community, channel, thread FROM place"), [("web", "", "room", "")])


class Postgresql(KilledWriter, unittest.TestCase):
    def setUp(self):
        if self.psql(SERVER, "SELECT 1").returncode != 0:
            if os.environ.get("CI") == "true":
                self.fail("NUNCHI_TEST_POSTGRES cannot be reached with psql")
            self.skipTest("no PostgreSQL server, or no psql")
        schema = f"nunchi_kill_{uuid.uuid4().hex}"
        self.psql(SERVER, f"CREATE SCHEMA {schema}").check_returncode()
        self.addCleanup(self.psql, SERVER, f"SET client_min_messages = warning; DROP SCHEMA {schema} CASCADE")
        self.where = SERVER + ("&" if "?" in SERVER else "?") + f"options=-csearch_path%3D{schema}"

    @staticmethod
    def psql(server, query):
        program = shutil.which("psql") or "false"
        return subprocess.run([program, server, "-X", "-A", "-t", "-c", query], capture_output=True, text=True,
                              timeout=30, check=False)

    def rows(self, query):
        answer = self.psql(self.where, query)
        answer.check_returncode()
        return [tuple(int(column) for column in line.split("|")) for line in answer.stdout.splitlines()]

    def check_integrity(self):
        self.assertEqual(self.rows("SELECT version FROM schema_version"), [(1,)])


if __name__ == "__main__":
    unittest.main(verbosity=2)
