"""Rows a second of `nunchi-train fit` against the same loop in PyTorch and against the notebook's way, in alternating
rounds on the same rows.

    .venv/bin/python bench/training.py [--seconds 10] [--rounds 3] [--shapes starter,kobert]

PyTorch: transformers' BERT (SDPA), the same length buckets, fused AdamW. The notebook's way: every row padded to 64,
AdamW tensor by tensor. All in fp32 on the CPU with one thread a core, batches of 32, dropout as in training.
"""

import argparse
import json
import os
import pathlib
import random
import statistics
import subprocess
import tempfile
import time

import torch
from sentencepiece import SentencePieceProcessor
from transformers import BertConfig, BertForSequenceClassification

from chat_messages import chat_messages
from comparison import BIN, ROOT, STARTER, conditions

BATCH = 32
SPIECE = {"starter": STARTER / "spiece.model", "kobert": ROOT / "tests/data/kobert/spiece.model"}
SHAPES = {"starter": {"layers": 4, "hidden": 256, "heads": 4, "intermediate": 1024},
          "kobert": {"layers": 12, "hidden": 768, "heads": 12, "intermediate": 3072}}
LABELS = ["공포", "놀람", "분노", "슬픔", "중립", "행복", "혐오"]


def write_rows(folder):
    """Chat-like messages; what they are labelled decides nothing here."""
    path = pathlib.Path(folder) / "rows.tsv"
    rows = [f"{text}\t{LABELS[number % 7]}" for number, text in enumerate(chat_messages(20_000))]
    path.write_text("text\tlabel\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return path


class Nunchi:
    """Runs for a while, tells its progress, and is ended."""

    def __init__(self, shape, rows, folder):
        sizes = [part for name, value in SHAPES[shape].items() for part in (f"--{name}", str(value))]
        self.command = [BIN / "nunchi-train", "fit", "--data", rows, "--spiece", SPIECE[shape], *sizes, "--batch-size",
                        str(BATCH), "--validation-fraction", "0", "--epochs", "1000", "--progress", "json", "--out",
                        pathlib.Path(folder) / f"model-{shape}", "--overwrite", "--threads", str(os.cpu_count())]

    def rate(self, seconds):
        with subprocess.Popen(self.command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
            first = None
            for line in process.stdout:
                progress = json.loads(line)
                if progress["event"] != "progress":
                    continue
                done = (progress["epoch"] - 1) * progress["rows"] + progress["rows_done"]
                now = time.monotonic()
                first = first or (now, done)
                if now - first[0] >= seconds:
                    break
            process.kill()
        return (done - first[1]) / (now - first[0])


class PyTorch:
    def __init__(self, shape, token_ids, pads_to=None):
        sizes = SHAPES[shape]
        config = BertConfig(vocab_size=8002 if shape == "kobert" else max(map(max, token_ids)) + 1, num_labels=7,
                            hidden_size=sizes["hidden"], num_hidden_layers=sizes["layers"],
                            num_attention_heads=sizes["heads"], intermediate_size=sizes["intermediate"], pad_token_id=1)
        self.model = BertForSequenceClassification._from_config(config, attn_implementation="sdpa").train()
        self.ids, self.pads_to = token_ids, pads_to
        how = {"foreach": False} if pads_to else {"fused": True}
        self.optimiser = torch.optim.AdamW(self.model.parameters(), lr=5e-5, weight_decay=0.01, **how)
        self.batches = self.endless_batches()

    def endless_batches(self):
        """As trainer/length_buckets: shuffled, sorted in chunks of 50 batches, shuffled again."""
        source = random.Random(34)
        while True:
            order = list(range(len(self.ids)))
            source.shuffle(order)
            chunks = [order[first:first + 50 * BATCH] for first in range(0, len(order), 50 * BATCH)]
            if not self.pads_to:
                for chunk in chunks:
                    chunk.sort(key=lambda row: len(self.ids[row]))
            batches = [chunk[first:first + BATCH] for chunk in chunks for first in range(0, len(chunk), BATCH)]
            source.shuffle(batches)
            yield from batches

    def step(self):
        rows = next(self.batches)
        longest = self.pads_to or max(len(self.ids[row]) for row in rows)
        ids = torch.tensor([(self.ids[row] + [1] * longest)[:longest] for row in rows])
        loss = self.model(input_ids=ids, attention_mask=(ids != 1).long(),
                          labels=torch.tensor([row % 7 for row in rows])).loss
        self.optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimiser.step()
        loss.item()
        return len(rows)

    def rate(self, seconds):
        self.step()
        start, done = time.monotonic(), 0
        while time.monotonic() - start < seconds:
            done += self.step()
        return done / (time.monotonic() - start)


def token_ids(shape):
    """[CLS] pieces [SEP] by the same vocabulary; Nunchi's normaliser makes them a little shorter for itself."""
    pieces = SentencePieceProcessor(model_file=str(SPIECE[shape]))
    return [[2, *ids[:62], 3] for ids in pieces.encode(chat_messages(20_000))]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--shapes", default="starter,kobert")
    arguments = parser.parse_args()
    torch.set_num_threads(os.cpu_count())
    told = conditions(threads=os.cpu_count())
    print(json.dumps(told, ensure_ascii=False))
    with tempfile.TemporaryDirectory() as folder:
        rows = write_rows(folder)
        for shape in arguments.shapes.split(","):
            ids = token_ids(shape)
            contestants = {"nunchi": Nunchi(shape, rows, folder), "PyTorch, same buckets": PyTorch(shape, ids),
                           "the notebook's way": PyTorch(shape, ids, pads_to=64)}
            rates = {name: [] for name in contestants}
            for _ in range(arguments.rounds):
                for name, contestant in contestants.items():
                    rates[name].append(contestant.rate(arguments.seconds))
            ours = statistics.median(rates["nunchi"])
            print(f"\n{shape}: {sum(map(len, ids)) / len(ids):.1f} tokens a row, batches of {BATCH}")
            for name, values in rates.items():
                middle = statistics.median(values)
                print(f"  {name:24} {middle:8.1f} rows/s   nunchi {ours / middle:5.2f}x   "
                      f"({min(values):.1f} to {max(values):.1f})")


if __name__ == "__main__":
    main()
