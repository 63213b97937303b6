"""`nunchi model import` of what PyTorch itself saved, against transformers: every bit of every tensor, and the logits.

    NUNCHI_BIN_DIR=build/release/bin NUNCHI_SOURCE_DIR=. python tests/oracle/torch_import_test.py
"""

import collections
import hashlib
import json
import os
import pathlib
import pty
import shutil
import subprocess
import tempfile
import unittest
import zipfile

import safetensors.torch
import torch
from transformers import BertConfig, BertForSequenceClassification

BIN = pathlib.Path(os.environ["NUNCHI_BIN_DIR"])
KOBERT = pathlib.Path(os.environ["NUNCHI_SOURCE_DIR"]) / "tests/data/kobert"
EX_OK, EX_DATAERR, EX_NOINPUT = 0, 65, 66
NOTEBOOK_ORDER = ["공포", "놀람", "분노", "슬픔", "중립", "행복", "혐오"]
# Logits of up to 10; both sides sum in fp32. bf16 and fp16 files are widened, which is exact.
TOLERANCE = 3e-5
MESSAGES = [[2, 517, 4000, 3], [2, 700, 6000, 7999, 54, 3], list(range(2, 60))]


class BERTClassifier(torch.nn.Module):
    """As the notebooks define it, in their __main__."""

    def __init__(self, model):
        super().__init__()
        self.bert, self.classifier = model.bert, model.classifier


def small_model(labels=7):
    torch.manual_seed(labels)
    config = BertConfig(vocab_size=8002, hidden_size=32, num_hidden_layers=2, num_attention_heads=4, intermediate_size=64,
                        max_position_embeddings=80, pad_token_id=1, num_labels=labels, attn_implementation="eager")
    model = BertForSequenceClassification(config).eval()
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.normal_(0, 0.3)
    return model


def logits_of(model):
    with torch.inference_mode():
        return [model(torch.tensor([ids])).logits[0] for ids in MESSAGES]


