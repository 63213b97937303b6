"""A model folder that nunchi-train wrote, opened by Hugging Face, against Nunchi: from text to logits.

    NUNCHI_BIN_DIR=build/release/bin NUNCHI_SHARED_DATA=<folder> python tests/oracle/folder_parity_test.py

AutoTokenizer and AutoModelForSequenceClassification read models/starter as it stands and pad their batches; ours are
tokenize_lines and bert_outputs, which pack. AutoTokenizer knows nothing of the chat normaliser, so it is given the text
that Nunchi's normaliser made. Rows whose ids differ are listed by their number (never by their text) with the cause;
one without a cause fails.
"""

import json
import os
import pathlib
import subprocess
import unittest

import tokenizer_rows as rows
import torch
from transformers import AutoModelForSequenceClassification, AutoTokenizer

FOLDER = rows.ROOT / "models/starter"
MAX_TOKENS = 64
BATCH = 50
# Both sides compute in fp32 from the same F16 weights, so only the order of summation and the padding differ: about
# 1e-6 on logits of up to 3.3. The tanh form of GELU alone makes 5e-4, an epsilon of 1e-5 in LayerNorm 2e-2.
TOLERANCE = 2e-5


def our_answers(texts, *options):
    """{"text": what was tokenized, "ids": without [CLS] and [SEP]} of every text."""
    added = json.loads((FOLDER / "nunchi.json").read_text(encoding="utf-8"))["added_tokens"]
    declared = [part for text, token_id in added.items() for part in ("--added", f"{text}={token_id}")]
    return rows.nunchi(texts, "--show-text", *declared, *options, spiece=FOLDER / "spiece.model")


def our_logits(framed):
    program = pathlib.Path(os.environ.get("NUNCHI_BIN_DIR", rows.ROOT / "build/release/bin")) / "bert_outputs"
    lines = "".join(json.dumps({"messages": [{"ids": ids} for ids in framed[i:i + BATCH]]}) + "\n"
                    for i in range(0, len(framed), BATCH))
    output = subprocess.run([program, FOLDER], input=lines, capture_output=True, text=True, check=True).stdout
    return torch.tensor([logits for line in output.splitlines() for logits in json.loads(line)["logits"]])


class FolderParityTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.tokenizer = AutoTokenizer.from_pretrained(FOLDER)
        cls.model, cls.loading = AutoModelForSequenceClassification.from_pretrained(
            FOLDER, dtype=torch.float32, output_loading_info=True)
        cls.model.eval()

    def their_answers(self, texts):
        """The framed, truncated ids and the logits of every text, computed in padded batches."""
        framed, logits = [], []
        for i in range(0, len(texts), BATCH):
            batch = self.tokenizer(texts[i:i + BATCH], padding=True, truncation=True, max_length=MAX_TOKENS,
                                   return_tensors="pt")
            framed += [ids[mask.bool()].tolist() for ids, mask in zip(batch["input_ids"], batch["attention_mask"])]
            with torch.inference_mode():
                logits.append(self.model(**batch).logits)
        return framed, torch.cat(logits)

    def compare(self, answers):
        """Fails where ids differ without a cause, or logits of equal ids by more than the tolerance."""
        texts = [answer["text"] for answer in answers]
        ours = [[2, *answer["ids"][:MAX_TOKENS - 2], 3] for answer in answers]
        theirs, their_logits = self.their_answers(texts)
        differences = (our_logits(ours) - their_logits).abs().amax(dim=1).tolist()
        differing = {index: self.cause(answers[index]) for index in range(len(texts)) if ours[index] != theirs[index]}
        same = [difference for index, difference in enumerate(differences) if index not in differing]
        print(f"\n{self.id().rsplit('.', 1)[-1]}: {len(same)} of {len(texts)} rows have equal ids, "
              f"their logits differ by at most {max(same):.1e}")
        for index, cause in differing.items():
            print(f"  row {index}: other ids, cause: {cause}; logits differ by {differences[index]:.1e}")
        self.assertNotIn("unexplained", differing.values())
        self.assertLessEqual(max(same), TOLERANCE)
        return differing

    def cause(self, answer):
        # Of the whole text: truncation can cut a tie in two.
        whole = self.tokenizer(answer["text"], add_special_tokens=False)["input_ids"]
        return rows.fast_tokenizer_cause(answer["text"], answer["ids"], whole)

    def test_opens_completely(self):
        self.assertEqual(list(self.loading["missing_keys"]), [])
        self.assertEqual(list(self.loading["unexpected_keys"]), [])
        self.assertEqual(list(self.loading["mismatched_keys"]), [])
        self.assertEqual(list(self.model.config.id2label.values()), ["공포", "놀람", "분노", "슬픔", "중립", "행복", "혐오"])
        self.assertEqual(self.tokenizer.model_max_length, MAX_TOKENS)

    def test_golden_rows(self):
        texts = [text for _, text, _ in rows.golden_singles()]
        self.assertEqual(len(texts), 174)
        # As they stand, and so with their special tokens read, as AutoTokenizer does.
        differing = self.compare(our_answers(texts, "--mode", "literal"))
        self.assertLessEqual(len(differing), 2)

    def test_chat_normalised_by_nunchi(self):
        texts = rows.chat_rows(1000, seed=20210703)
        if texts is None:
            if os.environ.get("CI") == "true":
                self.fail("NUNCHI_SHARED_DATA names no folder with unlabelled/nsmc_raw_reviews.tsv.gz")
            self.skipTest("no chat text: set NUNCHI_SHARED_DATA")
        self.assertEqual(len(texts), 1000)
        differing = self.compare(our_answers(texts, "--normalise", "--mode", "guarded"))
        self.assertLessEqual(len(differing), 10)


if __name__ == "__main__":
    unittest.main()
