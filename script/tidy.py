#!/usr/bin/env python3
"""Runs clang-tidy over our own sources, those first that changed last. script/lint calls this.

A source is known to be clean while nothing changes that its findings depend on: its text, the headers of ours below
it, its command, the .clang-tidy files and clang-tidy itself. Of each such state one empty file is kept in
~/.cache/nunchi/tidy, named by its hash, so a second run over the same tree takes a second.
"""
import argparse
import concurrent.futures
import functools
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys
import time

BUILDS = ["build/release", "build/bench", "build/fuzz"]  # Of a source in several of them the first one counts.
DATABASE = pathlib.Path("build/release/tidy")
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "nunchi" / "tidy"
HISTORY = 300  # commits that are asked for what changed last


def say(sentence):
    print(f"lint: {sentence}", file=sys.stderr, flush=True)


def fail(sentence):
    say(sentence)
    sys.exit(1)


def git(*arguments):
    """The lines that git prints; none where there is no repository."""
    done = subprocess.run(["git", *arguments], capture_output=True, text=True, check=False)
    return done.stdout.splitlines() if done.returncode == 0 else []


def uncommitted():
    return git("diff", "--relative", "--name-only", "--diff-filter=d", "HEAD") + git(
        "ls-files", "--others", "--exclude-standard"
    )


def commands():
    """Our sources and their compile commands, by path from the root."""
    found = {}
    for build in BUILDS:
        database = pathlib.Path(build, "compile_commands.json")
        for entry in json.loads(database.read_text()) if database.exists() else []:
            path = os.path.relpath(entry["file"])
            if path.startswith(("build/", "../")) or not os.path.exists(path):
                continue
            # clang cannot read g++'s precompiled headers, and our files include what they use.
            entry["command"] = re.sub(r" -include \S+/cmake_pch\.hxx", "", entry["command"])
            found.setdefault(path, entry)
    if not found:
        fail(f"{BUILDS[0]}/compile_commands.json is missing: run script/build first")
    DATABASE.mkdir(parents=True, exist_ok=True)
    (DATABASE / "compile_commands.json").write_text(json.dumps(list(found.values())))
    return {path: entry["command"] for path, entry in found.items()}


@functools.cache
def text_of(path):
    return pathlib.Path(path).read_bytes()


@functools.cache
def included_by(path):
    """Our own headers that the file names itself; includes are written from the root."""
    names = re.findall(rb'^\s*#\s*include\s+"([^"]+)"', text_of(path), re.MULTILINE)
    return [name for name in map(bytes.decode, names) if os.path.isfile(name)]


def with_headers(path):
    reached, open_ends = {path}, [path]
    while open_ends:
        new = set(included_by(open_ends.pop())) - reached
        reached |= new
        open_ends += new
    return sorted(reached)


def state_of(path, command, version):
    """A hash of all that the findings in the file depend on."""
    rules = [str(folder / ".clang-tidy") for folder in pathlib.Path(path).parents]
    state = hashlib.sha256(f"{version}\n{command}\n".encode())
    for name in with_headers(path) + [name for name in rules if os.path.exists(name)]:
        state.update(name.encode() + b"\n" + hashlib.sha256(text_of(name)).digest())
    return state.hexdigest()


def newest_first(paths):
    """By the last change of the source or of a header that it includes itself."""
    changes = uncommitted() + git("log", "--relative", "--name-only", "--format=", f"-n{HISTORY}")
    age = {}
    for path in changes:
        age.setdefault(path, len(age))
    return sorted(paths, key=lambda path: min(age.get(name, len(age)) for name in [path, *included_by(path)]))


def is_changed(path, changes):
    return not changes.isdisjoint([path, *included_by(path)])


def check(clang_tidy, path, state, deadline):
    """True: clean; False: findings, which are printed; None: there was no time."""
    if time.monotonic() > deadline:
        return None
    command = [clang_tidy, "-p", str(DATABASE), "--quiet", path]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode == 0:
        (CACHE / state).touch()
        return True
    # In one piece, so that two files do not mix.
    print(re.sub(r"^\d+ warnings?.* (generated|treated as errors?)\.?\n", "", done.stdout, flags=re.M), file=sys.stderr)
    return False


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--clang-tidy", required=True, help="the program")
    arguments.add_argument("--changed", action="store_true", help="only what differs from HEAD")
    arguments.add_argument("--torch-free", action="store_true", help="not what sees libtorch's headers")
    arguments.add_argument("--budget", type=float, default=float("inf"), help="begin no file after so many seconds")
    options = arguments.parse_args()
    begin = time.monotonic()
    CACHE.mkdir(parents=True, exist_ok=True)

    command_of = commands()
    paths = newest_first(command_of)
    if options.changed:
        changes = set(uncommitted())
        paths = [path for path in paths if is_changed(path, changes)]
    if options.torch_free:
        paths = [path for path in paths if "torch/csrc/api/include" not in command_of[path]]
    version = subprocess.run([options.clang_tidy, "--version"], capture_output=True, text=True, check=True).stdout
    states = {path: state_of(path, command_of[path], version) for path in paths}
    unknown = [path for path in paths if not (CACHE / states[path]).exists()]
    say(f"clang-tidy on {len(unknown)} files; {len(paths) - len(unknown)} are as they were when it was content")

    with concurrent.futures.ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        deadline = begin + options.budget
        results = list(pool.map(lambda path: check(options.clang_tidy, path, states[path], deadline), unknown))
    if False in results:
        fail(f"clang-tidy has findings in {results.count(False)} files (above)")
    left = f"; no time was left for {results.count(None)} files that changed earlier" if None in results else ""
    say(f"clang-tidy is content ({time.monotonic() - begin:.0f} s){left}")


if __name__ == "__main__":
    main()
