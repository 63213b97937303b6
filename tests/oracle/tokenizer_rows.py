"""What the tokenizer tests share: the rows, Nunchi's answers and the independent tokenizer."""

import gzip
import json
import os
import pathlib
import random
import re
import subprocess
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parents[2]
SPIECE = ROOT / "tests/data/kobert/spiece.model"
GOLDEN = ROOT / "tests/data/kobert/kobert_golden.tsv"
SPECIAL_TOKENS = ["[UNK]", "[PAD]", "[CLS]", "[SEP]", "[MASK]"]


def tokenize_lines():
    return pathlib.Path(os.environ.get("NUNCHI_BIN_DIR", ROOT / "build/release/bin")) / "tokenize_lines"


def nunchi(rows, *options, spiece=SPIECE):
    """Nunchi's answer for every row, from one run of tokenize_lines."""
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    command = [str(tokenize_lines()), "--spiece", str(spiece), *options]
    output = subprocess.run(command, input=lines, capture_output=True, text=True, check=True).stdout
    return [json.loads(line) for line in output.splitlines()]


def write_folder(folder, *options):
    """A model folder without weights, as far as AutoTokenizer looks at one."""
    folder = pathlib.Path(folder)
    (folder / "config.json").write_text('{"model_type": "bert"}', encoding="utf-8")
    (folder / "spiece.model").write_bytes(SPIECE.read_bytes())
    subprocess.run([str(tokenize_lines()), "--spiece", str(SPIECE), "--write-folder", str(folder), *options],
                   check=True)


def slow_tokenizer():
    """KoBERTTokenizer's parent class with KoBERTTokenizer's arguments."""
    from transformers import AddedToken, XLNetTokenizer

    return XLNetTokenizer(
        str(SPIECE), do_lower_case=False, remove_space=True, keep_accents=False,
        bos_token="[CLS]", cls_token="[CLS]", eos_token="[SEP]", sep_token="[SEP]", unk_token="[UNK]",
        pad_token="[PAD]", mask_token=AddedToken("[MASK]", lstrip=True, rstrip=False, normalized=True),
        additional_special_tokens=None)


def slow_ids(tokenizer, text):
    return tokenizer.convert_tokens_to_ids(tokenizer.tokenize(text))


def golden_rows():
    """(kind, text or pair of texts, ids) of every golden row."""
    rows = []
    for line in GOLDEN.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        kind, text, _, ids, _ = line.split("\t")
        rows.append((kind, json.loads(text), json.loads(ids)))
    return rows


def golden_singles():
    return [row for row in golden_rows() if row[0] in ("public", "computed")]


# Emoji, hearts, compatibility jamo on their own, marks, quotes and brackets: what plain prose seldom has.
UNUSUAL = re.compile("[ㄱ-ㆎ♡♥❤\u2600-\u27bf\u200b-\u200f\ufe0f\U0001f000-\U0001faff\\[\\]`'^~\u0300-\u036f]")


def _column(path, index, opener=open):
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            fields = line.rstrip("\n").split("\t")
            if len(fields) > index and fields[index]:
                yield fields[index]


