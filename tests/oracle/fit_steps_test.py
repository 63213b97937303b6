"""Ten updates of our training loop move every tensor as PyTorch's do: same weights, same batches, no dropout.

    python3 tests/oracle/fit_steps_test.py

Needs PyPI's torch, transformers and safetensors, and fit_ten_steps in NUNCHI_BIN_DIR (by default build/release/bin).
"""

import json
import os
import pathlib
import random
import subprocess
import tempfile
import unittest

import torch
from safetensors.torch import load_file
from transformers import BertConfig, BertForSequenceClassification, get_cosine_schedule_with_warmup

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = pathlib.Path(os.environ.get("NUNCHI_BIN_DIR", ROOT / "build/release/bin")) / "fit_ten_steps"
LABELS = ["공포", "놀람", "분노", "슬픔", "중립", "행복", "혐오"]
BATCH, BATCHES, UPDATES = 16, 10, 10
NOTEBOOK_UPDATES, NOTEBOOK_WARMUP, NOTEBOOK_START = 9650, 965, 960
TOLERANCE = 0.01  # of the distance that PyTorch moved the tensor


def make_model(folder):
    torch.manual_seed(7)
    config = BertConfig(vocab_size=200, hidden_size=32, num_hidden_layers=2, num_attention_heads=4, intermediate_size=64,
                        max_position_embeddings=512, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0,
                        layer_norm_eps=1e-12, pad_token_id=1, initializer_range=0.2,
                        id2label=dict(enumerate(LABELS)), label2id={name: i for i, name in enumerate(LABELS)})
    model = BertForSequenceClassification(config)
    model.save_pretrained(folder)
    return model


def make_rows():
    source = random.Random(7)
    return [{"ids": [2] + [source.randrange(5, 60) for _ in range(source.randrange(1, 9))] + [3],
             "label": source.randrange(len(LABELS))} for _ in range(BATCH * BATCHES)]


class WithoutBiasCorrection(torch.optim.Optimizer):
    """Adam's moments as they are, for the mutant."""

    def step(self):
        for group in self.param_groups:
            for parameter in group["params"]:
                state = self.state[parameter]
                gradient = parameter.grad
                state["m"] = 0.9 * state.get("m", torch.zeros_like(gradient)) + 0.1 * gradient
                state["v"] = 0.999 * state.get("v", torch.zeros_like(gradient)) + 0.001 * gradient ** 2
                parameter.data.mul_(1 - group["lr"] * group["weight_decay"])
                parameter.data.sub_(group["lr"] * state["m"] / (state["v"].sqrt() + 1e-6))


def theirs(folder, rows, schedule, mutant=None):
    """The start and the weights after ten updates, by name."""
    model = BertForSequenceClassification.from_pretrained(folder, attn_implementation="eager").train()
    start = {name: value.clone() for name, value in model.state_dict().items()}
    decay = 0.0 if mutant == "decay" else 0.01
    plain = ("bias", "LayerNorm.weight")
    groups = [{"params": [p for n, p in model.named_parameters() if n.endswith(plain) == is_plain],
               "weight_decay": 0.0 if is_plain else decay} for is_plain in (False, True)]
    rate = 1e-3 if schedule == "constant" else 5e-5
    if mutant == "bias correction":
        optimiser = WithoutBiasCorrection(groups, {"lr": rate})
    else:
        optimiser = torch.optim.AdamW(groups, lr=rate, eps=1e-6)
    scheduler = None
    if schedule == "notebook":
        scheduler = get_cosine_schedule_with_warmup(optimiser, NOTEBOOK_WARMUP, NOTEBOOK_UPDATES)
        for group in optimiser.param_groups:
            group["lr"] = rate * NOTEBOOK_START / NOTEBOOK_WARMUP
        scheduler.last_epoch = NOTEBOOK_START
    for update in range(UPDATES):
        part = rows[update * BATCH:(update + 1) * BATCH]
        longest = max(len(row["ids"]) for row in part)
        ids = torch.tensor([row["ids"] + [1] * (longest - len(row["ids"])) for row in part])
        loss = model(input_ids=ids, attention_mask=(ids != 1).long(),
                     labels=torch.tensor([row["label"] for row in part])).loss
        optimiser.zero_grad()
        loss.backward()
        if mutant != "clipping":
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        if scheduler:
            scheduler.step()
    return start, model.state_dict()


def ours(folder, rows, schedule):
    target = pathlib.Path(folder) / "after.safetensors"
    subprocess.run([PROGRAM, folder, schedule, target], input="\n".join(map(json.dumps, rows)), check=True, text=True)
    return load_file(target)


def worst_share(start, expected, actual):
    """The largest distance between the two results, as a share of the distance moved. The gradient of a key's bias is
    exactly zero, so what moves it is rounding only."""
    shares = {}
    for name, value in expected.items():
        if "position_ids" in name or name.endswith("attention.self.key.bias"):
            continue
        moved = (value - start[name]).norm()
        shares[name] = float((actual[name] - value).norm() / moved)
    worst = max(shares, key=shares.get)
    return shares[worst], worst


class FitStepsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        make_model(cls.folder.name)
        cls.rows = make_rows()

    def check(self, schedule):
        start, expected = theirs(self.folder.name, self.rows, schedule)
        actual = ours(self.folder.name, self.rows, schedule)
        share, name = worst_share(start, expected, actual)
        print(f"{schedule}: at most {share:.5%} of the distance moved ({name})")
        self.assertLessEqual(share, TOLERANCE, name)
        for mutant in ("decay", "clipping", "bias correction"):
            with self.subTest(mutant=mutant):
                start, expected = theirs(self.folder.name, self.rows, schedule, mutant)
                share, name = worst_share(start, expected, actual)
                print(f"{schedule} without {mutant}: {share:.3%} ({name})")
                self.assertGreater(share, TOLERANCE)

    def test_at_a_constant_learning_rate(self):
        self.check("constant")

    def test_entering_the_notebooks_schedule_at_update_960(self):
        self.check("notebook")


if __name__ == "__main__":
    unittest.main()