class TorchImport(unittest.TestCase):
    def setUp(self):
        # Hangul and a space in every path, as on users' disks.
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="토치 체크포인트 "))
        self.addCleanup(shutil.rmtree, self.root)
        self.model = small_model()
        self.base = self.make_base(self.root / "기본")
        self.models = self.root / "nunchi/models"

    def make_base(self, folder, **changes):
        folder.mkdir()
        config = json.loads((KOBERT / "skt_config.json").read_text(encoding="utf-8"))
        config.update(hidden_size=32, num_hidden_layers=2, num_attention_heads=4, intermediate_size=64,
                      max_position_embeddings=80, **changes)
        (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
        shutil.copy(KOBERT / "spiece.model", folder)
        return folder

    def nunchi(self, source, *arguments, stdin=subprocess.DEVNULL, **options):
        return subprocess.run(
            [BIN / "nunchi", "model", "import", source, "--name", "새 모델", *arguments], stdin=stdin, timeout=120,
            env={"HOME": str(self.root), "XDG_DATA_HOME": str(self.root), "PATH": os.environ["PATH"]}, text=True,
            **(options or {"capture_output": True}))

    def imported(self, saved, *arguments, name="모델.pt", **save_options):
        """Saves, imports with --base, and gives the folder and what was printed."""
        file = self.root / name
        torch.save(saved, file, **save_options)
        answer = self.nunchi(file, "--base", self.base, "--overwrite", *arguments)
        self.assertEqual(answer.returncode, EX_OK, answer.stderr)
        return self.models / "새 모델", answer.stdout

    def refusal(self, source, *arguments, code=EX_DATAERR):
        answer = self.nunchi(source, *(arguments or ("--base", self.base)))
        self.assertEqual(answer.returncode, code, answer.stderr + answer.stdout)
        self.assertEqual([*self.models.glob("*")], [], "something was left behind")
        return answer.stderr

    def our_logits(self, folder):
        lines = json.dumps({"messages": [{"ids": ids} for ids in MESSAGES]}) + "\n"
        answer = subprocess.run([BIN / "bert_outputs", folder], input=lines, capture_output=True, text=True, check=True)
        return [torch.tensor(row) for row in json.loads(answer.stdout)["logits"]]

    def assert_same(self, folder, expected_tensors, expected_logits):
        found = safetensors.torch.load_file(folder / "model.safetensors")
        self.assertEqual(sorted(found), sorted(expected_tensors))
        for name, tensor in expected_tensors.items():
            self.assertEqual(found[name].dtype, tensor.dtype, name)
            self.assertEqual(found[name].shape, tensor.shape, name)
            self.assertEqual(found[name].contiguous().view(torch.uint8).tolist(),
                             tensor.detach().contiguous().view(torch.uint8).tolist(), name)
        self.assert_close(self.our_logits(folder), expected_logits)
        theirs, loading = BertForSequenceClassification.from_pretrained(folder, dtype=torch.float32,
                                                                        output_loading_info=True)
        self.assertFalse(any(loading.values()), loading)
        self.assert_close(logits_of(theirs.eval()), expected_logits)

    def assert_close(self, found, expected):
        difference = max((a - b).abs().max().item() for a, b in zip(found, expected, strict=True))
        self.assertLessEqual(difference, TOLERANCE)

    def check(self, saved, *arguments, model=None, **options):
        model = model or self.model
        folder, output = self.imported(saved, *arguments, **options)
        self.assert_same(folder, model.state_dict(), logits_of(self.widened(model)))
        return folder, output

    def widened(self, model):
        """The same in fp32, where both sides compute."""
        wide = small_model()
        wide.load_state_dict({name: tensor.float() for name, tensor in model.state_dict().items()})
        return wide

    def test_a_state_dict(self):
        state = self.model.state_dict()
        self.assertIsInstance(state, collections.OrderedDict)
        folder, output = self.check(state)

        self.assertIn("모델.pt (torch zip)", output)
        self.assertIn("warn  labels: the file names none", output)
        self.assertRegex(output, r"\d of 7 are read as meant")
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        self.assertEqual(list(config["id2label"].values()), NOTEBOOK_ORDER)
        origin = json.loads((folder / "nunchi.json").read_text(encoding="utf-8"))["provenance"]["imported_from"]
        self.assertEqual(origin["sha256"], hashlib.sha256((self.root / "모델.pt").read_bytes()).hexdigest())
        self.assertEqual((origin["file"], origin["format"]), ("모델.pt", "torch zip"))
        self.assertIn("assumed", origin["labels"])

    def test_the_file_of_older_versions(self):
        _, output = self.check(self.model.state_dict(), _use_new_zipfile_serialization=False)
        self.assertIn("torch legacy", output)

    def test_the_newer_pickle_protocol(self):
        self.check(self.model.state_dict(), pickle_protocol=4)

    def test_parameters(self):
        self.check(collections.OrderedDict(self.model.named_parameters()))
        self.check(dict(self.model.named_parameters()), _use_new_zipfile_serialization=False)

    def test_every_number_type(self):
        for dtype in (torch.float16, torch.bfloat16, torch.float64):
            with self.subTest(dtype):
                narrow = small_model().to(dtype)
                self.check(narrow.state_dict(), model=narrow)
                self.check(narrow.state_dict(), model=narrow, _use_new_zipfile_serialization=False)

    def test_strides_and_shared_storages(self):
        state = self.model.state_dict()
        transposed = {name: tensor.t().contiguous().t() for name, tensor in state.items()}
        self.assertFalse(transposed["classifier.weight"].is_contiguous())
        self.check(transposed)
        self.check(transposed, _use_new_zipfile_serialization=False)

        flat = torch.cat([tensor.flatten() for tensor in state.values()])
        parts = flat.split([tensor.numel() for tensor in state.values()])
        shared = {name: part.view(tensor.shape) for (name, tensor), part in zip(state.items(), parts)}
        folder, _ = self.check(shared)
        self.assertLess((folder / "model.safetensors").stat().st_size, 2 * (self.root / "모델.pt").stat().st_size)

    def test_names_of_other_versions(self):
        state = self.model.state_dict()
        state["bert.embeddings.position_ids"] = torch.arange(80).expand(1, -1)
        renamed = {"module." + name.replace("LayerNorm.weight", "LayerNorm.gamma").replace("LayerNorm.bias", "LayerNorm.beta"):
                   tensor for name, tensor in state.items()}
        self.assertIn("module.bert.embeddings.LayerNorm.gamma", renamed)
        self.check(renamed)

    def test_the_model_part_of_a_checkpoint(self):
        optimizer = torch.optim.AdamW(self.model.parameters(), lr=5e-5)
        self.model(torch.tensor([MESSAGES[0]]), labels=torch.tensor([1])).loss.backward()
        optimizer.step()
        checkpoint = {"model": self.model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": 5,
                      "loss": torch.tensor(0.5), "history": [0.1, (2, None, True)]}
        self.check(checkpoint, name="all.tar")
        self.check(checkpoint, name="all.tar", _use_new_zipfile_serialization=False)

    def test_a_folder_of_the_hub_without_a_head(self):
        encoder = {name.removeprefix("bert."): tensor for name, tensor in self.model.state_dict().items()
                   if name.startswith("bert.")}
        torch.save(encoder, self.base / "pytorch_model.bin")
        answer = self.nunchi(self.base)

        self.assertEqual(answer.returncode, EX_OK, answer.stderr)
        self.assertIn("head: none", answer.stdout)
        found = safetensors.torch.load_file(self.models / "새 모델" / "model.safetensors")
        self.assertEqual(sorted(found), sorted("bert." + name for name in encoder))

    def test_labels_of_the_option_and_of_the_folder(self):
        order = list(reversed(NOTEBOOK_ORDER))
        folder, output = self.check(self.model.state_dict(), "--labels", ", ".join(order))
        self.assertNotIn("warn  labels", output)
        self.assertEqual(list(json.loads((folder / "config.json").read_text())["id2label"].values()), order)

        named = self.make_base(self.root / "named", id2label=dict(enumerate(order)))
        torch.save(self.model.state_dict(), named / "pytorch_model.bin")
        answer = self.nunchi(named, "--overwrite")
        self.assertEqual(answer.returncode, EX_OK, answer.stderr)
        self.assertEqual(list(json.loads((folder / "config.json").read_text())["id2label"].values()), order)
        self.assertNotIn("warn  labels", answer.stdout)

    def test_asks_a_person(self):
        torch.save(self.model.state_dict(), self.root / "asked.pt")
        keyboard, terminal = pty.openpty()
        os.write(keyboard, ",".join(reversed(NOTEBOOK_ORDER)).encode() + b"\n")
        answer = self.nunchi(self.root / "asked.pt", "--base", self.base, stdin=terminal, stdout=subprocess.PIPE,
                             stderr=terminal)
        question = os.read(keyboard, 4096).decode()

        self.assertEqual(answer.returncode, EX_OK)
        self.assertIn("Which emotions are the rows of its head", question)
        config = json.loads((self.models / "새 모델" / "config.json").read_text(encoding="utf-8"))
        self.assertEqual(list(config["id2label"].values()), list(reversed(NOTEBOOK_ORDER)))

    def test_leaves_out_rows_that_are_no_emotion(self):
        model = small_model(labels=9)
        names = ["행복", "-", *NOTEBOOK_ORDER[:5], "-", "혐오"]
        folder, _ = self.imported(model.state_dict(), "--labels", ",".join(names))
        kept = [row for row, name in enumerate(names) if name != "-"]
        expected = model.state_dict()
        expected["classifier.weight"] = expected["classifier.weight"][kept]
        expected["classifier.bias"] = expected["classifier.bias"][kept]
        self.assert_same(folder, expected, [logits[kept] for logits in logits_of(model)])

    def test_refuses_heads_that_it_cannot_name(self):
        for rows, reason in ((2, "negative and positive"), (6, "has 6 rows"), (9, "Name each row with --labels")):
            torch.save(small_model(labels=rows).state_dict(), self.root / "rows.pt")
            self.assertIn(reason, self.refusal(self.root / "rows.pt"))
        torch.save(self.model.state_dict(), self.root / "seven.pt")
        for labels, reason in (("행복,슬픔", "2 labels are named"), ("기쁨" + ",-" * 6, "\"기쁨\" is none"),
                               ("행복,행복" + ",-" * 5, "named twice"), ("행복" + ",-" * 6, "no row of the head is named")):
            self.assertIn(reason, self.refusal(self.root / "seven.pt", "--base", self.base, "--labels", labels))

    def test_refuses_a_whole_module(self):
        for new in (True, False):
            torch.save(BERTClassifier(self.model), self.root / "whole.pt", _use_new_zipfile_serialization=new)
            message = self.refusal(self.root / "whole.pt")
            self.assertIn("\"__main__.BERTClassifier\": the file holds a whole model object", message)
            self.assertIn("torch.save(model.state_dict()", message)

    def test_refuses_code(self):
        class Harm:
            def __reduce__(self):
                return os.system, (f"touch '{mark}'",)

        mark = self.root / "executed"
        for new in (True, False):
            torch.save({"model": self.model.state_dict(), "x": Harm()}, self.root / "harm.pt",
                       _use_new_zipfile_serialization=new)
            self.assertIn("\"posix.system\" is not allowed", self.refusal(self.root / "harm.pt"))
        self.assertFalse(mark.exists())

    def test_refuses_other_files_with_what_to_do(self):
        file = self.root / "가중치.bin"
        torch.save(self.model.state_dict(), file)
        whole = file.read_bytes()
        with zipfile.ZipFile(self.root / "kobert_v1.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("kobert_from_pretrained/config.json", "{}" * 100)
        cases = {
            whole[: len(whole) // 2]: "unfinished download",
            b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 368814592\n": "git lfs pull",
            b"<!DOCTYPE html><html><body>404</body></html>": "this is a web page",
            (self.root / "kobert_v1.zip").read_bytes(): "unpack it",
            b"": "unfinished download",
        }
        for content, reason in cases.items():
            file.write_bytes(content)
            self.assertIn(reason, self.refusal(file))
        self.assertIn("--base FOLDER", self.refusal(file, "--labels", "행복", code=EX_NOINPUT))
        self.assertIn("neither model.safetensors nor pytorch_model.bin", self.refusal(self.base, "--overwrite", code=EX_NOINPUT))

    def test_refuses_weights_of_another_size(self):
        other = self.make_base(self.root / "other", type_vocab_size=3)
        torch.save(self.model.state_dict(), self.root / "m.pt")
        message = self.refusal(self.root / "m.pt", "--base", other)
        self.assertIn("token_type_embeddings.weight has shape [2, 32], expected [3, 32]", message)


if __name__ == "__main__":
    unittest.main()
