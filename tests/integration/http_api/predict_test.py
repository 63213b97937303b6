"""The running program: /predict over HTTP gives the numbers that `nunchi classify` prints."""

import csv
import json
import os
import pathlib
import signal
import socket
import struct
import subprocess
import tempfile
import time
import unittest

import probe

NUNCHI = pathlib.Path(os.environ["NUNCHI_BIN_DIR"]) / "nunchi"
DATA = pathlib.Path(os.environ["NUNCHI_SOURCE_DIR"]) / "tests/data"


def two_hundred_texts():
    """Chat lines of one line each: the transcript, the tokenizer's golden texts, and some numbers."""
    with open(DATA / "original_transcript.tsv", encoding="utf-8") as file:
        texts = [row["text"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
    with open(DATA / "kobert/kobert_golden.tsv", encoding="utf-8") as file:
        texts += [json.loads(line.split("\t")[1]) for line in file if not line.startswith("#")]
    texts = [text for text in texts if isinstance(text, str) and text.strip() and text.isprintable()]
    texts += [f"오늘은 {number}번째 손님이 와서 기분이 좋아요" for number in range(200 - len(texts))]
    return texts[:200]


def float32(number):
    return struct.unpack("f", struct.pack("f", number))[0]


def environment(home, port):
    return {"HOME": home, "XDG_STATE_HOME": home, "PATH": os.environ["PATH"], "LANG": "C.UTF-8",
            "NUNCHI_HTTP_PORT": str(port), "OMP_WAIT_POLICY": "passive", "NUNCHI_CLASSIFIER_PRECISION": "fp32"}


class Predict(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.home = tempfile.TemporaryDirectory()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            cls.port = free.getsockname()[1]
        cls.environment = environment(cls.home.name, cls.port)
        cls.process = subprocess.Popen([NUNCHI, "run"], env=cls.environment, stdin=subprocess.DEVNULL,
                                       stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        cls.server = probe.Server(cls.port)
        cls.wait_until_ready()

    @classmethod
    def wait_until_ready(cls):
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and cls.process.poll() is None:
            try:
                if cls.server.get("/readyz").status == 200:
                    return
            except OSError:
                pass
            time.sleep(0.2)
        cls.process.kill()
        raise AssertionError("nunchi run did not become ready: " + cls.process.communicate()[1][-2000:])

    @classmethod
    def tearDownClass(cls):
        cls.process.send_signal(signal.SIGTERM)
        cls.process.communicate(timeout=30)
        cls.home.cleanup()

    def test_scores_are_those_of_classify(self):
        texts = two_hundred_texts()
        printed = subprocess.run([NUNCHI, "classify", "--format", "json"], input="\n".join(texts) + "\n", text=True,
                                 capture_output=True, env=self.environment, timeout=300, check=True).stdout
        expected = [json.loads(line) for line in printed.splitlines()]
        self.assertEqual([row["text"] for row in expected], texts)

        found = []
        for start in range(0, len(texts), 20):
            answer = self.server.predict({"inputs": [[text] for text in texts[start:start + 20]]})
            self.assertEqual(answer.status, 200, answer.body)
            found += answer.json()
        for row, entries in zip(expected, found, strict=True):
            scores = {entry["label"]: float32(entry["score"]) for entry in entries}
            self.assertEqual(set(scores), set(row["probabilities"]))
            for label, probability in row["probabilities"].items():
                # The two batch the texts differently, which moves float32 sums by rounding.
                self.assertAlmostEqual(scores[label], float32(probability), delta=1e-5)
            self.assertEqual(entries[0]["label"], max(row["probabilities"], key=row["probabilities"].get))

    def test_one_text_gets_what_it_gets_in_a_batch(self):
        texts = two_hundred_texts()[:8]
        batch = self.server.predict({"inputs": [[text] for text in texts]}).json()
        for text, entries in zip(texts, batch, strict=True):
            for one, other in zip(self.server.predict({"inputs": text}).json(), entries, strict=True):
                self.assertEqual(one["label"], other["label"])
                self.assertAlmostEqual(one["score"], other["score"], delta=1e-5)

    def test_raw_scores_are_logits_of_the_probabilities(self):
        import numpy
        request = {"inputs": "오늘은 정말 기분이 좋아요!"}
        scores = {e["label"]: e["score"] for e in self.server.predict(request).json()}
        logits = {e["label"]: e["score"] for e in self.server.predict({**request, "raw_scores": True}).json()}
        values = numpy.array([logits[label] for label in scores])
        softmax = numpy.exp(values - values.max()) / numpy.exp(values - values.max()).sum()
        # The starter's temperature is 1.
        numpy.testing.assert_allclose(softmax, list(scores.values()), atol=1e-5)

    def test_refuses_to_cut_only_when_told_to(self):
        long = "오늘은 정말 기분이 좋아요 " * 30
        self.assertEqual(self.server.predict({"inputs": long}).headers["x-compute-tokens"], "64")
        refused = self.server.predict({"inputs": long, "truncate": False})
        self.assertEqual(refused.status, 413)
        self.assertIn("must have less than 64 tokens", refused.json()["error"])

    def test_info_names_the_starter(self):
        info = self.server.get("/info").json()
        self.assertTrue(info["model_id"].startswith("starter@"))
        config = json.loads((DATA.parent.parent / "models/starter/config.json").read_text(encoding="utf-8"))
        self.assertEqual(info["model_type"]["classifier"]["id2label"], config["id2label"])


if __name__ == "__main__":
    unittest.main()
