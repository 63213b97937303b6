"""The remote classifier against a Text Embeddings Inference server played by Python's own http.server.

The probe serves the HTTP API over a remote classifier, so what the classifier answers shows as the status of the probe.
Answers have the shapes that the server's source gives them: router/src/http/types.rs, router/src/lib.rs.
"""

import concurrent.futures
import contextlib
import http.server
import json
import socket
import struct
import threading
import time
import unittest

import probe

EMOTIONS = ["공포", "놀람", "분노", "슬픔", "중립", "행복", "혐오"]


class FakeServer(http.server.ThreadingHTTPServer):
    """Answers rightly until `behave` says otherwise; `behave` gets the handler and returns True when it answered."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.labels = EMOTIONS
        self.max_client_batch_size = 32
        self.model_id = "kobert-emotion"
        self.behave = lambda handler, texts: False
        self.batches = []
        self.tokens = []
        self.url = f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request, client_address):
        pass  # A connection that the other side closed is part of these tests.


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def do_GET(self):
        labels = self.server.labels
        self.answer(200, {
            "model_id": self.server.model_id, "model_sha": "fca14538aa9956a46526bd1d0d11d69e19b5a101",
            "model_dtype": "float16",
            "model_type": {"classifier": {"id2label": {str(i): l for i, l in enumerate(labels)},
                                          "label2id": {l: i for i, l in enumerate(labels)}}},
            "max_concurrent_requests": 512, "max_input_length": 512, "max_batch_tokens": 16384,
            "max_batch_requests": None, "max_client_batch_size": self.server.max_client_batch_size,
            "auto_truncate": False, "tokenization_workers": 8, "version": "1.7.0", "sha": None, "docker_label": None})

    def do_POST(self):
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        assert request["truncate"] is True and self.headers["Content-Type"] == "application/json"
        texts = [text for [text] in request["inputs"]]
        self.server.batches.append(texts)
        self.server.tokens.append(self.headers.get("Authorization"))
        if self.server.behave(self, texts):
            return
        if len(texts) > self.server.max_client_batch_size:
            self.error(413, f"batch size {len(texts)} > maximum allowed batch size", "Validation")
            return
        self.answer(200, [self.scores(text) for text in texts],
                    {"x-compute-type": "gpu+optimized", "x-compute-time": "9", "x-compute-characters": "4",
                     "x-compute-tokens": str(6 * len(texts)), "x-total-time": "9", "x-tokenization-time": "1",
                     "x-queue-time": "2", "x-inference-time": "5"})

    def scores(self, text):
        """0.4 for the label whose emotion stands in the text, 0.1 for the others."""
        best = next((i for i, name in enumerate(EMOTIONS) if name in text), 4)
        entries = [{"score": 0.4 if i == best else 0.1, "label": label} for i, label in enumerate(self.server.labels)]
        return sorted(entries, key=lambda entry: -entry["score"])

    def error(self, status, message, kind):
        self.answer(status, {"error": message, "error_type": kind})

    def answer(self, status, body, headers=None):
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(data)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def reset(self):
        """Ends the connection with RST instead of an answer."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        self.rfile.close()
        self.wfile.close()
        self.connection.close()


