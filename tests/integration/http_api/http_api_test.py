"""The HTTP API from the outside: by hand, with Hugging Face's client, and with requests made up from its OpenAPI
description."""

import concurrent.futures
import importlib.util
import math
import os
import subprocess
import sys
import tempfile
import unittest

import probe

# Hugging Face's client would refuse loopback, too. It is asked for nothing else.
os.environ["HF_HUB_OFFLINE"] = "0"

EMOTIONS = ["공포", "놀람", "분노", "슬픔", "중립", "행복", "혐오"]


def logits_of(text):
    """The rule of api_probe."""
    return [4.0 if name in text else -0.5 * index for index, name in enumerate(EMOTIONS)]


def softmax(logits):
    exponentials = [math.exp(logit) for logit in logits]
    return [value / sum(exponentials) for value in exponentials]


class WithServer(unittest.TestCase):
    arguments = ()

    @classmethod
    def setUpClass(cls):
        cls.running = probe.running_probe(*cls.arguments)
        cls.server = cls.running.__enter__()

    @classmethod
    def tearDownClass(cls):
        cls.running.__exit__(None, None, None)

    def assert_scores(self, entries, expected):
        self.assertEqual({entry["label"] for entry in entries}, set(EMOTIONS))
        for entry in entries:
            self.assertAlmostEqual(entry["score"], expected[EMOTIONS.index(entry["label"])], places=6)
        scores = [entry["score"] for entry in entries]
        self.assertEqual(scores, sorted(scores, reverse=True))

    def assert_error(self, answer, status, error_type):
        self.assertEqual(answer.status, status, answer.body)
        self.assertEqual(set(answer.json()), {"error", "error_type"})
        self.assertEqual(answer.json()["error_type"], error_type)
        self.assertEqual(answer.headers["content-type"], "application/json")


class Predict(WithServer):
    def test_answers_one_text(self):
        answer = self.server.predict({"inputs": "행복 😀"})
        self.assertEqual(answer.status, 200)
        self.assert_scores(answer.json(), softmax(logits_of("행복")))
        self.assertEqual(answer.headers["content-type"], "application/json")
        self.assertEqual(answer.headers["x-compute-characters"], "4")
        self.assertEqual(answer.headers["x-compute-tokens"], "13")
        for name in ("compute-time", "total-time", "tokenization-time", "queue-time", "inference-time"):
            self.assertGreaterEqual(int(answer.headers[f"x-{name}"]), 0)

    def test_answers_a_batch_in_its_order(self):
        texts = ["분노", "행복", "공포", "행복"]
        answer = self.server.predict({"inputs": [[text] for text in texts]})
        self.assertEqual([entries[0]["label"] for entries in answer.json()], texts)
        for text, entries in zip(texts, answer.json(), strict=True):
            self.assert_scores(entries, softmax(logits_of(text)))

    def test_works_at_the_texts_of_a_batch_at_once(self):
        answer = self.server.predict({"inputs": [["느림"]] * 20})
        self.assertEqual(answer.status, 200)
        self.assertLess(int(answer.headers["x-total-time"]), 20 * 500 / 2)

    def test_gives_logits(self):
        answer = self.server.predict({"inputs": "행복", "raw_scores": True})
        self.assert_scores(answer.json(), logits_of("행복"))

    def test_cuts_only_what_it_may(self):
        long = "행복" + "a" * 100
        self.assertEqual(self.server.predict({"inputs": long}).status, 200)
        self.assertEqual(self.server.predict({"inputs": long, "truncate": True}).status, 200)
        refused = self.server.predict({"inputs": long, "truncate": False})
        self.assert_error(refused, 413, "Validation")
        self.assertEqual(refused.json()["error"], "`inputs` must have less than 64 tokens. Given: 108")
        self.assertEqual(self.server.predict({"inputs": "행복", "truncate": False}).json()[0]["label"], "행복")

    def test_keeps_the_end_when_asked_to(self):
        request = {"inputs": "공포" + "a" * 100 + "행복", "truncation_direction": "left"}
        self.assert_scores(self.server.predict(request).json(), softmax(logits_of("행복")))

    def test_refuses_in_the_words_of_text_embeddings_inference(self):
        predict = self.server.predict
        self.assert_error(predict({"inputs": ""}), 400, "Empty")
        self.assert_error(predict({"inputs": []}), 400, "Empty")
        self.assert_error(predict({"inputs": [["a"]] * 33}), 413, "Validation")
        self.assertEqual(predict({"inputs": [["a"]] * 32}).status, 200)
        self.assert_error(predict({"inputs": ["a", "b"]}), 422, "Tokenizer")
        self.assert_error(predict({"input": "a"}), 422, "Validation")
        self.assert_error(predict(b"{"), 400, "Validation")
        self.assert_error(predict({"inputs": "고장"}), 424, "Backend")
        overloaded = predict({"inputs": [["a"], ["과부하"]]})
        self.assert_error(overloaded, 429, "Overloaded")
        self.assertEqual(overloaded.headers["retry-after"], "1")

    def test_takes_only_json(self):
        for headers in ({}, {"Content-Type": "text/plain"}, {"Content-Type": "application/x-www-form-urlencoded"}):
            self.assert_error(self.server.send("POST", "/predict", b'{"inputs":"a"}', headers), 415, "Validation")

    def test_repeats_nothing_of_the_request_in_an_error(self):
        for body in ('{"inputs": ["비밀", "비밀"]}', '{"inputs": "비밀', '{"비밀": 1}', '{"inputs": {"비밀": 1}}'):
            answer = self.server.predict(body.encode())
            self.assertNotIn("비밀", answer.body.decode())
            self.assertGreaterEqual(answer.status, 400)

    def test_answers_many_connections(self):
        texts = [EMOTIONS[number % 7] for number in range(300)]
        with concurrent.futures.ThreadPoolExecutor(16) as pool:
            answers = list(pool.map(lambda text: self.server.predict({"inputs": text}), texts))
        self.assertEqual([answer.json()[0]["label"] for answer in answers], texts)


