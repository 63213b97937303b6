"""The forward pass in fp32 on the CPU: classifier/model against transformers and ONNX Runtime, same ids and threads.

    .venv/bin/python bench/inference.py [--rounds 15] [--threads N]

Two models: the starter, and KoBERT-base's shape with random weights (a temporary folder, 370 MB). Two shapes: one
message of 14 tokens, and 32 of them; no contestant has to pad. Every round takes the shortest of a few runs, by wall
clock. ONNX Runtime takes part where build/bench/peers holds it (script/bench puts it there).
"""

import argparse
import json
import os
import pathlib
import shutil
import sys
import tempfile
import time
import warnings

os.environ |= {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_VERBOSITY": "error"}
# Behind .venv on the path: what both hold comes from .venv.
sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "build/bench/peers"))

import torch  # noqa: E402
from transformers import AutoModelForSequenceClassification, BertConfig, BertForSequenceClassification  # noqa: E402

from comparison import STARTER, Program, conditions, interleave, minimum_and_median, report  # noqa: E402

OURS = "Nunchi classifier/model"
EAGER = "transformers, eager attention"
SDPA = "transformers, SDPA attention"
RUNTIME = "ONNX Runtime"
TOKENS = 14
SHAPES = [1, 32]
EMOTIONS = ["공포", "놀람", "분노", "슬픔", "중립", "행복", "혐오"]


def kobert_shaped_folder(folder):
    torch.manual_seed(20)
    config = BertConfig(vocab_size=8002, layer_norm_eps=1e-12, pad_token_id=1, num_labels=7,
                        id2label=dict(enumerate(EMOTIONS)))
    BertForSequenceClassification(config).save_pretrained(folder)
    shutil.copy(STARTER / "spiece.model", folder)


def random_ids(messages):
    generator = torch.Generator().manual_seed(messages)
    ids = torch.randint(5, 8002, (messages, TOKENS), generator=generator)
    ids[:, 0], ids[:, -1] = 2, 3
    return ids


def shortest(run, repetitions):
    """A round of a peer that runs in this process."""
    def measure():
        best = float("inf")
        for _ in range(repetitions):
            start = time.perf_counter()
            run()
            best = min(best, time.perf_counter() - start)
        return best
    return measure


def runtime_session(model, path, threads):
    """Nothing where ONNX Runtime is not installed. Its graph ends at the logits, as everybody's."""
    try:
        import onnx  # noqa: F401  the exporter needs it
        import onnxruntime
    except ImportError:
        return None
    ids = random_ids(2)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(model, (ids, torch.ones_like(ids)), str(path), dynamo=False, opset_version=17,
                          input_names=["input_ids", "attention_mask"], output_names=["logits"],
                          dynamic_axes={"input_ids": {0: "messages", 1: "tokens"},
                                        "attention_mask": {0: "messages", 1: "tokens"}})
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def compare(name, folder, scratch, arguments):
    eager, sdpa = (AutoModelForSequenceClassification.from_pretrained(folder, dtype=torch.float32,
                                                                      attn_implementation=kind).eval()
                   for kind in ("eager", "sdpa"))
    session = runtime_session(eager, scratch / "model.onnx", arguments.threads)
    program = Program("inference_times", folder, arguments.threads)
    for messages in SHAPES:
        before, ids = conditions(threads=arguments.threads), random_ids(messages)
        # A round of about half a second at most, on the slower model too.
        repetitions = 10 if messages == 1 else 2
        request = json.dumps({"messages": ids.tolist(), "repetitions": repetitions})
        inputs = {"input_ids": ids.numpy(), "attention_mask": torch.ones_like(ids).numpy()}
        contestants = {
            OURS: lambda: float(program.ask(request)),
            EAGER: shortest(lambda: eager(input_ids=ids).logits, repetitions),
            SDPA: shortest(lambda: sdpa(input_ids=ids).logits, repetitions),
        }
        if session:
            contestants[RUNTIME] = shortest(lambda: session.run(["logits"], inputs), repetitions)
        with torch.inference_mode():
            times = minimum_and_median(interleave(contestants, arguments.rounds))
        ours = times[OURS]["minimum_s"]
        rows = [[peer, f"{own['minimum_s'] * 1000:.2f}", f"{messages / own['minimum_s']:,.0f}",
                 f"{own['minimum_s'] / ours:.2f}"] for peer, own in times.items()]
        report(f"inference: {name}, {messages} x {TOKENS} tokens, fp32, {arguments.threads} threads",
               ["", "milliseconds", "messages/s", "Nunchi is x as fast"], rows, before,
               model=name, messages=messages, tokens=TOKENS, rounds=arguments.rounds, times=times)
    program.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        compare("starter", STARTER, scratch, arguments)
        kobert_shaped_folder(scratch / "kobert-shaped")
        compare("KoBERT-base shape, random weights", scratch / "kobert-shaped", scratch, arguments)


if __name__ == "__main__":
    main()
