"""Calibration, evaluation and comparison equal scikit-learn, SciPy and NumPy on made-up answers.

    python3 tests/oracle/evaluation_test.py

Needs PyPI's numpy, scipy and scikit-learn, and print_evaluation in NUNCHI_BIN_DIR (by default build/release/bin).
"""

import json
import os
import pathlib
import subprocess
import unittest

import numpy
import scipy.optimize
import scipy.special
import scipy.stats
from sklearn import metrics

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = pathlib.Path(os.environ.get("NUNCHI_BIN_DIR", ROOT / "build/release/bin")) / "print_evaluation"
CLASSES = 7
PRECISION = 0.6
RESAMPLES = 4000


def made_up(rows, seed, scale, skill):
    """(labels, logits of a model, logits of one that resembles it)"""
    random = numpy.random.default_rng(seed)
    labels = random.integers(0, CLASSES, rows)
    shared = random.normal(size=(rows, CLASSES))
    shared[numpy.arange(rows), labels] += skill
    logits = (shared + 0.3 * random.normal(size=shared.shape)) * scale
    against = (shared + 0.5 * random.normal(size=shared.shape)) * scale
    # As C++ reads them: the nearest float of each number.
    return labels, logits.astype(numpy.float32), against.astype(numpy.float32)


def ours(labels, logits, against, seed=34):
    case = {"labels": labels.tolist(), "logits": logits.astype(float).tolist(), "against": against.astype(float).tolist(),
            "precision": PRECISION, "resamples": RESAMPLES, "seed": seed}
    run = subprocess.run([PROGRAM], check=True, capture_output=True, text=True, input=json.dumps(case))
    return json.loads(run.stdout)


def likelihood(logits, labels, temperature):
    return metrics.log_loss(labels, scipy.special.softmax(logits.astype(float) / temperature, axis=1),
                            labels=range(CLASSES))


def expected_calibration_error(confidence, is_right):
    edges = numpy.arange(16) / 15
    bins = numpy.searchsorted(edges, confidence, side="left") - 1
    return sum(abs(is_right[bins == b].mean() - confidence[bins == b].mean()) * (bins == b).mean()
               for b in range(15) if (bins == b).any())


CASES = {"overconfident": (3000, 1, 3.0, 1.5), "timid": (800, 2, 0.5, 1.0), "few": (30, 3, 1.0, 1.0)}


