"""`nunchi-train evaluate`, and what `fit` says about its own probabilities, from the outside, on sentences made up here."""

import json
import os
import pathlib
import random
import shutil
import subprocess
import tempfile
import unittest

BIN = pathlib.Path(os.environ["NUNCHI_BIN_DIR"])
SOURCE = pathlib.Path(os.environ["NUNCHI_SOURCE_DIR"])
SPIECE = SOURCE / "tests" / "data" / "kobert" / "spiece.model"
EX_OK, EX_USAGE, EX_DATAERR = 0, 64, 65
PNG = b"\x89PNG\r\n\x1a\n"

WORDS = {"공포": "무서워", "놀람": "깜짝", "분노": "화나", "슬픔": "눈물", "중립": "회의", "행복": "기뻐", "혐오": "더러워"}
TIMES = ["오늘", "어제", "정말", "그냥", "너무", "다시", "아침에", "저녁에", "학교에서", "집에서"]


def train(*arguments, **environment):
    return subprocess.run([BIN / "nunchi-train", *arguments], capture_output=True, text=True, timeout=300,
                          env={**os.environ, "LANG": "C.UTF-8", **environment})


def fit(data, model, epochs, *arguments, validation="0.25"):
    made = train("fit", "--data", data, "--spiece", SPIECE, "--layers", "1", "--hidden", "32", "--heads", "2", "--intermediate",
                 "64", "--threads", "1", "--batch-size", "16", "--learning-rate", "5e-3", "--dropout", "0",
                 "--attention-dropout", "0", "--classifier-dropout", "0.1", "--validation-fraction", validation, "--epochs",
                 str(epochs), "--out", model, *arguments)
    if made.returncode != EX_OK:
        raise AssertionError(made.stderr)
    return made


