"""The program `nunchi-train` from the outside, on sentences made up here."""

import hashlib
import json
import os
import pathlib
import secrets
import signal
import subprocess
import tempfile
import time
import unittest

BIN = pathlib.Path(os.environ["NUNCHI_BIN_DIR"])
SOURCE = pathlib.Path(os.environ["NUNCHI_SOURCE_DIR"])
SPIECE = SOURCE / "tests" / "data" / "kobert" / "spiece.model"
EX_OK, EX_USAGE, EX_DATAERR, EX_TEMPFAIL = 0, 64, 65, 75

WORDS = {"공포": "무서워", "놀람": "깜짝", "분노": "화나", "슬픔": "눈물", "중립": "회의", "행복": "기뻐", "혐오": "더러워"}
ENDINGS = ["오늘", "어제", "정말", "그냥", "너무", "다시", "아침에", "저녁에", "학교에서", "집에서"]
SMALL = ["--spiece", SPIECE, "--layers", "1", "--hidden", "32", "--heads", "2", "--intermediate", "64", "--threads", "1"]


def train(*arguments):
    return subprocess.run([BIN / "nunchi-train", *arguments], capture_output=True, text=True, timeout=300,
                          env={**os.environ, "LANG": "C.UTF-8"})


class NunchiTrain(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.data = self.folder / "문장.csv"
        rows = [f"{time} {word} 일이 있었어 {number},{label}" for number in range(6) for time in ENDINGS
                for label, word in WORDS.items()]
        self.data.write_text("text,label\n" + "\n".join(rows) + "\n", encoding="utf-8")

    def test_makes_a_model_that_serves_and_measures_as_reported(self):
        encoder, model = self.folder / "encoder", self.folder / "모델"
        corpus = self.folder / "corpus.tsv"
        corpus.write_text("text\trating\n" + "".join(f"{time} {word} 일이 있었어\t{stars}\n" for stars, time in
                                                     enumerate(ENDINGS, start=1) for word in WORDS.values()),
                          encoding="utf-8")

        pretrained = train("pretrain", *SMALL, "--out", encoder, "--batch-size", "16", corpus)
        self.assertEqual(pretrained.returncode, EX_OK, pretrained.stderr)
        fitted = train("fit", "--data", self.data, "--base", encoder, "--out", model, "--epochs", "24", "--batch-size", "16",
                       "--learning-rate", "5e-3", "--classifier-dropout", "0.1", "--threads", "1")
        self.assertEqual(fitted.returncode, EX_OK, fitted.stderr)
        self.assertIn("no better one since epoch", fitted.stderr)
        evaluated = train("evaluate", "--model", model, "--data", self.data, "--json")
        report = json.loads(evaluated.stdout)
        ledger = json.loads((model / "nunchi.json").read_text(encoding="utf-8"))
        answer = subprocess.run([BIN / "nunchi", "--model", model, "classify"], input="어제 기뻐 일이 있었어\n",
                                capture_output=True, text=True, timeout=60)

        self.assertGreater(report["accuracy"], 0.9)
        self.assertEqual(report["rows"], 84)
        self.assertAlmostEqual(report["accuracy"], ledger["metrics"]["accuracy"], places=12)
        self.assertEqual(ledger["provenance"]["base"]["provenance"]["sentences"], 70)
        self.assertIn("macro-F1", (model / "MODEL_CARD.md").read_text(encoding="utf-8"))
        self.assertTrue(answer.stdout.startswith("행복\t"), answer.stdout + answer.stderr)

    def test_refuses_before_training_what_it_would_refuse_after(self):
        existing = train("fit", "--data", self.data, *SMALL, "--out", self.folder)
        self.assertEqual(existing.returncode, EX_DATAERR)
        self.assertIn("exists already", existing.stderr)
        self.assertEqual(train("fit", "--data", self.data, "--out", self.folder / "x").returncode, EX_USAGE)
        uneven = train("fit", "--data", self.data, "--spiece", SPIECE, "--hidden", "33", "--out", self.folder / "x")
        self.assertEqual(uneven.returncode, EX_USAGE)
        too_long = train("fit", "--data", self.data, *SMALL, "--max-tokens", "512", "--out", self.folder / "x")
        self.assertEqual(too_long.returncode, EX_DATAERR)
        self.assertIn("take at most 128", too_long.stderr)

    def test_warns_of_rows_and_emotions_that_are_missing(self):
        with self.data.open("a", encoding="utf-8") as file:
            file.write("이름표가 없는 문장,\n")
        text = self.data.read_text(encoding="utf-8")
        self.data.write_text("".join(line for line in text.splitlines(True) if not line.endswith(",공포\n")), encoding="utf-8")

        answer = train("fit", "--data", self.data, *SMALL, "--epochs", "1", "--out", self.folder / "x")

        self.assertEqual(answer.returncode, EX_OK, answer.stderr)
        self.assertIn("left out 1 row(s) that lack the text or the label", answer.stderr)
        self.assertIn("no training row is labelled 공포", answer.stderr)

    def test_names_the_rows_whose_label_is_unknown(self):
        self.data.write_text("text,label\n좋은 날,행복\n나쁜 날,기쁨\n", encoding="utf-8")

        answer = train("fit", "--data", self.data, *SMALL, "--out", self.folder / "x")

        self.assertEqual(answer.returncode, EX_DATAERR)
        self.assertIn("기쁨", answer.stderr)
        self.assertIn("3", answer.stderr)

    def fit(self, target, *options, epochs="6"):
        return [BIN / "nunchi-train", "fit", "--data", self.data, *SMALL, "--epochs", epochs, "--batch-size", "8",
                "--learning-rate", "1e-3", "--out", target, *options]

    @staticmethod
    def weights(model):
        return hashlib.sha256((model / "model.safetensors").read_bytes()).hexdigest()

    def test_goes_on_after_a_kill_to_the_same_weights(self):
        undisturbed, killed = self.folder / "undisturbed", self.folder / "killed"
        whole = subprocess.run(self.fit(undisturbed), capture_output=True, text=True, timeout=120)
        self.assertEqual(whole.returncode, EX_OK, whole.stderr)

        command = self.fit(killed, "--save-steps", "3", "--progress", "json")
        random = secrets.SystemRandom()
        stop_after = random.randrange(1, 120)
        with subprocess.Popen([*command, "--resume"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as child:
            state = self.folder / "killed.unfinished"
            while child.poll() is None and not state.exists():
                time.sleep(0.001)
            time.sleep(stop_after / 1000)
            child.kill()
            child.communicate(timeout=60)
        self.assertFalse(killed.exists() and child.returncode != 0, "a killed run left a model")
        if not killed.exists():
            again = subprocess.run([*command, "--resume"], capture_output=True, text=True, timeout=120)
            self.assertEqual(again.returncode, EX_OK, f"killed after {stop_after} ms: {again.stderr}")
            self.assertNotIn("starting anew", again.stderr)

        self.assertEqual(self.weights(killed), self.weights(undisturbed), f"killed after {stop_after} ms")
        self.assertFalse(state.exists())

    def test_saves_at_a_signal_and_says_how_to_go_on(self):
        target = self.folder / "stopped"
        command = [BIN / "nunchi-train", "fit", "--data", self.data, "--spiece", SPIECE, "--layers", "6", "--hidden", "128",
                   "--heads", "8", "--threads", "1", "--batch-size", "4", "--epochs", "100", "--out", target]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as child:
            self.assertIn("training on", child.stderr.readline())
            self.assertIn("epoch 1/100", child.stderr.readline())
            child.send_signal(signal.SIGTERM)
            _, errors = child.communicate(timeout=60)
        self.assertEqual(child.returncode, EX_TEMPFAIL)
        self.assertIn("--resume goes on", errors)
        self.assertFalse(target.exists())

        again = train(*command[1:])
        self.assertEqual(again.returncode, EX_DATAERR)
        self.assertIn("an unfinished training stands here", again.stderr)
        other = train(*command[1:], "--resume", "--learning-rate", "1e-3")
        self.assertEqual(other.returncode, EX_DATAERR)
        self.assertIn("/fit/learning_rate", other.stderr)

        best = train(*command[1:], "--resume", "--finish-now", "--progress", "json")
        self.assertEqual(best.returncode, EX_OK, best.stderr)
        self.assertEqual(json.loads(best.stdout.splitlines()[-1])["event"], "done")
        self.assertTrue((target / "model.safetensors").exists())
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()), ["stopped", "문장.csv"])

    def test_pretraining_goes_on_where_it_was_stopped(self):
        corpus, encoder = self.folder / "corpus.txt", self.folder / "encoder"
        corpus.write_text("".join(f"{time} {word} 일이 {number}번 있었어\n" for number in range(40) for time in ENDINGS
                                  for word in WORDS.values()), encoding="utf-8")
        command = ["pretrain", *SMALL, "--batch-size", "4", "--epochs", "3", "--save-steps", "5", corpus]
        whole = train(*command, "--out", self.folder / "whole")
        self.assertEqual(whole.returncode, EX_OK, whole.stderr)
        with subprocess.Popen([BIN / "nunchi-train", *command, "--out", encoder], stderr=subprocess.PIPE, text=True) as child:
            while child.poll() is None and not (self.folder / "encoder.unfinished").exists():
                time.sleep(0.01)
            child.send_signal(signal.SIGTERM)
            _, errors = child.communicate(timeout=60)
        self.assertEqual(child.returncode, EX_TEMPFAIL, errors)

        milestone = train(*command, "--out", encoder, "--resume", "--finish-now")
        self.assertEqual(milestone.returncode, EX_OK, milestone.stderr)
        self.assertNotEqual(self.weights(encoder), self.weights(self.folder / "whole"))
        again = train(*command, "--out", encoder, "--resume", "--overwrite")
        self.assertEqual(again.returncode, EX_OK, again.stderr)
        self.assertEqual(self.weights(encoder), self.weights(self.folder / "whole"))

    def test_lint_tells_what_is_odd_and_no_text(self):
        good = train("lint", self.data)
        self.assertEqual(good.returncode, EX_OK, good.stdout)
        with self.data.open("a", encoding="utf-8") as file:
            file.write("오늘 무서워 일이 있었어 0,행복\n")
        odd = train("lint", self.data, "--model", SOURCE / "models/starter", "--json")
        self.assertEqual(odd.returncode, EX_OK, odd.stderr)
        report = json.loads(odd.stdout)
        self.assertEqual(report["exact_duplicates"]["conflicting_groups"], 1)
        self.assertEqual(report["conflicting_pairs"], [{"labels": ["공포", "행복"], "pairs": 1}])
        self.assertLess(report["unknown_share"], 0.05)
        self.assertNotIn("무서워", odd.stdout)
        self.assertEqual(train("lint", self.data, "--strict").returncode, EX_DATAERR)

        self.data.write_text("말,기분\n좋은 날,행복\n", encoding="utf-8")
        few = train("lint", self.data, "--text-column", "말", "--label-column", "기분")
        self.assertEqual(few.returncode, EX_DATAERR)
        self.assertIn("too few", few.stdout)

    def test_tells_programs_how_far_it_is(self):
        answer = subprocess.run(self.fit(self.folder / "x", "--progress", "json"), capture_output=True, text=True, timeout=120)
        lines = [json.loads(line) for line in answer.stdout.splitlines()]
        epochs = [line for line in lines if line["event"] == "epoch"]

        self.assertEqual([line["epoch"] for line in epochs], list(range(1, len(epochs) + 1)))
        self.assertEqual(lines[-1]["event"], "done")
        self.assertEqual(lines[-1]["metrics"]["rows"], 84)
        self.assertTrue(any(line.get("rows_per_second", 0) > 0 for line in lines))

    def test_the_notebooks_recipe_runs_to_its_end(self):
        model = self.folder / "notebook"
        answer = train("fit", "--data", self.data, *SMALL, "--preset", "notebook", "--epochs", "2", "--out", model)
        self.assertEqual(answer.returncode, EX_OK, answer.stderr)
        self.assertIn("epoch 2/2", answer.stderr)
        recipe = json.loads((model / "nunchi.json").read_text(encoding="utf-8"))["provenance"]["fit"]

        expected = {"preset": "notebook", "epochs": 2, "batch_size": 16, "learning_rate": 5e-5, "warmup_ratio": 0.1,
                    "weight_decay": 0.01, "max_gradient_norm": 1.0, "batch_order": "as given", "dropout": 0.1,
                    "classifier_dropout": 0.5, "max_tokens": 64, "normaliser": False, "patience": 0}
        self.assertEqual({key: recipe[key] for key in expected}, expected)
        self.assertEqual(recipe["adamw"]["eps"], 1e-6)
        self.assertEqual([epoch["epoch"] for epoch in recipe["history"]], [1, 2])

    def test_a_full_disk_leaves_the_last_model_and_says_so(self):
        target = self.folder / "model"
        first = train(*self.fit(target, epochs="1")[1:])
        self.assertEqual(first.returncode, EX_OK, first.stderr)
        before = self.weights(target)

        limited = subprocess.run(["bash", "-c", "trap '' XFSZ; ulimit -f 100; exec \"$@\"", "bash",
                                  *map(str, self.fit(target, "--overwrite"))],
                                 capture_output=True, text=True, timeout=120)

        self.assertNotEqual(limited.returncode, EX_OK)
        self.assertIn("the state cannot be saved", limited.stderr)
        self.assertEqual(self.weights(target), before)


if __name__ == "__main__":
    unittest.main()
