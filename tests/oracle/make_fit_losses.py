"""Prints the expected values of tests/unit/trainer/fit_losses_test.cpp: the losses of ten updates as transformers and
PyTorch compute them, from weights and rows that both sides write down as formulas.

    python tests/oracle/make_fit_losses.py
"""
import math

import torch
from transformers import BertConfig, BertForSequenceClassification, get_cosine_schedule_with_warmup

HIDDEN, LABELS, EPOCHS = 16, 7, 10
ROWS = [[2] + [10 + (row * 7 + i * 3) % 50 for i in range(2 + row % 5)] + [3] for row in range(14)]


def wave(number, shape, middle=0.0):
    """The tensor with this number in the order of model::parameters."""
    values = [middle + 0.2 * math.sin(0.37 * i + number) for i in range(math.prod(shape))]
    return torch.tensor(values, dtype=torch.float64).to(torch.float32).reshape(shape)


def fill(model):
    """Query, key and value are one tensor on the other side."""
    weights, number = {}, 0

    def add(name, shape, middle=0.0):
        nonlocal number
        weights[name] = wave(number, shape, middle)
        number += 1

    def add_linear(name, rows, columns):
        add(name + ".weight", (rows, columns))
        add(name + ".bias", (rows,))

    def add_norm(name):
        add(name + ".weight", (HIDDEN,), 1.0)
        add(name + ".bias", (HIDDEN,))

    add("bert.embeddings.word_embeddings.weight", (60, HIDDEN))
    add("bert.embeddings.position_embeddings.weight", (16, HIDDEN))
    add("bert.embeddings.token_type_embeddings.weight", (2, HIDDEN))
    add_norm("bert.embeddings.LayerNorm")
    layer = "bert.encoder.layer.0."
    add_linear("fused", 3 * HIDDEN, HIDDEN)
    for part, name in enumerate(["query", "key", "value"]):
        for kind in [".weight", ".bias"]:
            weights[f"{layer}attention.self.{name}{kind}"] = weights["fused" + kind].chunk(3)[part]
    del weights["fused.weight"], weights["fused.bias"]
    add_linear(layer + "attention.output.dense", HIDDEN, HIDDEN)
    add_norm(layer + "attention.output.LayerNorm")
    add_linear(layer + "intermediate.dense", 32, HIDDEN)
    add_linear(layer + "output.dense", HIDDEN, 32)
    add_norm(layer + "output.LayerNorm")
    add_linear("bert.pooler.dense", HIDDEN, HIDDEN)
    add_linear("classifier", LABELS, HIDDEN)
    missing, unexpected = model.load_state_dict(weights, strict=False)
    assert not unexpected and all("position_ids" in name for name in missing), (missing, unexpected)


def batch():
    longest = max(map(len, ROWS))
    ids = torch.tensor([row + [1] * (longest - len(row)) for row in ROWS])
    return {"input_ids": ids, "attention_mask": (ids != 1).long()}, torch.arange(len(ROWS)) % LABELS


def losses():
    config = BertConfig(
        vocab_size=60, hidden_size=HIDDEN, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32,
        max_position_embeddings=16, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0, num_labels=LABELS,
        pad_token_id=1,
    )
    model = BertForSequenceClassification(config)
    fill(model)
    plain = ["bias", "LayerNorm.weight"]
    named = list(model.named_parameters())
    groups = [
        {"params": [p for n, p in named if not any(part in n for part in plain)], "weight_decay": 0.1},
        {"params": [p for n, p in named if any(part in n for part in plain)], "weight_decay": 0.0},
    ]
    optimiser = torch.optim.AdamW(groups, lr=0.02)
    schedule = get_cosine_schedule_with_warmup(optimiser, 3, EPOCHS)
    criterion = torch.nn.CrossEntropyLoss(label_smoothing=0.1)
    inputs, labels = batch()
    model.train()
    for _ in range(EPOCHS):
        loss = criterion(model(**inputs).logits, labels)
        yield loss.item()
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 0.5)
        optimiser.step()
        schedule.step()


if __name__ == "__main__":
    print(", ".join(f"{loss:.7f}" for loss in losses()))
