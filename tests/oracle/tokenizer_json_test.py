"""The tokenizer.json that Nunchi writes, opened by AutoTokenizer, against Nunchi's own ids.

    NUNCHI_BIN_DIR=build/release/bin NUNCHI_SHARED_DATA=<folder> python tests/oracle/tokenizer_json_test.py

A row may differ for a cause that tokenizer_rows.fast_tokenizer_cause knows; it is counted. Anything else fails.
"""

import collections
import os
import tempfile
import unittest

import tokenizer_rows as rows
from transformers import AutoTokenizer

CRY = ("<cry>", 8002)
LAUGH = ("<laugh>", 8003)
ADDED = ["--added", "<laugh>=8003", "--added", "<cry>=8002"]


class TokenizerJsonTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        rows.write_folder(cls.folder.name)
        cls.fast = AutoTokenizer.from_pretrained(cls.folder.name)

    def compare(self, texts, ours, tokenizer=None):
        """Counts the differing rows by cause; fails on one that has none."""
        tokenizer = tokenizer or self.fast
        causes = collections.Counter()
        unexplained = []
        for index, (text, expected) in enumerate(zip(texts, ours, strict=True)):
            theirs = tokenizer(text, add_special_tokens=False)["input_ids"]
            if theirs != expected:
                why = rows.fast_tokenizer_cause(text, expected, theirs)
                causes[why] += 1
                if why == "unexplained":
                    unexplained.append((index, expected[:20], theirs[:20]))
        if causes:
            print(f"{self.id().rsplit('.', 1)[-1]}: {len(texts)} rows, differing by cause: {dict(causes)}")
        self.assertEqual(unexplained, [])
        return causes

    def test_opens_as_a_fast_tokenizer_with_kobert_padding(self):
        self.assertTrue(self.fast.is_fast)
        self.assertEqual(self.fast.model_max_length, 64)
        self.assertEqual((self.fast.padding_side, self.fast.pad_token_id), ("right", 1))
        special = [self.fast.unk_token_id, self.fast.pad_token_id, self.fast.cls_token_id, self.fast.sep_token_id,
                   self.fast.mask_token_id]
        self.assertEqual(special, [0, 1, 2, 3, 4])

    def test_frames_and_pads_on_the_right(self):
        batch = self.fast(["나 보기가 역겨워", ""], padding=True)
        self.assertEqual(batch["input_ids"], [[2, 1370, 2362, 5330, 3322, 5411, 7018, 3], [2, 3] + [1] * 6])
        self.assertEqual(batch["attention_mask"][1], [1, 1] + [0] * 6)
        self.assertEqual(batch["token_type_ids"][1], [0] * 8)

    def test_frames_the_golden_pair(self):
        [(_, pair, ids)] = [row for row in rows.golden_rows() if row[0] == "public-pair"]
        encoded = self.fast(*pair)
        self.assertEqual(encoded["input_ids"], ids)
        self.assertEqual(encoded["token_type_ids"], [0] * 8 + [1] * 4)

    def test_truncates_to_the_first_pieces(self):
        text = "하" * 200
        [ours] = rows.nunchi([text])
        self.assertEqual(self.fast(text, truncation=True)["input_ids"], [2, *ours[:62], 3])

    def test_decodes_to_readable_text(self):
        self.assertEqual(self.fast.decode(self.fast("오늘 정말 좋아요!")["input_ids"], skip_special_tokens=True),
                         "오늘 정말 좋아요!")

    def test_golden_rows(self):
        singles = rows.golden_singles()
        causes = self.compare([text for _, text, _ in singles], [ids for _, _, ids in singles])
        self.assertLessEqual(causes.total(), 1)

    def test_edge_inputs(self):
        texts = rows.edge_rows()
        self.assertLessEqual(self.compare(texts, rows.nunchi(texts)).total(), 20)

    def test_added_tokens(self):
        texts = ["<cry>", "너무<cry>슬퍼", "너무 <cry> 슬퍼 ", "<cry><laugh>", "<cry> <laugh>", "< cry>", "<cry", "<laugh>가<cry>\n나",
                 "<CRY>", "[SEP]<cry>", "＜cry＞"]
        with tempfile.TemporaryDirectory() as folder:
            rows.write_folder(folder, *ADDED)
            fast = AutoTokenizer.from_pretrained(folder)
            self.assertEqual(fast.convert_tokens_to_ids([CRY[0], LAUGH[0]]), [CRY[1], LAUGH[1]])
            self.assertEqual(len(fast), 8004)
            self.assertEqual(self.compare(texts, rows.nunchi(texts, *ADDED), fast).total(), 0)

    def test_chat_normalised_by_nunchi(self):
        texts = rows.chat_rows(1000, seed=20210702)
        if texts is None:
            if os.environ.get("CI") == "true":
                self.fail("NUNCHI_SHARED_DATA names no folder with unlabelled/nsmc_raw_reviews.tsv.gz")
            self.skipTest("no chat text: set NUNCHI_SHARED_DATA")
        answers = rows.nunchi(texts, "--normalise", "--show-text")
        causes = self.compare([answer["text"] for answer in answers], [answer["ids"] for answer in answers])
        self.assertLessEqual(causes["tie"], 30)
        self.assertEqual(causes["unk"] + causes["unicode"], 0)


if __name__ == "__main__":
    unittest.main()
