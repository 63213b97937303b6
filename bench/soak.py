"""Whether the daemon's memory stays flat: /predict with distinct texts at a steady rate for a long time.

    .venv/bin/python bench/soak.py [--minutes 60] [--per-second 300] [--model FOLDER]

The first tenth warms up; after it the memory may neither rise by more than 5 % nor above the bar.
"""

import argparse
import asyncio
import os
import pathlib
import statistics
import subprocess
import tempfile
import time

import aiohttp

from comparison import BIN, STARTER, conditions, report
from predict_server import free_port, resident_megabytes, wait_for

WORDS = "오늘 어제 우리 회사 친구 엄마 점심 영화 게임 버스 고양이 너무 정말 조금 그냥 다시 좋아 싫어 슬퍼 무서워 놀랐어 화나".split()
MOST_MEGABYTES = 350
MOST_GROWTH = 1.05


def sentence(number):
    """Two to twenty words, so that every size of batch comes up."""
    return f"{number} " + " ".join(WORDS[(number * 7 + word * 5) % len(WORDS)] for word in range(2 + number % 19))


async def ask(session, url, number, failures):
    try:
        async with session.post(url, json={"inputs": sentence(number)}) as answer:
            if answer.status != 200:
                failures.append(answer.status)
            await answer.read()
    except aiohttp.ClientError as error:
        failures.append(type(error).__name__)


async def load(port, process, arguments):
    samples, failures, tasks = [], [], set()
    start, number = time.monotonic(), 0
    connector = aiohttp.TCPConnector(limit=32)
    async with aiohttp.ClientSession(connector=connector) as session:
        while (elapsed := time.monotonic() - start) < arguments.minutes * 60:
            while number < elapsed * arguments.per_second:
                task = asyncio.create_task(ask(session, f"http://127.0.0.1:{port}/predict", number, failures))
                tasks.add(task)
                task.add_done_callback(tasks.discard)
                number += 1
            if len(samples) <= elapsed / 10:
                samples.append((elapsed, resident_megabytes(process)))
            await asyncio.sleep(0.02)
        await asyncio.gather(*tasks)
    return number, failures, samples


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--per-second", type=float, default=300)
    parser.add_argument("--model", type=pathlib.Path, default=STARTER)
    arguments = parser.parse_args()
    before = conditions()
    with tempfile.TemporaryDirectory() as home:
        port = free_port()
        environment = os.environ | {"HOME": home, "XDG_STATE_HOME": home, "NUNCHI_HTTP_PORT": str(port),
                                    "NUNCHI_CLASSIFIER_MODEL": str(arguments.model), "NUNCHI_LOG_LEVEL": "warn"}
        process = subprocess.Popen([BIN / "nunchi", "run"], env=environment, stdout=subprocess.DEVNULL)
        try:
            wait_for(port, process)
            sent, failures, samples = asyncio.run(load(port, process, arguments))
        finally:
            process.terminate()
            process.wait(timeout=20)
    settled = [megabytes for elapsed, megabytes in samples if elapsed >= arguments.minutes * 6]
    third = max(1, len(settled) // 3)
    first, last = statistics.median(settled[:third]), statistics.median(settled[-third:])
    rows = [["nunchi run", f"{sent:,}", str(len(failures)), f"{first:.0f}", f"{last:.0f}", f"{max(settled):.0f}"]]
    report(f"memory: {arguments.per_second:g} texts a second for {arguments.minutes:g} minutes",
           ["", "texts", "errors", "MB, first third", "last third", "most"], rows, before,
           samples=[(round(elapsed), round(megabytes, 1)) for elapsed, megabytes in samples])
    if failures or last > first * MOST_GROWTH or max(settled) > MOST_MEGABYTES:
        raise SystemExit("the memory is not flat, or requests failed")


if __name__ == "__main__":
    main()