class EvaluationTest(unittest.TestCase):
    def cases(self):
        for name, arguments in CASES.items():
            labels, logits, against = made_up(*arguments)
            with self.subTest(name):
                yield labels, logits, against, ours(labels, logits, against)

    def calibrated(self, logits, result):
        return scipy.special.softmax(logits.astype(float) / numpy.float32(result["temperature"]), axis=1)

    def test_the_temperature_minimises_the_likelihood(self):
        for labels, logits, _, result in self.cases():
            best = scipy.optimize.minimize_scalar(lambda t: likelihood(logits, labels, t), bounds=(0.2, 10),
                                                  method="bounded", options={"xatol": 1e-9})
            self.assertAlmostEqual(result["temperature"], best.x, places=4)
            self.assertAlmostEqual(result["nll"], best.fun, places=9)

    def test_figures_equal_scikit_learn(self):
        for labels, logits, _, result in self.cases():
            probabilities = self.calibrated(logits, result)
            predicted = probabilities.argmax(axis=1)
            evaluation = result["evaluation"]
            self.assertAlmostEqual(evaluation["accuracy"], metrics.accuracy_score(labels, predicted), places=12)
            self.assertAlmostEqual(evaluation["macro_f1"], metrics.f1_score(labels, predicted, average="macro"), places=12)
            self.assertAlmostEqual(evaluation["top2_accuracy"],
                                   metrics.top_k_accuracy_score(labels, probabilities, k=2, labels=range(CLASSES)), places=12)
            self.assertEqual(evaluation["confusion"]["matrix"],
                             metrics.confusion_matrix(labels, predicted, labels=range(CLASSES)).tolist())

    def test_calibration_and_coverage_equal_numpy(self):
        for labels, logits, _, result in self.cases():
            probabilities = self.calibrated(logits, result)
            confidence, is_right = probabilities.max(axis=1), probabilities.argmax(axis=1) == labels
            evaluation = result["evaluation"]
            self.assertAlmostEqual(evaluation["calibration"]["ece"], expected_calibration_error(confidence, is_right),
                                   places=5)
            order = numpy.argsort(-confidence, kind="stable")
            for point in evaluation["selective"]:
                kept = order[:round(point["coverage"] * len(labels) + 1e-9)]
                self.assertEqual(point["rows"], len(kept))
                self.assertAlmostEqual(point["accuracy"], is_right[kept].mean(), places=12)
                self.assertAlmostEqual(point["least_confidence"], confidence[kept].min(), places=6)

    def test_thresholds_reach_the_precision_and_no_smaller_one_does(self):
        for labels, logits, _, result in self.cases():
            probabilities = self.calibrated(logits, result)
            predicted, confidence = probabilities.argmax(axis=1), probabilities.max(axis=1)
            for emotion, threshold in enumerate(result["thresholds"]):
                kept = numpy.sort(confidence[predicted == emotion])
                # A threshold may lie before every confidence that is clearly above the next smaller one.
                places = [i for i in range(len(kept)) if i == 0 or kept[i] - kept[i - 1] >= 1e-4]
                good = [i for i in places
                        if (labels[(predicted == emotion) & (confidence >= kept[i])] == emotion).mean() >= PRECISION]
                if not len(kept) or 0 in good:
                    self.assertEqual(threshold, 0)
                elif not good:
                    self.assertEqual(threshold, 1)
                else:
                    self.assertAlmostEqual(threshold, (kept[good[0]] + kept[good[0] - 1]) / 2, places=5)

    def test_mcnemar_equals_scipy(self):
        tests = set()
        for labels, logits, against, result in self.cases():
            first, second = logits.argmax(axis=1) == labels, against.argmax(axis=1) == labels
            b, c = int((first & ~second).sum()), int((second & ~first).sum())
            if b + c < 25:
                expected = scipy.stats.binomtest(min(b, c), b + c).pvalue
            else:
                expected = scipy.stats.chi2.sf((abs(b - c) - 1) ** 2 / (b + c), 1)
            ours = result["comparison"]["mcnemar"]
            tests.add(ours["test"])
            self.assertEqual([ours["only_model"], ours["only_against"]], [b, c])
            self.assertAlmostEqual(ours["p_value"], expected, places=12)
        self.assertEqual(len(tests), 2)

    def test_bootstrap_intervals_are_near_scipys(self):
        labels, logits, against = made_up(1500, 4, 1.0, 1.0)
        ours_, theirs = logits.argmax(axis=1), against.argmax(axis=1)

        def accuracy(truth, model, other):
            return (truth == model).mean() - (truth == other).mean()

        def macro_f1(truth, model, other):
            return macro(truth, model) - macro(truth, other)

        def macro(truth, model):
            counts = numpy.bincount(truth * CLASSES + model, minlength=CLASSES ** 2).reshape(CLASSES, CLASSES)
            return numpy.mean(2 * counts.diagonal() / (counts.sum(axis=0) + counts.sum(axis=1)))

        self.assertAlmostEqual(macro(labels, ours_), metrics.f1_score(labels, ours_, average="macro"), places=12)
        differences = ours(labels, logits, against)["comparison"]["difference"]
        for name, statistic in (("accuracy", accuracy), ("macro_f1", macro_f1)):
            expected = scipy.stats.bootstrap((labels, ours_, theirs), statistic, paired=True, vectorized=False,
                                             n_resamples=RESAMPLES, method="percentile", rng=numpy.random.default_rng(5))
            width = expected.confidence_interval.high - expected.confidence_interval.low
            self.assertAlmostEqual(differences[name]["value"], statistic(labels, ours_, theirs), places=12)
            # An end moves by about 2 % of the width between two runs of 4,000 resamples.
            self.assertAlmostEqual(differences[name]["low"], expected.confidence_interval.low, delta=0.08 * width)
            self.assertAlmostEqual(differences[name]["high"], expected.confidence_interval.high, delta=0.08 * width)


if __name__ == "__main__":
    unittest.main()