class Limits(WithServer):
    arguments = ("--max-concurrent", "2")

    def test_refuses_more_texts_at_once_than_it_may(self):
        self.assert_error(self.server.predict({"inputs": [["a"], ["b"], ["c"]]}), 429, "Overloaded")
        self.assertEqual(self.server.predict({"inputs": [["a"], ["b"]]}).status, 200)

    def test_gives_the_place_back_after_each_request(self):
        for _ in range(20):
            self.assertEqual(self.server.predict({"inputs": "행복"}).status, 200)
            self.assertEqual(self.server.predict({"inputs": "고장"}).status, 424)


class InferenceClient(WithServer):
    """Hugging Face's own client, as its documentation has it."""

    def setUp(self):
        import huggingface_hub
        from huggingface_hub.errors import HfHubHTTPError
        self.http_error = HfHubHTTPError
        self.client = huggingface_hub.InferenceClient(model=self.server.url, token="hf_none")

    def test_gets_all_labels(self):
        found = self.client.text_classification("오늘은 행복해요")
        self.assertEqual(found[0].label, "행복")
        self.assert_scores([{"label": entry.label, "score": entry.score} for entry in found],
                           softmax(logits_of("행복")))

    def test_gets_as_many_labels_as_it_asks_for(self):
        self.assertEqual([entry.label for entry in self.client.text_classification("분노", top_k=2)], ["분노", "공포"])

    def test_gets_the_function_it_asks_for(self):
        found = self.client.text_classification("분노", function_to_apply="sigmoid")
        self.assert_scores([{"label": entry.label, "score": entry.score} for entry in found],
                           [1 / (1 + math.exp(-logit)) for logit in logits_of("분노")])
        found = self.client.text_classification("분노", function_to_apply="none", top_k=1)
        self.assertEqual(found[0].score, 4.0)

    def test_sees_errors_as_errors(self):
        with self.assertRaises(self.http_error) as caught:
            self.client.text_classification("고장")
        self.assertEqual(caught.exception.response.status_code, 424)


