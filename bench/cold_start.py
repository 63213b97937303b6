"""From nothing to the first answer: `nunchi classify` of one line against transformers on the same folder.

    .venv/bin/python bench/cold_start.py [--rounds 7]

Wall time of whole processes with warm file caches: each runs once before the first round. The bare import of torch is
what any Python program over libtorch pays before it does anything.
"""

import argparse
import os
import subprocess
import sys
import time

from comparison import BIN, ROOT, STARTER, conditions, interleave, minimum_and_median, report

LINE = "드디어 시험이 끝나서 정말 기뻐!"
OURS = "nunchi classify"
PIPELINE = "transformers pipeline"
IMPORT = "import torch"
PYTHON_PIPELINE = """
import sys
from transformers import AutoModelForSequenceClassification, AutoTokenizer, pipeline
folder = sys.argv[1]
classify = pipeline("text-classification", model=AutoModelForSequenceClassification.from_pretrained(folder),
                    tokenizer=AutoTokenizer.from_pretrained(folder), device=-1)
print(classify(sys.stdin.readline().rstrip())[0]["label"])
"""


def process(*command, expects_label=True):
    environment = os.environ | {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_VERBOSITY": "error"}

    def measure():
        start = time.perf_counter()
        done = subprocess.run(command, input=LINE + "\n", capture_output=True, text=True, cwd=ROOT, env=environment)
        seconds = time.perf_counter() - start
        if done.returncode != 0 or (expects_label and "행복" not in done.stdout):
            raise SystemExit(f"{command[0]} did not answer as expected:\n{done.stdout}{done.stderr}")
        return seconds
    return measure


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7)
    arguments = parser.parse_args()
    before = conditions()
    seconds = interleave({
        OURS: process(str(BIN / "nunchi"), "--model", str(STARTER), "classify"),
        PIPELINE: process(sys.executable, "-c", PYTHON_PIPELINE, str(STARTER)),
        IMPORT: process(sys.executable, "-c", "import torch", expects_label=False),
    }, arguments.rounds)
    times = minimum_and_median(seconds)
    ours = times[OURS]
    rows = [[name, f"{own['minimum_s']:.2f}", f"{own['median_s']:.2f}",
             f"{own['minimum_s'] / ours['minimum_s']:.2f}", f"{own['median_s'] / ours['median_s']:.2f}"]
            for name, own in times.items()]
    report("cold_start", ["", "minimum s", "median s", "nunchi is x as fast (minimum)", "(median)"], rows, before,
           rounds=arguments.rounds, times=times)


if __name__ == "__main__":
    main()
