"""Our BERT against Hugging Face transformers, on a KoBERT-base shape with random weights.

The tolerances come from the reference: two correct fp32 summation orders differ by about 2e-6 (weights of standard
deviation 0.02) and 7e-5 (0.1). Each mutant changes one thing that a wrong implementation gets wrong; the comparison
must tell it from the right one.
"""

import copy
import json
import os
import pathlib
import subprocess
import tempfile
import unittest

import torch
from transformers import BertConfig, BertForSequenceClassification

PROGRAM = pathlib.Path(os.environ["NUNCHI_BIN_DIR"]) / "bert_outputs"
TOLERANCE = {0.02: 1e-5, 0.1: 3e-4}
SINGLE_LENGTHS = [3, 4, 7, 8, 14, 15, 16, 17, 31, 32, 33, 48, 63, 64]


def random_model(deviation):
    torch.manual_seed(int(deviation * 1000))
    config = BertConfig(
        vocab_size=8002, hidden_size=768, num_hidden_layers=12, num_attention_heads=12, intermediate_size=3072,
        max_position_embeddings=512, type_vocab_size=2, layer_norm_eps=1e-12, pad_token_id=1, hidden_act="gelu",
        num_labels=7, attn_implementation="eager")
    model = BertForSequenceClassification(config).eval()
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            parameter.normal_(0, deviation)
            if name.endswith("LayerNorm.weight"):
                parameter.add_(1)
    return model


def random_message(length, generator):
    ids = [2] + torch.randint(5, 8002, (length - 2,), generator=generator).tolist() + [3]
    types = torch.randint(0, 2, (length,), generator=generator).tolist()
    return {"ids": ids, "types": types}


def reference(model, message, use_types=True):
    """Pooled output and logits of one message alone: no padding, so no mask is needed."""
    ids = torch.tensor([message["ids"]])
    types = torch.tensor([message["types"]]) if use_types else torch.zeros_like(ids)
    with torch.inference_mode():
        encoded = model.bert(input_ids=ids, token_type_ids=types)
        logits = model.classifier(encoded.pooler_output)
    return torch.cat([encoded.pooler_output[0], logits[0]]).double()


def reference_padded_without_mask(model, message, length):
    ids = torch.full((1, length), 1)
    types = torch.zeros((1, length), dtype=torch.long)
    ids[0, : len(message["ids"])] = torch.tensor(message["ids"])
    types[0, : len(message["types"])] = torch.tensor(message["types"])
    with torch.inference_mode():
        encoded = model.bert(input_ids=ids, token_type_ids=types, attention_mask=torch.ones_like(ids))
        logits = model.classifier(encoded.pooler_output)
    return torch.cat([encoded.pooler_output[0], logits[0]]).double()


def ours(folder, batches):
    lines = "".join(json.dumps({"messages": batch}) + "\n" for batch in batches)
    answer = subprocess.run([PROGRAM, folder], input=lines, capture_output=True, text=True)
    if answer.returncode != 0:
        raise AssertionError(answer.stderr)
    results = []
    for line in answer.stdout.splitlines():
        record = json.loads(line)
        results.append([torch.tensor(pooled + logits, dtype=torch.float64)
                        for pooled, logits in zip(record["pooled"], record["logits"])])
    return results


def largest_difference(left, right):
    return max((a - b).abs().max().item() for a, b in zip(left, right))


class BertParity(unittest.TestCase):
    def check(self, deviation, mutants):
        model = random_model(deviation)
        generator = torch.Generator().manual_seed(7)
        singles = [random_message(length, generator) for length in SINGLE_LENGTHS]
        mixed = [random_message(length, generator) for length in (3, 64, 14, 14, 33, 5, 14, 63, 3, 20)]
        messages = singles + mixed
        with tempfile.TemporaryDirectory() as folder:
            model.save_pretrained(folder)
            results = ours(folder, [[message] for message in singles] + [mixed, messages])
        alone = [batch[0] for batch in results[:len(singles)]]
        found = alone + results[-2]

        expected = [reference(model, message) for message in messages]
        exact_model = copy.deepcopy(model).double()
        exact = [reference(exact_model, message) for message in messages]
        tolerance = TOLERANCE[deviation]

        difference = largest_difference(found, expected)
        our_error = largest_difference(found, exact)
        their_error = largest_difference(expected, exact)
        in_company = largest_difference(results[-1], found)
        print(f"\ndeviation {deviation}: against transformers fp32 {difference:.2e} (at most {tolerance:.0e}); "
              f"against float64 ours {our_error:.2e}, theirs {their_error:.2e}; batch against single {in_company:.2e}")
        self.assertLessEqual(difference, tolerance)
        self.assertLessEqual(our_error, 3 * their_error)
        self.assertLessEqual(in_company, tolerance)
        if mutants:
            self.check_mutants(model, messages, found, tolerance)

    def check_mutants(self, model, messages, found, tolerance):
        tanh = copy.deepcopy(model)
        for layer in tanh.bert.encoder.layer:
            layer.intermediate.intermediate_act_fn = torch.nn.GELU(approximate="tanh")
        wide_eps = copy.deepcopy(model)
        for module in wide_eps.modules():
            if isinstance(module, torch.nn.LayerNorm):
                module.eps = 1e-5
        mutants = {
            "tanh GELU": [reference(tanh, message) for message in messages],
            "eps 1e-5": [reference(wide_eps, message) for message in messages],
            "missing mask": [reference_padded_without_mask(model, message, 80) for message in messages],
            "ignored token types": [reference(model, message, use_types=False) for message in messages],
        }
        for name, mutant in mutants.items():
            difference = largest_difference(found, mutant)
            print(f"  mutant {name}: {difference:.2e}")
            self.assertGreater(difference, tolerance, f"the comparison does not notice: {name}")

    def test_equals_transformers_at_standard_deviation_0_02(self):
        self.check(0.02, mutants=False)

    def test_equals_transformers_and_not_its_mutants_at_standard_deviation_0_1(self):
        self.check(0.1, mutants=True)


if __name__ == "__main__":
    unittest.main()