class OtherRoutes(WithServer):
    def test_info_has_the_shape_of_text_embeddings_inference(self):
        info = self.server.get("/info").json()
        self.assertEqual(info["model_type"]["classifier"]["id2label"], {str(i): e for i, e in enumerate(EMOTIONS)})
        self.assertEqual(info["model_type"]["classifier"]["label2id"], {e: i for i, e in enumerate(EMOTIONS)})
        self.assertEqual(info["max_client_batch_size"], 32)
        self.assertEqual(info["max_input_length"], 64)
        self.assertIs(info["auto_truncate"], True)

    def test_probes_answer(self):
        health = self.server.get("/health")
        self.assertEqual((health.status, health.body), (200, b""))
        self.assertEqual(self.server.get("/livez").json(), {"status": "alive"})
        ready = self.server.get("/readyz")
        self.assertEqual(ready.status, 200)
        self.assertEqual([check["name"] for check in ready.json()["checks"]], ["model"])

    def test_metrics_are_what_a_prometheus_reads(self):
        self.server.predict({"inputs": "행복"})
        self.server.predict({"inputs": [["행복"], ["a"]]})
        self.server.predict({"inputs": ""})
        answer = self.server.get("/metrics")
        self.assertEqual(answer.headers["content-type"], "text/plain; version=0.0.4; charset=utf-8")
        samples = self.samples_of(answer.body.decode())
        self.assertGreaterEqual(samples['te_request_success{method="single"}'], 1)
        self.assertGreaterEqual(samples['te_request_success{method="batch"}'], 1)
        self.assertGreaterEqual(samples['te_request_failure{err="validation"}'], 1)
        self.assertEqual(samples["te_request_duration_count"],
                         samples['te_request_success{method="single"}'] +
                         samples['te_request_success{method="batch"}'])
        self.assertGreater(samples["process_resident_memory_bytes"], 1e6)
        self.assertGreater(samples["process_start_time_seconds"], 1.7e9)

    def samples_of(self, text):
        samples, types = {}, {}
        for line in text.splitlines():
            if line.startswith("# TYPE "):
                _, _, name, kind = line.split(" ")
                self.assertNotIn(name, types)
                types[name] = kind
            elif not line.startswith("#"):
                name, _, value = line.rpartition(" ")
                self.assertNotIn(name, samples)
                samples[name] = float(value)
        return samples

    def test_metrics_are_read_by_prometheus_own_client(self):
        if importlib.util.find_spec("prometheus_client") is None:
            missing(self, "prometheus-client")
        from prometheus_client.parser import text_string_to_metric_families
        families = {family.name: family
                    for family in text_string_to_metric_families(self.server.get("/metrics").body.decode())}
        self.assertEqual(families["nunchi_inference_duration_seconds"].type, "histogram")
        self.assertEqual(families["process_cpu_seconds"].type, "counter")
        self.assertEqual(families["nunchi_build_info"].samples[0].value, 1)


def missing(test, package):
    """Skips on a machine without the package; CI has to have it."""
    if os.environ.get("CI") == "true":
        test.fail(f"{package} is missing: run script/bootstrap --test")
    test.skipTest(f"{package} is not installed")


class Schema(WithServer):
    def test_every_answer_is_one_that_the_description_tells(self):
        """Schemathesis makes up requests, right and wrong ones, and compares the answers with openapi.json."""
        if importlib.util.find_spec("schemathesis") is None:
            missing(self, "schemathesis")
        with tempfile.TemporaryDirectory() as folder:
            found = subprocess.run(
                [sys.executable, "-c", "import sys; from schemathesis.cli import schemathesis; sys.exit(schemathesis())",
                 "run", f"{self.server.url}/openapi.json", "--checks", "all", "--max-examples", "60", "--seed", "34",
                 "--generation-database", "none", "--no-color"],
                capture_output=True, text=True, cwd=folder, timeout=400, env={**os.environ, "HOME": folder})
        self.assertEqual(found.returncode, 0, found.stdout[-6000:] + found.stderr[-2000:])


if __name__ == "__main__":
    unittest.main()
