"""The reference implementation reads what Nunchi writes, and still writes what our unit tests read.

    python3 tests/oracle/safetensors_test.py

Needs PyPI's safetensors and numpy, and classifier_test in NUNCHI_BIN_DIR (by default build/release/bin).
"""

import importlib.util
import os
import pathlib
import subprocess
import tempfile
import unittest

import safetensors

ROOT = pathlib.Path(__file__).resolve().parents[2]
BIN = pathlib.Path(os.environ.get("NUNCHI_BIN_DIR", ROOT / "build/release/bin"))
DATA = ROOT / "tests/data/safetensors"


def golden_maker():
    spec = importlib.util.spec_from_file_location("make_python_written", DATA / "make_python_written.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class SafetensorsTest(unittest.TestCase):
    def test_the_reference_reader_takes_what_nunchi_writes(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "눈치.safetensors"
            subprocess.run(
                [BIN / "classifier_test", "--gtest_filter=SafetensorsWriter.WritesForTheReferenceReader"],
                env={**os.environ, "NUNCHI_SAFETENSORS_OUT": str(path)}, check=True, stdout=subprocess.DEVNULL)
            read = dict(safetensors.deserialize(path.read_bytes()))
            with safetensors.safe_open(path, framework="numpy") as file:
                self.assertEqual(file.metadata(), {"format": "눈치", "version": "1"})

        expected = golden_maker().TENSORS
        self.assertEqual(read.keys(), expected.keys())
        for name, (_, values, shape) in expected.items():
            self.assertEqual(read[name]["shape"], shape, name)
            self.assertEqual(bytes(read[name]["data"]), values.tobytes(), name)

    def test_the_checked_in_file_is_what_the_reference_writes(self):
        self.assertEqual((DATA / "python_written.safetensors").read_bytes(), golden_maker().serialised())


if __name__ == "__main__":
    unittest.main()