@contextlib.contextmanager
def fake_server():
    server = FakeServer()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Remote(unittest.TestCase):
    @contextlib.contextmanager
    def running(self, *arguments):
        with fake_server() as fake, probe.running_probe("--remote", fake.url, *arguments) as server:
            self.fake, self.server = fake, server
            yield server

    def predict(self, *texts, timeout=20):
        inputs = texts[0] if len(texts) == 1 else [[text] for text in texts]
        return self.server.predict({"inputs": inputs}, timeout=timeout)

    def assert_recovers(self):
        self.fake.behave = lambda handler, texts: False
        answer = self.predict("행복")
        self.assertEqual(answer.status, 200, answer.body)
        self.assertEqual(answer.json()[0]["label"], "행복")

    def assert_fails(self, behave, status, error):
        """The server misbehaves to one text, then is as before."""
        with self.running("--timeout-ms", "1500") as server:
            self.assertEqual(self.predict("행복").status, 200)
            self.fake.behave = behave
            answer = self.predict("비밀 공포")
            self.assertEqual(answer.status, status, answer.body)
            self.assert_recovers()
        self.assertIn(error, server.errors)
        self.assertNotIn("비밀", server.errors)
        self.assertIn(self.fake.url, server.errors if error else self.fake.url)

    def test_answers_as_the_server_does(self):
        with self.running("--token", "hush"):
            answer = self.predict("오늘은 행복해요")
        entries = answer.json()
        self.assertEqual(entries[0], {"score": 0.4, "label": "행복"})
        self.assertEqual({entry["label"] for entry in entries}, set(EMOTIONS))
        self.assertEqual(answer.headers["x-compute-tokens"], "6")
        self.assertEqual(answer.headers["x-inference-time"], "5")
        self.assertEqual(answer.headers["x-compute-type"], "remote")
        self.assertEqual(self.fake.tokens, ["Bearer hush"])

    def test_maps_labels_by_name(self):
        with self.running():
            self.fake.labels = ["disgust", "Happiness", "중립", "SADNESS", "분노", "surprise", "fear"]
            self.assertEqual([e[0]["label"] for e in self.predict("공포", "놀람", "행복").json()],
                             ["혐오", "행복", "놀람"])

    def test_takes_unnamed_labels_in_the_notebooks_order(self):
        with self.running():
            self.fake.labels = [f"LABEL_{i}" for i in range(7)]
            self.assertEqual([e[0]["label"] for e in self.predict("공포", "놀람", "행복").json()],
                             ["공포", "놀람", "행복"])

    def test_says_which_label_is_no_emotion(self):
        with self.running() as server:
            self.fake.labels = ["joy", *EMOTIONS[1:]]
            self.assertEqual(self.predict("행복").status, 424)
            self.fake.labels = EMOTIONS
            self.assert_recovers()
        self.assertIn('"joy" is none of the seven emotions', server.errors)

    def test_answers_many_texts_in_few_requests(self):
        texts = [f"{EMOTIONS[number % 7]} {number}" for number in range(120)]
        with self.running(), concurrent.futures.ThreadPoolExecutor(30) as pool:
            answers = list(pool.map(self.predict, texts))
        self.assertEqual([answer.json()[0]["label"] for answer in answers], [text.split()[0] for text in texts])
        self.assertLess(len(self.fake.batches), 120)
        self.assertEqual(sorted(text for batch in self.fake.batches for text in batch), sorted(texts))

    def test_halves_batches_that_are_too_large(self):
        with self.running():
            self.predict("행복")
            self.fake.max_client_batch_size = 2  # Since the classifier asked.
            answer = self.predict(*EMOTIONS, *EMOTIONS)
        self.assertEqual([entries[0]["label"] for entries in answer.json()], EMOTIONS * 2)

    def test_passes_overload_on(self):
        self.assert_fails(lambda h, t: h.error(429, "Model is overloaded", "Overloaded") or True, 429, "")

    def test_passes_a_broken_model_on(self):
        self.assert_fails(lambda h, t: h.error(424, "Inference failed", "Backend") or True, 424, "status 424")

    def test_survives_garbage(self):
        self.assert_fails(lambda h, t: h.answer(200, b"<html>hello</html>") or True, 424, "not JSON")

    def test_survives_labels_that_the_server_did_not_announce(self):
        def other_labels(handler, texts):
            handler.answer(200, [[{"score": 1 / 7, "label": f"LABEL_{i}"} for i in range(7)] for _ in texts])
            return True
        self.assert_fails(other_labels, 424, "a label that /info does not name")

    def test_survives_an_answer_that_is_cut(self):
        def cut(handler, texts):
            handler.wfile.write(b"HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n[[{\"score\":")
            handler.close_connection = True
            return True
        self.assert_fails(cut, 424, "no answer")

    def test_survives_a_reset_connection(self):
        self.assert_fails(lambda h, t: h.reset() or True, 424, "no answer")

    def test_survives_a_server_that_takes_too_long(self):
        release = threading.Event()
        self.addCleanup(release.set)
        self.assert_fails(lambda h, t: release.wait(10), 424, "no answer")

    def test_says_that_the_token_is_refused(self):
        self.assert_fails(lambda h, t: h.error(401, "", "Validation") or True, 424, "classifier.url_token")

    def test_finds_the_one_text_that_the_server_refuses(self):
        gate = threading.Event()
        self.addCleanup(gate.set)

        def refuse_fear(handler, texts):
            if "중립" in texts:
                gate.wait(10)
            if not any("공포" in text for text in texts):
                return False
            handler.error(422, "Tokenization error", "Tokenizer")
            return True

        others = [name for name in EMOTIONS if name != "중립"]
        with self.running(), concurrent.futures.ThreadPoolExecutor(10) as pool:
            self.predict("행복")
            self.fake.behave = refuse_fear
            for _ in range(4):  # As many requests as may be under way; what comes now gathers.
                pool.submit(self.predict, "중립")
            self.wait_until(lambda: len(self.fake.batches) == 5)
            answers = [pool.submit(self.predict, name) for name in others]
            self.wait_until(lambda: b'te_request_count{method="single"} 11' in self.server.get("/metrics").body)
            gate.set()
            statuses = [answer.result().status for answer in answers]
        self.assertIn(sorted(others), [sorted(batch) for batch in self.fake.batches])
        self.assertEqual(statuses, [424 if name == "공포" else 200 for name in others])

    def wait_until(self, is_so):
        deadline = time.monotonic() + 10
        while not is_so():
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.01)

    def test_asks_again_who_the_server_is_after_a_broken_connection(self):
        with self.running():
            self.assertEqual(self.predict("행복").status, 200)
            self.fake.behave = lambda handler, texts: handler.reset() or True
            self.assertEqual(self.predict("행복").status, 424)
            self.fake.behave = lambda handler, texts: False
            self.fake.labels = list(reversed(EMOTIONS))
            self.assertEqual(self.predict("공포").json()[0]["label"], "혐오")

    def test_says_that_nobody_listens(self):
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))
            url = f"http://127.0.0.1:{unused.getsockname()[1]}"
            with probe.running_probe("--remote", url) as server:
                self.assertEqual(server.predict({"inputs": "행복"}).status, 424)
        self.assertIn(f"{url}: no connection", server.errors)

    def test_is_a_nunchi_in_front_of_a_nunchi(self):
        with probe.running_probe() as behind, probe.running_probe("--remote", behind.url) as front:
            for text in EMOTIONS:
                near, far = behind.predict({"inputs": text}).json(), front.predict({"inputs": text}).json()
                self.assertEqual(near, far)
            self.assertEqual(front.predict({"inputs": "과부하"}).status, 429)
            self.assertEqual(front.predict({"inputs": "고장"}).status, 424)
            self.assertEqual(front.predict({"inputs": "a", "raw_scores": True}).status, 422)
            self.assertEqual(front.predict({"inputs": "a", "truncate": False}).status, 422)


if __name__ == "__main__":
    unittest.main()
