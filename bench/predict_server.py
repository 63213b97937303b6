"""POST /predict against FastAPI with ONNX Runtime: the same model, machine, threads and load, in alternating rounds.

    .venv/bin/python bench/predict_server.py [--seconds 8] [--rounds 3]

The load is wrk's (Debian package wrk): 32 connections with one distinct text a request for the starter, and 4 with
batches of 32 for KoBERT-base's shape with random weights.
"""

import argparse
import json
import os
import pathlib
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

import torch
from transformers import AutoModelForSequenceClassification

from comparison import STARTER, conditions, report
from inference import kobert_shaped_folder, runtime_session

ROOT = pathlib.Path(__file__).resolve().parents[1]
NUNCHI = ROOT / "build/bench/bin/nunchi"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port, process):
    for _ in range(240):
        if process.poll() is not None:
            raise SystemExit("a server ended before it answered")
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.25)
    raise SystemExit("a server did not answer within a minute")


def start_nunchi(folder, home):
    port = free_port()
    environment = os.environ | {"HOME": str(home), "XDG_STATE_HOME": str(home), "NUNCHI_HTTP_PORT": str(port),
                                "NUNCHI_CLASSIFIER_MODEL": str(folder), "NUNCHI_LOG_LEVEL": "warn"}
    process = subprocess.Popen([NUNCHI, "run"], env=environment, stdout=subprocess.DEVNULL)
    wait_for(port, process)
    return port, process


def start_peer(folder, model, threads):
    port = free_port()
    process = subprocess.Popen([sys.executable, ROOT / "bench/predict_peer.py", str(port), folder, model, str(threads)])
    wait_for(port, process)
    return port, process


def load(port, connections, texts, run, seconds):
    done = subprocess.run(["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "20s", "-s",
                           ROOT / "bench/predict_load.lua", f"http://127.0.0.1:{port}", "--", str(texts), str(run)],
                          capture_output=True, text=True, check=True, timeout=seconds + 60)
    return json.loads(done.stdout.strip().splitlines()[-1])


def resident_megabytes(process):
    status = pathlib.Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))) / 1024


def compare(name, folder, connections, texts, scratch, arguments):
    before = conditions(threads=arguments.threads)
    model = AutoModelForSequenceClassification.from_pretrained(folder, dtype=torch.float32).eval()
    if runtime_session(model, scratch / "model.onnx", arguments.threads) is None:
        raise SystemExit("ONNX Runtime is not in build/bench/peers: run script/bench --bot")
    del model
    ours_port, ours = start_nunchi(folder, scratch)
    peer_port, peer = start_peer(folder, scratch / "model.onnx", arguments.threads)
    try:
        results = {"Nunchi": [], "FastAPI + ONNX Runtime": []}
        for run in range(arguments.rounds + 1):
            for peer_name, port in zip(results, (ours_port, peer_port)):
                outcome = load(port, connections, texts, run, arguments.seconds if run else 2)
                if run:  # the first one warms up
                    results[peer_name].append(outcome)
        with urllib.request.urlopen(f"http://127.0.0.1:{ours_port}/livez", timeout=5) as answer:
            assert answer.status == 200
        memory = [resident_megabytes(ours), resident_megabytes(peer)]
    finally:
        for process in (ours, peer):
            process.terminate()
            process.wait(timeout=20)
    rates = {key: statistics.median(one["requests"] / one["seconds"] * texts for one in runs)
             for key, runs in results.items()}
    rows = [[key, f"{rates[key]:,.0f}", f"{statistics.median(one['p50_ms'] for one in runs):.1f}",
             f"{statistics.median(one['p99_ms'] for one in runs):.1f}", str(sum(one["errors"] for one in runs)),
             f"{megabytes:.0f}", f"{rates['Nunchi'] / rates[key]:.2f}"]
            for (key, runs), megabytes in zip(results.items(), memory)]
    report(f"/predict: {name}, {texts} texts a request, {connections} connections, {arguments.threads} threads",
           ["", "texts/s", "p50 ms", "p99 ms", "errors", "MB", "Nunchi is x as fast"], rows, before,
           model=name, results=results)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        compare("starter", STARTER, 32, 1, scratch, arguments)
        # Without nunchi.json, as transformers writes it, and with a tokenizer.json for the peer.
        folder = scratch / "kobert-shaped"
        kobert_shaped_folder(folder)
        (folder / "tokenizer.json").write_bytes((STARTER / "tokenizer.json").read_bytes())
        compare("KoBERT-base shape", folder, 4, 32, scratch, arguments)


if __name__ == "__main__":
    main()
