"""The program `nunchi` from the outside, with the starter model: what a person in a terminal sees."""

import json
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import unittest

NUNCHI = pathlib.Path(os.environ["NUNCHI_BIN_DIR"]) / "nunchi"
SOURCE = pathlib.Path(os.environ["NUNCHI_SOURCE_DIR"])
EX_OK, EX_USAGE, EX_DATAERR, EX_NOINPUT, EX_CONFIG = 0, 64, 65, 66, 78


def run(*arguments, text="", environment=None):
    """Runs nunchi with an empty home, so that nobody's settings or models matter."""
    with tempfile.TemporaryDirectory() as home:
        base = {"HOME": home, "PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
        return subprocess.run([NUNCHI, *arguments], input=text, capture_output=True, text=True,
                              env={**base, **(environment or {})}, timeout=300)


class Classify(unittest.TestCase):
    def test_reads_happiness_and_fear(self):
        answer = run("classify", text="오늘은 정말 기분이 좋아요!\n어둠 속에서 무서운 소리가 들려서 겁이 났어요.\n")

        self.assertEqual(answer.returncode, EX_OK, answer.stderr)
        rows = [line.split("\t") for line in answer.stdout.splitlines()]
        self.assertEqual([row[0] for row in rows], ["행복", "공포"])
        self.assertEqual(rows[0][2], "오늘은 정말 기분이 좋아요!")
        self.assertTrue(all(1 / 7 < float(row[1]) <= 1 for row in rows))

    def test_writes_all_probabilities_as_json_lines(self):
        answer = run("classify", "--format", "json", text="고마워 ㅠㅠ\n")

        record = json.loads(answer.stdout)
        self.assertEqual(set(record["probabilities"]), {"공포", "놀람", "분노", "슬픔", "중립", "행복", "혐오"})
        self.assertAlmostEqual(sum(record["probabilities"].values()), 1, places=5)
        self.assertEqual(record["probabilities"][record["label"]], record["score"])

    def test_takes_a_column_of_a_table(self):
        with tempfile.TemporaryDirectory() as folder:
            table = pathlib.Path(folder) / "대화.csv"
            table.write_text("id,본문\n1,\"정말, 고마워요\"\n2,무서워요\n", encoding="utf-8")
            answer = run("classify", "--column", "본문", table)
            missing = run("classify", table)

        self.assertEqual([line.split("\t")[2] for line in answer.stdout.splitlines()], ["정말, 고마워요", "무서워요"])
        self.assertEqual(missing.returncode, EX_DATAERR)
        self.assertIn("choose one with --column: id, 본문", missing.stderr)

    def test_survives_bytes_that_are_no_text(self):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "bytes.txt"
            file.write_bytes(b"\xff\xfe\x00\n\n" + "가".encode() * 100_000 + b"\n\xed\xa0\x80\n")
            answer = run("classify", "--format", "json", file)

        self.assertEqual(answer.returncode, EX_OK, answer.stderr)
        self.assertEqual(len(answer.stdout.splitlines()), 4)

    def test_answers_a_hundred_thousand_lines_in_order_without_growing(self):
        lines = [f"오늘은 {number}번째 손님이 와서 기분이 좋아요" for number in range(100_000)]
        small = self.peak_memory(lines[:2_000])
        large = self.peak_memory(lines)

        self.assertLess(large - small, 64 * 1024, "KiB more for fifty times the lines")

    def peak_memory(self, lines):
        """KiB of the largest resident set; checks the order on the way."""
        with tempfile.TemporaryDirectory() as folder:
            source, target = pathlib.Path(folder) / "in.txt", pathlib.Path(folder) / "out.tsv"
            source.write_text("\n".join(lines), encoding="utf-8")
            with target.open("wb") as out:
                child = subprocess.Popen([NUNCHI, "classify", source], stdout=out)
                _, status, usage = os.wait4(child.pid, 0)
                child.returncode = os.waitstatus_to_exitcode(status)
            self.assertEqual(child.returncode, EX_OK)
            answers = target.read_text(encoding="utf-8").splitlines()
        self.assertEqual([answer.split("\t")[2] for answer in answers], lines)
        return usage.ru_maxrss

    def test_shows_an_answer_before_the_next_line_comes(self):
        with subprocess.Popen([NUNCHI, "classify"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
            child.stdin.write("고마워요\n")
            child.stdin.flush()
            first = child.stdout.readline()
            child.stdin.close()
        self.assertTrue(first.endswith("\t고마워요\n"), first)


class Chat(unittest.TestCase):
    def test_talks_as_the_original_did(self):
        answer = run("chat", text="오늘은 정말 기분이 좋아요!\n0\n더 읽지 않는다\n")

        self.assertEqual(answer.returncode, EX_OK)
        self.assertEqual(answer.stderr, "")
        self.assertEqual(answer.stdout, "하고싶은 말을 입력해주세요 : >> 입력하신 내용에서 행복이 느껴집니다.\n\n\n"
                                        "하고싶은 말을 입력해주세요 : ")

    def test_ends_quietly_at_the_end_of_input_and_at_ctrl_c(self):
        ended = run("chat", text="")
        self.assertEqual((ended.returncode, ended.stderr), (EX_OK, ""))

        with subprocess.Popen([NUNCHI, "chat"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
            child.stdout.read(len("하고싶은 말을 입력해주세요 : ".encode()))
            child.send_signal(signal.SIGINT)
            out, errors = child.communicate(timeout=30)
        self.assertEqual((child.returncode, out, errors), (EX_OK, b"\n", b""))

    def test_shows_the_most_probable_emotions(self):
        answer = run("chat", "--top", "3", text="고마워\n0\n")

        self.assertRegex(answer.stdout, r"느껴집니다\.\n   \S+ [0-9.]+ % · \S+ [0-9.]+ % · \S+ [0-9.]+ %\n\n\n")


class Models(unittest.TestCase):
    def test_lists_the_starter_with_its_source(self):
        answer = run("model", "list")

        self.assertEqual(answer.returncode, EX_OK)
        self.assertRegex(answer.stdout, r"starter\t\d+ MB\taccuracy 0\.\d{4}\t")
        self.assertIn("한국지능정보사회진흥원", answer.stdout)

    def test_verifies_the_starter(self):
        answer = run("model", "verify", "starter")

        self.assertEqual(answer.returncode, EX_OK, answer.stderr)
        self.assertIn("golden sentences: 6 recorded, all repeated", answer.stdout)

    def test_imports_a_hugging_face_folder_and_uses_it(self):
        with tempfile.TemporaryDirectory() as folder:
            source = pathlib.Path(folder) / "모델"
            source.mkdir()
            for name in ("config.json", "model.safetensors", "spiece.model"):
                shutil.copy(SOURCE / "models" / "starter" / name, source)
            environment = {"XDG_DATA_HOME": folder}
            imported = run("model", "import", source, "--name", "mine", environment=environment)
            again = run("model", "import", source, "--name", "mine", environment=environment)
            used = run("--model", "mine", "classify", text="고마워\n", environment=environment)

        self.assertEqual(imported.returncode, EX_OK, imported.stderr)
        self.assertEqual(again.returncode, EX_DATAERR)
        self.assertIn("exists already", again.stderr)
        self.assertEqual(used.returncode, EX_OK, used.stderr)

    def test_refuses_broken_weights_and_leaves_nothing_behind(self):
        with tempfile.TemporaryDirectory() as folder:
            source = pathlib.Path(folder) / "broken"
            shutil.copytree(SOURCE / "models" / "starter", source)
            weights = source / "model.safetensors"
            weights.write_bytes(weights.read_bytes()[:-100])
            changed = run("model", "verify", source)
            (source / "nunchi.json").unlink()
            truncated = run("model", "import", source, environment={"XDG_DATA_HOME": folder})
            left = list((pathlib.Path(folder) / "nunchi" / "models").iterdir())

        self.assertEqual(changed.returncode, EX_DATAERR)
        self.assertIn("differs from the SHA-256", changed.stderr)
        self.assertEqual(truncated.returncode, EX_DATAERR)
        self.assertIn("model.safetensors", truncated.stderr)
        self.assertEqual(left, [])


class CommandLine(unittest.TestCase):
    def test_explains_itself(self):
        self.assertIn("Examples:", run("--help").stdout)
        self.assertRegex(run("--version").stdout, r"^nunchi \d+\.\d+\.\d+")

    def test_uses_the_exit_codes_of_sysexits(self):
        self.assertEqual(run().returncode, EX_USAGE)
        self.assertEqual(run("chat", "--top", "9").returncode, EX_USAGE)
        self.assertEqual(run("classify", "no-such-file").returncode, EX_NOINPUT)
        self.assertEqual(run("classify", "/").returncode, EX_NOINPUT)
        self.assertEqual(run("--model", "no-such-model", "chat").returncode, EX_CONFIG)

    def test_needs_no_home_for_the_bundled_model(self):
        answer = subprocess.run([NUNCHI, "classify"], input="고마워\n", capture_output=True, text=True,
                                env={"PATH": os.environ["PATH"]}, timeout=60)

        self.assertEqual((answer.returncode, answer.stderr), (EX_OK, ""))

    def test_names_file_line_and_key_of_a_wrong_setting(self):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "nunchi.toml"
            file.write_text("[classifier]\nthreads = \"two\"\n", encoding="utf-8")
            answer = run("--config", file, "chat")

        self.assertEqual(answer.returncode, EX_CONFIG)
        self.assertIn(":2: classifier.threads:", answer.stderr)


if __name__ == "__main__":
    unittest.main()
