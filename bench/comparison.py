"""What the benchmarks share: contestants timed in turn within one run, and the report with its conditions."""

import json
import os
import pathlib
import platform
import statistics
import subprocess
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
BIN = pathlib.Path(os.environ.get("NUNCHI_BIN_DIR", ROOT / "build/bench/bin"))
STARTER = ROOT / "models/starter"


class Program:
    """One of our programs: a line asks, a line answers, and between the two it sleeps."""

    def __init__(self, name, *arguments):
        command = [str(BIN / name), *map(str, arguments)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, request):
        self.process.stdin.write(request + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise SystemExit(f"{self.process.args[0]} stopped without an answer")
        return answer

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def interleave(contestants, rounds):
    """Every contestant once as warm-up, then A B C, A B C, ...: name to the seconds of its rounds."""
    for measure in contestants.values():
        measure()
    seconds = {name: [] for name in contestants}
    for _ in range(rounds):
        for name, measure in contestants.items():
            # The threads of the one before have stopped spinning by then.
            time.sleep(0.05)
            seconds[name].append(measure())
    return seconds


def cpu_model():
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.processor()


def conditions(**more):
    """What belongs to the result: the machine, its load before the run, and `more` (threads, for example)."""
    load = " ".join(f"{value:.1f}" for value in os.getloadavg())
    return {"cpu": cpu_model(), "cores": os.cpu_count(), "load_average": load, "nice": os.nice(0), **more}


def report(title, header, rows, before, **results):
    """A table for people, then one JSON line for programs. Each row: a name and its cells, already formatted."""
    after = " ".join(f"{value:.1f}" for value in os.getloadavg())
    print(f"\n{title}")
    print(f"  {before['cpu']}, {before['cores']} cores; load average before {before['load_average']}, "
          f"after {after}; nice {before['nice']}")
    if float(before["load_average"].split()[0]) > 0.3 * before["cores"]:
        print("  The machine was busy with other work: wall times are no claim, repeat them when idle (CPU times hold).")
    widths = [max(len(row[i]) for row in [header, *rows]) for i in range(len(header))]
    for row in [header, *rows]:
        print("  " + row[0].ljust(widths[0]) + "".join("  " + cell.rjust(w) for cell, w in zip(row[1:], widths[1:])))
    record = {"benchmark": title, "conditions": {**before, "load_average_after": after}, **results}
    print(json.dumps(record, ensure_ascii=False), flush=True)


def minimum_and_median(seconds):
    return {name: {"minimum_s": min(values), "median_s": statistics.median(values)}
            for name, values in seconds.items()}