def chat_rows(count, seed):
    """Real chat text from the data sets beside the repository; None when they are absent."""
    data = pathlib.Path(os.environ.get("NUNCHI_SHARED_DATA", ROOT / "../shared/data"))
    reviews = data / "unlabelled/nsmc_raw_reviews.tsv.gz"
    if not reviews.exists():
        return None
    plain = list(_column(reviews, 2, gzip.open))
    others = [*_column(data / "unlabelled/beep_unlabeled_comments_5.txt", 0),
              *_column(data / "labelled/kote_val.tsv", 1), *_column(data / "labelled/kmhas_test.txt", 0),
              *_column(data / "labelled/curse_2runo.txt", 0)]
    unusual = [row for row in plain + others if UNUSUAL.search(row)]
    chooser = random.Random(seed)
    return (chooser.sample(plain, count // 2) + chooser.sample(others, count // 4)
            + chooser.sample(unusual, count - count // 2 - count // 4))


def edge_rows():
    """Inputs that go wrong in tokenizers, none of them from a data set."""
    syllables = [chr(code) for code in range(0xAC00, 0xD7A4)]
    blocks = ["".join(syllables[i:i + 40]) for i in range(0, len(syllables), 40)]
    every = [chr(c) for c in range(0x110000) if not 0xD800 <= c <= 0xDFFF]
    assigned = [c for c in every if unicodedata.category(c) not in ("Cn", "Co")]
    # Each assigned code point of the first plane and of the emoji and symbol blocks, between two syllables.
    framed = ["가" + c + "나" for c in assigned if ord(c) < 0x10000 or 0x1D400 <= ord(c) < 0x1FB00]
    return [
        "", " ", "\u3000\n\t", "\x00", "안녕\x00하세요", "\x00\x00", "안녕\x01\x1f하\x7f세요",
        "ㄱ", "ㅏ", "ㅋㅋㅋㅋ", "ㅠㅠㅠ", "ㄱㅏ", "ㄱㅏㄴ", "그ㅏ", "가ㄱ", "가\u11a8", "각\u11a8", "가\u0301\u11a8", "한\u1161",
        "\u1100", "\u1161", "\u11a8", "\u1100\u1100\u1161", "\u115f\u1161", "가\u1161\u11a8",
        unicodedata.normalize("NFD", "어제 본 영화가 자꾸 생각나요"), unicodedata.normalize("NFD", "café"),
        "안녕\u200b하세요", "안녕\u200d하세요", "\ufeff안녕", "안\u2060녕", "\u202e안녕\u202c 하세요", "\u2066가\u2069",
        "👨\u200d👩\u200d👧 ❤\ufe0f 🇰🇷 👍🏽", "\ufffd", "가\ufffd나", "\ue000\uf8ff", "\U0010ffff",
        "``인용'' '''세 개''' ````", "` `", "' '", "´´", "\u1fef\u1fef", "é\u0323\u0301e", "\u0301 가 \u0301", "¨가", "a\u00a0b\u0085c",
        "▁", "▁▁", "▁가", "가▁", "가 ▁ 나", "▁ 가 ▁", "\u2581[SEP]",
        "[SEP]", "[CLS]가[SEP]", "가 [MASK] 나", "[MASK][MASK]", "[ SEP]", "[sep]", "［SEP］", "［UNK］", "[SEP",
        "[[SEP]]", "[UNK]", "[PAD][PAD]", "[S\ufeffEP]", "[S\u200bEP]", "[S\x01EP]", "[𝐒𝐄𝐏]", "[Ｓ\u0301ＥＰ]", "﹇SEP﹈",
        "1,", "1,000", "2,000원", "３，", "½,", "²,", "가1,나", "①,", "10,", "0,0,0,",
        "ㅋ" * 5000, "ㅠ" * 5000, "하" * 5000, "!" * 5000, " " * 5000 + "가", "\u0301" * 5000, "가" + "\u0301\u0323" * 5000,
        "😀" * 5000, "[" * 5000, "[SEP]" * 1000, "\u1100" * 3000 + "\u1161" * 3000, "a" * 5000, "`" * 5001,
        *blocks, *(unicodedata.normalize("NFD", block) for block in blocks), *framed,
    ]


def huge_rows(size):
    """`size` bytes each, of what makes tokenizers slow."""
    return ["a" * size, "가나다 " * (size // 10), "\u0301\u0323" * (size // 4), "😀" * (size // 4), "[SEP]" * (size // 5),
            "ㅋㅠ" * (size // 6), "ㄷ" * (size // 3), unicodedata.normalize("NFD", "뷁" * (size // 9)), " " * size]


# Modifier letters C, F and Q and the letters "MR" in a sign, of Unicode 13 and 14: NFKD makes known letters of them.
NEWER_CHARACTERS = set("\ua7f2\ua7f3\ua7f4\U0001f16c")


def fast_tokenizer_cause(text, ours, theirs):
    """Why AutoTokenizer's ids of a text may differ from ours: tie, unk, unicode, or unexplained.

      tie       the same pieces in another order: segmentations of equal score, which SentencePiece decides by rounding
                32-bit sums and the fast tokenizer by rounding 64-bit sums ("...." is . + ... or ... + .)
      unk       the text spells [UNK] once NFKC is applied: the fast tokenizer matches that piece, SentencePiece does not
      unicode   the text holds a character that is newer than the fast tokenizer's NFKD tables
    """
    if is_score_tie(ours, theirs):
        return "tie"
    if "[UNK]" in unicodedata.normalize("NFKC", text) and "[UNK]" not in text:
        return "unk"
    if NEWER_CHARACTERS & set(text):
        return "unicode"
    return "unexplained"


def is_score_tie(ids, other_ids):
    """Whether two segmentations have the same pieces in another order: both are best, rounding decides."""
    return ids != other_ids and sorted(ids) == sorted(other_ids)
