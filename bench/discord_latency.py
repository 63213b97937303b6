"""From a dispatch of Discord to the request that answers it: Nunchi, its classifier alone, and discord.js with an empty
handler under the same arrivals, in alternating blocks.

    .venv/bin/python bench/discord_latency.py [--per-second 50] [--messages 500] [--blocks 4]

What Nunchi's process adds is its percentile less the classifier's; discord.js, which classifies nothing, is all added.
The global limit of 50 requests a second is lifted on both sides: at that very load it would be most of the measure.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

from comparison import BIN, ROOT, STARTER, Program, conditions, report

CONTESTANTS = ("classifier", "nunchi", "discord.js")


def discord():
    """The measuring program and its port."""
    program = Program("discord_latency", STARTER)
    return program, int(program.process.stdout.readline())


def start_nunchi(port, home):
    token = home / "token"
    token.touch(mode=0o600)
    token.write_text("bench.token.bench\n", encoding="utf-8")
    settings = {"DISCORD_TOKEN_FILE": token, "DISCORD_REST_BASE_URL": f"http://127.0.0.1:{port}/api/v10",
                "DISCORD_COMPRESSION": "none", "DISCORD_REQUESTS_PER_SECOND": 100000, "WEB_ENABLED": "false",
                "HTTP_PORT": 0, "BOT_BURST_WINDOW": 0, "LOG_LEVEL": "warn"}
    environment = os.environ | {"HOME": str(home), "XDG_STATE_HOME": str(home)} | {
        f"NUNCHI_{name}": str(value) for name, value in settings.items()}
    return subprocess.Popen([BIN / "nunchi", "run"], env=environment, stdout=subprocess.DEVNULL)


def start_discord_js(port, _):
    environment = os.environ | {"NUNCHI_NODE_MODULES": str(ROOT / "tests/node_modules"), "NODE_ENV": "production"}
    ours = pathlib.Path(sys.executable).with_name("node")  # where Debian's is too old
    return subprocess.Popen([ours if ours.exists() else "node", ROOT / "bench/discord_latency.mjs", f"http://127.0.0.1:{port}/api"],
                            env=environment)


def percentile(times, share):
    return sorted(times)[int(share * (len(times) - 1))]


def measure(arguments, home):
    times = {name: [] for name in CONTESTANTS}
    memory = {}
    servers = {"nunchi": (*discord(), start_nunchi), "discord.js": (*discord(), start_discord_js)}
    bots = []
    try:
        for name, (program, port, start) in servers.items():
            bots.append(start(port, home))
            program.ask("wait")
        for block in range(arguments.blocks + 1):
            for name in CONTESTANTS:
                program = servers.get(name, servers["nunchi"])[0]
                command = "classifier" if name == "classifier" else "bot"
                size = arguments.messages if block else 100
                answer = json.loads(program.ask(f"{command} {block + 1} {size} {arguments.per_second}"))
                if len(answer) < size:
                    raise SystemExit(f"{name} answered {len(answer)} of {size} messages")
                if block:  # the first one warms up
                    times[name] += answer
        for name, bot in zip(servers, bots):
            status = pathlib.Path(f"/proc/{bot.pid}/status").read_text(encoding="ascii")
            memory[name] = int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))) / 1024
    finally:
        for bot in bots:
            bot.terminate()
            bot.wait(timeout=20)
        for program, *_ in servers.values():
            program.close()
    return times, memory


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--per-second", type=float, default=50)
    parser.add_argument("--messages", type=int, default=500)
    parser.add_argument("--blocks", type=int, default=4)
    arguments = parser.parse_args()
    before = conditions()
    with tempfile.TemporaryDirectory() as home:
        times, memory = measure(arguments, pathlib.Path(home))
    base = {share: percentile(times["classifier"], share) for share in (0.5, 0.95, 0.99)}
    rows, results = [], {}
    for name in CONTESTANTS:
        found = {share: percentile(times[name], share) for share in base}
        added = {share: value - (base[share] if name == "nunchi" else 0) for share, value in found.items()}
        shown = ["", ""] if name == "classifier" else [f"{added[0.5]:.2f}", f"{added[0.99]:.2f}"]
        rows.append([name, *(f"{found[share]:.2f}" for share in base), *shown,
                     f"{memory[name]:.0f}" if name in memory else ""])
        results[name] = {"mean_ms": statistics.fmean(times[name]), "p50_ms": found[0.5], "p99_ms": found[0.99]}
    report(f"Discord: dispatch in to request out, {arguments.per_second:g} a second, {len(times['nunchi'])} messages each",
           ["", "p50 ms", "p95 ms", "p99 ms", "added p50", "added p99", "MB"], rows, before, results=results)


if __name__ == "__main__":
    main()
