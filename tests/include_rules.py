"""Fails when a C++ file includes what its folder may not.

    python3 tests/include_rules.py [root of the source tree]

Prints one line per finding: file:line, the include, and the folders and libraries that are allowed there.
"""

import fnmatch
import os
import re
import sys

EVERYTHING = "everything"

# A library and the headers it is known by. A header of none of them is refused until it is listed here.
# The standard library needs no entry: its headers have neither a dot nor a slash.
LIBRARIES = {
    "POSIX": [
        "arpa/*", "cpuid.h", "dirent.h", "fcntl.h", "iconv.h", "netinet/*", "poll.h", "pthread.h", "sched.h", "signal.h", "spawn.h",
        "sys/*", "sysexits.h", "stdlib.h", "termios.h", "time.h", "unistd.h",
    ],
    "Asio awaitable": ["boost/asio/awaitable.hpp"],
    "Asio": ["boost/asio.hpp", "boost/asio/*"],
    "Beast": ["boost/beast.hpp", "boost/beast/*"],
    "Boost.Process": ["boost/process.hpp", "boost/process/*"],
    "Boost.System": ["boost/system/*"],
    "cairo": ["cairo.h", "cairo-*.h", "cairo/*"],
    "CLI11": ["CLI/*"],
    "ICU": ["unicode/*"],
    "libnats": ["nats.h", "nats/*"],
    "libtorch": ["torch/*", "ATen/*", "c10/*", "caffe2/*"],
    "libzip": ["zip.h"],
    "nlohmann_json": ["nlohmann/*"],
    "OpenSSL": ["openssl/*"],
    "pango": ["pango/*"],
    "prometheus-cpp": ["prometheus/*"],
    "pugixml": ["pugixml.hpp"],
    "sentencepiece": ["sentencepiece_*.h"],
    "SOCI": ["soci/*"],
    "spdlog": ["spdlog/*"],
    "toml++": ["toml++/*"],
    "utf8proc": ["utf8proc.h"],
    "zlib": ["zlib.h"],
    "zstd": ["zstd.h", "zstd_errors.h"],
}

# Every folder may use these.
ALWAYS = ["std", "POSIX"]

# What the headers of a folder show in their signatures comes with it.
SHOWN_BY = {
    "adapters/chat": ["Asio awaitable", "Boost.System"],
    "classifier/api": ["Asio awaitable", "Boost.System"],
    "config": ["spdlog"],
}

PLATFORM = (["adapters/chat", "adapters/json", "adapters/net", "config"], ["Asio", "Beast", "nlohmann_json", "zlib", "zstd"])

# Folder -> (folders it may include beside itself, libraries it may include). The longest matching folder counts;
# a folder stands for all below it unless they have a row of their own; a folder may name a pattern of files.
RULES = {
    "config": ([], ["toml++", "spdlog"]),
    # Asio and Beast, compiled once.
    "config/cmake": ([], ["Asio", "Beast"]),
    "adapters/chat": ([], ["Asio awaitable", "Boost.System"]),
    "adapters/net": (["config"], ["Asio", "Beast", "Boost.System", "OpenSSL"]),
    "adapters/json": ([], ["nlohmann_json"]),
    "adapters/console": PLATFORM,
    "adapters/web": PLATFORM,
    "adapters/discord": PLATFORM,
    # OpenSSL: Ed25519 signatures of the webhook.
    "adapters/discord/interactions": ([*PLATFORM[0], "adapters/discord"], [*PLATFORM[1], "OpenSSL"]),
    "adapters/slack": PLATFORM,
    # OpenSSL: HMAC signatures of the HTTP receiver.
    "adapters/slack/events": ([*PLATFORM[0], "adapters/slack"], [*PLATFORM[1], "OpenSSL"]),
    "classifier/api": ([], ["Asio awaitable", "Boost.System"]),
    # nlohmann_json: it writes tokenizer.json.
    "classifier/text": (["classifier/api"], ["sentencepiece", "utf8proc", "ICU", "nlohmann_json"]),
    # zlib: the checksums of zip archives.
    "classifier/weights": (["classifier/api"], ["nlohmann_json", "zlib"]),
    "classifier/model_folder": (
        ["classifier/api", "classifier/calibration", "classifier/text"],
        ["nlohmann_json", "OpenSSL"],
    ),
    "classifier/model": (
        ["classifier/api", "classifier/weights", "classifier/model_folder"],
        ["libtorch", "nlohmann_json", "OpenSSL"],
    ),
    "classifier/calibration": (["classifier/api"], []),
    "classifier/batching": (["classifier/api"], ["Asio"]),
    "classifier/engine": (["classifier"], ["Asio", "libtorch"]),
    "charts": ([], ["cairo", "pango"]),
    "bot/remote": (
        ["classifier/api", "classifier/text", "adapters/net", "config"],
        ["Asio", "nlohmann_json", "libnats"],
    ),
    # The verbs of the terminal: chat, classify, model.
    "bot/cli": (
        ["classifier", "config", "trainer/data/delimited*"],
        ["nlohmann_json", "CLI11", "Asio"],
    ),
    "bot/app": EVERYTHING,
    "bot/main": EVERYTHING,
    "bot": (
        ["adapters/chat", "adapters/net", "classifier/api", "charts", "config"],
        ["Asio", "nlohmann_json", "SOCI", "prometheus-cpp", "Boost.Process", "OpenSSL"],
    ),
    "trainer/data": (["classifier/api", "classifier/weights"], ["libzip", "pugixml", "nlohmann_json", "utf8proc"]),
    "trainer": (
        ["classifier", "charts", "config"],
        ["libtorch", "sentencepiece", "libzip", "pugixml", "nlohmann_json", "CLI11"],
    ),
    "tests": EVERYTHING,
    "bench": EVERYTHING,
}