class Evaluate(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        cls.data = cls.folder / "문장.csv"
        # A quarter of the labels is drawn, so that the model errs and has a reason to abstain.
        dice = random.Random(34)
        rows = [(f"{time} {word} 일이 있었어 {number}", label if dice.random() < 0.75 else dice.choice(list(WORDS)))
                for number in range(6) for time in TIMES for label, word in WORDS.items()]
        cls.sentences = [text for text, _ in rows]
        cls.data.write_text("text,label\n" + "".join(f"{text},{label}\n" for text, label in rows), encoding="utf-8")
        cls.model, cls.older = cls.folder / "mine", cls.folder / "older"
        fit(cls.data, cls.model, 16, "--abstain-precision", "0.8")
        fit(cls.data, cls.older, 1)

    def evaluate(self, *arguments, **environment):
        answer = train("evaluate", "--model", self.model, "--data", self.data, *arguments, **environment)
        self.assertEqual(answer.returncode, EX_OK, answer.stderr)
        return answer

    def ledger(self):
        return json.loads((self.model / "nunchi.json").read_text(encoding="utf-8"))

    def test_repeats_the_figures_of_the_model_folder(self):
        report, ledger = json.loads(self.evaluate("--json").stdout), self.ledger()

        # Also the abstentions: fit and serving round differently, and many of these sentences are equally confident.
        for name in ("accuracy", "macro_f1", "top2_accuracy", "abstention"):
            self.assertEqual(report[name], ledger["metrics"][name], name)
        self.assertEqual(report["confusion"], ledger["metrics"]["confusion"])
        self.assertAlmostEqual(report["calibration"]["ece"], ledger["metrics"]["calibration"]["ece"], places=3)

    def test_calibration_is_fitted_on_rows_of_the_training_part_and_recorded(self):
        ledger = self.ledger()
        fitted = ledger["provenance"]["calibration"]

        self.assertEqual(fitted["rows"], ledger["provenance"]["split"]["validation_rows"])
        self.assertEqual(fitted["abstain_precision"], 0.8)
        self.assertAlmostEqual(fitted["temperature"], ledger["calibration"]["temperature"], places=5)
        self.assertNotEqual(ledger["calibration"]["temperature"], 1)
        self.assertLess(fitted["nll"], fitted["nll_before"])
        self.assertTrue(any(0 < threshold < 1 for threshold in ledger["calibration"]["thresholds"].values()), ledger["calibration"])
        for emotion in fitted["emotions"].values():
            if emotion["answered"] > 0:
                self.assertGreaterEqual(emotion["precision"], 0.8)

    def test_the_daemon_abstains_where_the_evaluation_says_so(self):
        answered = json.loads(self.evaluate("--json", "--rows", "all").stdout)["abstention"]["answered"]

        lines = subprocess.run([BIN / "nunchi", "--model", self.model, "classify"], input="\n".join(self.sentences) + "\n",
                               capture_output=True, text=True, timeout=60, check=True).stdout.splitlines()

        named = sum(not line.startswith("-\t") for line in lines)
        self.assertEqual(len(lines), len(self.sentences))
        self.assertLess(named, len(lines))
        self.assertAlmostEqual(named / len(lines), answered, delta=0.005)

    def test_without_validation_rows_nothing_is_fitted(self):
        plain = self.folder / "plain"
        fit(self.data, plain, 1, validation="0")

        calibration = json.loads((plain / "nunchi.json").read_text(encoding="utf-8"))["calibration"]
        self.assertEqual(calibration["temperature"], 1)
        self.assertEqual(set(calibration["thresholds"].values()), {0})
        self.assertIn("not calibrated", (plain / "MODEL_CARD.md").read_text(encoding="utf-8"))

    def test_says_which_emotions_are_never_named(self):
        silent = self.folder / "silent"
        made = fit(self.data, silent, 1, "--abstain-precision", "1")

        thresholds = json.loads((silent / "nunchi.json").read_text(encoding="utf-8"))["calibration"]["thresholds"]
        never = [emotion for emotion, threshold in thresholds.items() if threshold == 1]
        self.assertTrue(never, thresholds)
        self.assertEqual([emotion for emotion in WORDS if f"will not name {emotion}" in made.stderr], never)

    def test_compares_with_another_model(self):
        report = json.loads(self.evaluate("--json", "--against", self.older).stdout)
        against = report["against"]
        table = self.evaluate("--against", self.older).stdout
        markdown = self.evaluate("--markdown", "--against", self.older).stdout

        self.assertTrue(against["model"].startswith("older@"))
        gain = report["accuracy"] - against["accuracy"]
        self.assertGreater(gain, 0.2)
        self.assertAlmostEqual(against["difference"]["accuracy"]["value"], gain, places=12)
        self.assertLess(against["difference"]["accuracy"]["low"], gain)
        self.assertGreater(against["difference"]["accuracy"]["low"], 0)
        self.assertEqual(against["mcnemar"]["only_model"] - against["mcnemar"]["only_against"], round(gain * report["rows"]))
        self.assertLess(against["mcnemar"]["p_value"], 0.01)
        self.assertIn("McNemar", table)
        self.assertIn("### Against older@", markdown)
        self.assertTrue(markdown.startswith("## mine@"))

    def test_warns_of_what_is_too_good_to_be_true(self):
        trained_on_it = self.evaluate("--split-seed", "1", "--json")
        own_split = self.evaluate("--json")

        self.assertIn("held out other rows of this file", trained_on_it.stderr)
        self.assertNotIn("held out other rows", own_split.stderr)
        self.assertGreater(json.loads(own_split.stdout)["accuracy"], 0.62)
        self.assertIn("leakage until shown otherwise", own_split.stderr)
        self.assertEqual(len(json.loads(own_split.stdout)["warnings"]), 1)
        self.assertEqual(json.loads(self.evaluate("--json", "--rows", "train").stdout)["warnings"], [])
        self.assertIn("leakage until shown otherwise", (self.model / "MODEL_CARD.md").read_text(encoding="utf-8"))

    def test_draws_pictures(self):
        copy, pictures = self.folder / "with-history", self.folder / "그림"
        shutil.copytree(self.model, copy)
        ledger = self.ledger()
        ledger["provenance"]["fit"]["history"] = [
            {"epoch": epoch, "training_loss": 2 / epoch, "training_accuracy": 0.2 * epoch, "validation_accuracy": 0.15 * epoch,
             "validation_macro_f1": 0.14 * epoch} for epoch in range(1, 5)]
        (copy / "nunchi.json").write_text(json.dumps(ledger, ensure_ascii=False), encoding="utf-8")

        drawn = train("evaluate", "--model", copy, "--data", self.data, "--pictures", pictures)

        self.assertEqual(drawn.returncode, EX_OK, drawn.stderr)
        self.assertEqual(sorted(path.name for path in pictures.iterdir()), ["confusion.png", "reliability.png", "training.png"])
        for picture in pictures.iterdir():
            self.assertTrue(picture.read_bytes().startswith(PNG), picture)
        blocked = train("evaluate", "--model", self.model, "--data", self.data, "--pictures", self.data)
        self.assertEqual(blocked.returncode, EX_DATAERR)
        self.assertIn("the folder cannot be made", blocked.stderr)

    def test_says_when_there_is_no_korean_font(self):
        settings = self.folder / "fonts.conf"
        settings.write_text('<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig/>', encoding="utf-8")

        drawn = self.evaluate("--pictures", self.folder / "pictures", FONTCONFIG_FILE=str(settings))

        self.assertIn("no Korean font is installed", drawn.stderr)

    def test_prints_in_one_format(self):
        self.assertEqual(train("evaluate", "--model", self.model, "--data", self.data, "--json", "--markdown").returncode,
                         EX_USAGE)


if __name__ == "__main__":
    unittest.main()
