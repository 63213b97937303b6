"""Our split equals NumPy's permutation and scikit-learn's train_test_split, index for index.

    python3 tests/oracle/numpy_split_test.py

Needs PyPI's numpy and scikit-learn, and print_split in NUNCHI_BIN_DIR (by default build/release/bin).
"""

import math
import os
import pathlib
import subprocess
import unittest

import numpy
from sklearn.model_selection import train_test_split

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = pathlib.Path(os.environ.get("NUNCHI_BIN_DIR", ROOT / "build/release/bin")) / "print_split"
SIZES = [2, 3, 4, 5, 7, 8, 9, 10, 35, 100, 127, 128, 129, 1023, 1024, 1025, 32767, 32768, 32769, 38594]
SEEDS = [0, 1, 34, 42, 2**31, 2**32 - 1]


def our_split(rows, seed):
    run = subprocess.run([PROGRAM, str(rows), str(seed)], check=True, capture_output=True, text=True)
    return [[int(index) for index in line.split()] for line in run.stdout.splitlines()]


class NumpySplitTest(unittest.TestCase):
    def test_equals_numpy_and_scikit_learn(self):
        for rows in SIZES:
            for seed in SEEDS:
                with self.subTest(rows=rows, seed=seed):
                    test, train = our_split(rows, seed)
                    order = numpy.random.RandomState(seed).permutation(rows).tolist()
                    self.assertEqual(test + train, order)
                    self.assertEqual(len(test), math.ceil(0.2 * rows))
                    theirs = train_test_split(range(rows), test_size=0.2, shuffle=True, random_state=seed)
                    self.assertEqual([train, test], [list(part) for part in theirs])

    def test_refuses_what_scikit_learn_refuses(self):
        with self.assertRaises(ValueError):
            train_test_split(range(1), test_size=0.2, shuffle=True, random_state=34)
        with self.assertRaises(subprocess.CalledProcessError):
            our_split(1, 34)


if __name__ == "__main__":
    unittest.main()