# Not reached from the folders around them, although those have a wider row.
CLOSED = ["bot/app", "bot/main"]

SOURCE_ENDINGS = (".cpp", ".hpp", ".cc", ".h", ".inl", ".ipp")
SKIPPED_FOLDERS = ("build", "node_modules")
INCLUDE = re.compile(r'^\s*#\s*include\s*(?:(["<])([^">]+)[">]|(.*))')


def rule_folder(path):
    """The row of RULES that `path` (with forward slashes, from the root) falls under, or None.

    A row names a folder, or the header and source of one file (bot/app stands for bot/app.hpp and bot/app.cpp).
    """
    path = os.path.splitext(path)[0]
    while path:
        if path in RULES:
            return path
        path = path.rpartition("/")[0]
    return None


def is_inside(path, place):
    """Whether `place`, a folder or a pattern of files, holds `path`."""
    return path.startswith(place + "/") or ("*" in place and fnmatch.fnmatchcase(path, place))


def libraries_of(header):
    """The names of the libraries that `header` may belong to; empty when it is unknown."""
    if re.fullmatch(r"[a-z_0-9]+", header):
        return ["std"]
    return [name for name, patterns in LIBRARIES.items()
            if any(fnmatch.fnmatchcase(header, pattern) for pattern in patterns)]


def allowed_libraries(folder):
    """The libraries that a file of the row `folder` may include."""
    folders, libraries = RULES[folder]
    shown = [name for place in folders for shower, names in SHOWN_BY.items()
             if shower == place or is_inside(shower, place) for name in names]
    return [*ALWAYS, *libraries, *(name for name in shown if name not in libraries)]


def objection(folder, header, is_quoted):
    """Why a file of the row `folder` may not include `header`, or None."""
    if "./" in header or header.startswith("/"):
        return "includes are written from the root of the tree"
    target = rule_folder(header)
    if is_quoted or target:
        if target is None:
            return "no folder of the table holds it; includes are written from the root of the tree"
        return None if may_include_folder(folder, header, target) else "its folder may not be included here"
    libraries = libraries_of(header)
    if RULES[folder] == EVERYTHING:
        return None
    if not libraries:
        return "no known library: name it in LIBRARIES of tests/include_rules.py"
    allowed = allowed_libraries(folder)
    return None if any(name in allowed for name in libraries) else f"{libraries[0]} may not be included here"


def may_include_folder(folder, header, target):
    """Whether a file of the row `folder` may include our own `header`, which falls under the row `target`."""
    if RULES[folder] == EVERYTHING or target == folder:
        return True
    if target in CLOSED:
        return False
    # A row around another one includes it (trainer sees trainer/data), never the other way round.
    return is_inside(target, folder) or any(is_inside(header, place) for place in RULES[folder][0])


def describe(folder):
    """What a file of the row `folder` may include, for a reader."""
    if RULES[folder] == EVERYTHING:
        return f"{folder} may include everything"
    places = [folder, *RULES[folder][0]]
    return f"{folder} may include {', '.join(places)}; libraries: {', '.join(allowed_libraries(folder))}"


def findings_of_file(root, path):
    """The findings of one file, `path` being its place from `root` with forward slashes."""
    folder = rule_folder(path)
    if folder is None:
        return [f"{path}:1: its folder is not in the table: give it a row in tests/include_rules.py"]
    findings = []
    with open(os.path.join(root, path), encoding="utf-8") as source:
        for number, line in enumerate(source, start=1):
            match = INCLUDE.match(line)
            if not match:
                continue
            mark, header, rest = match.groups()
            if mark is None:
                header, reason = rest.strip(), "an include must name its file"
                shown = header
            else:
                reason = objection(folder, header, mark == '"')
                shown = f'"{header}"' if mark == '"' else f"<{header}>"
            if reason:
                findings.append(f"{path}:{number}: #include {shown}: {reason} ({describe(folder)})")
    return findings


def source_files(root):
    """The C++ files below `root`, sorted, from the root with forward slashes."""
    for place, folders, files in os.walk(root):
        folders[:] = sorted(f for f in folders if not f.startswith(".") and
                            not (place == root and (f in SKIPPED_FOLDERS or f.startswith("cmake-build"))))
        for name in sorted(files):
            if name.endswith(SOURCE_ENDINGS):
                yield os.path.relpath(os.path.join(place, name), root).replace(os.sep, "/")


def findings_of_tree(root):
    """The findings of all C++ files below `root`, and how many files there are."""
    paths = list(source_files(root))
    return [finding for path in paths for finding in findings_of_file(root, path)], len(paths)


def main(arguments):
    root = arguments[0] if arguments else os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    findings, count = findings_of_tree(root)
    for finding in findings:
        print(finding)
    print(f"{count} files, {len(findings)} forbidden includes")
    # An empty tree means a wrong root, which must not pass for a clean one.
    return 1 if findings or not count else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
