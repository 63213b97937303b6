#!/usr/bin/env python3
"""Makes and checks the everyday chat set from its batches and their second labels.

    dataset.py sheets FOLDER     writes what has no second label yet as sheets of 240 messages without labels, mixed over
                                 all batches: FOLDER/sheet-NN.tsv (number, text) and FOLDER/sheet-NN.ids
    dataset.py read FOLDER       takes FOLDER/labels-NN.tsv (number, label; ? for unsure) into second_labels.tsv
    dataset.py build             writes train.tsv and test.tsv
    dataset.py check             recounts everything, and fails where a rule of the datasheet is broken

Standard library only.
"""
import collections
import csv
import hashlib
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
EMOTIONS = ("공포", "놀람", "분노", "슬픔", "중립", "행복", "혐오")
TRAITS = ("", "sarcasm", "hard")
PARTS = {"train": 1000, "test": 100}  # and how many rows of each emotion they hold at least
SHEET_ROWS = 240
UNSURE = "?"
NEAR = 0.5  # Jaccard of character 4-grams above which two messages count as one
PERSONAL = {
    "a telephone number": re.compile(r"01[016789][- .]?\d{3,4}[- .]?\d{4}|\d{2,3}-\d{3,4}-\d{4}"),
    "an e-mail address": re.compile(r"[\w.]+@[\w.]+\.\w+"),
    "a link": re.compile(r"https?://|www\."),
    "a handle": re.compile(r"(^|\s)@\w+"),
}


def read_tsv(path, columns):
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    if not rows or rows[0] != columns:
        raise SystemExit(f"{path}: the header is {rows[:1]}, expected {columns}")
    for line, row in enumerate(rows[1:], start=2):
        if len(row) != len(columns):
            raise SystemExit(f"{path}:{line}: {len(row)} columns, expected {len(columns)}")
        yield line, dict(zip(columns, row))


def write_tsv(path, columns, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write("\t".join(columns) + "\n")
        file.writelines("\t".join(row) + "\n" for row in rows)


def id_of(text):
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def batches():
    """All rows as they were written, by batch."""
    for path in sorted((HERE / "batches").glob("*.tsv")):
        for line, row in read_tsv(path, ["text", "label", "trait"]):
            where = f"{path.name}:{line}"
            if row["label"] not in EMOTIONS or row["trait"] not in TRAITS:
                raise SystemExit(f"{where}: label {row['label']!r}, trait {row['trait']!r}")
            if not 2 <= len(row["text"]) <= 120:
                raise SystemExit(f"{where}: {len(row['text'])} characters")
            yield {**row, "id": id_of(row["text"]), "batch": path.stem, "part": path.stem.split("-")[0]}


def second_labels():
    path = HERE / "second_labels.tsv"
    return {row["id"]: row["label"] for _, row in read_tsv(path, ["id", "label"])} if path.exists() else {}


def grams(text):
    """Character 4-grams of what is written, white space aside; of a shorter text the text itself."""
    text = re.sub(r"\s+", "", text).lower()
    return frozenset(text[i:i + 4] for i in range(len(text) - 3)) or frozenset([text])


class NearDuplicates:
    """Finds earlier messages that say nearly the same."""

    def __init__(self):
        self.messages = []
        self.by_gram = collections.defaultdict(list)

    def find(self, text):
        mine = grams(text)
        shared = collections.Counter(number for gram in mine for number in self.by_gram.get(gram, ()))
        for number, count in shared.items():
            if count / (len(mine) + len(self.messages[number]) - count) > NEAR:
                return number
        return None

    def add(self, text):
        mine = grams(text)
        for gram in mine:
            self.by_gram[gram].append(len(self.messages))
        self.messages.append(mine)


def sheets(folder):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    known = second_labels()
    open_rows = {row["id"]: row["text"] for row in batches() if row["id"] not in known}
    ids = sorted(open_rows)  # by hash: no batch, no label can be told from the order
    for number, first in enumerate(range(0, len(ids), SHEET_ROWS), start=1):
        part = ids[first:first + SHEET_ROWS]
        write_tsv(folder / f"sheet-{number:02}.tsv", ["number", "text"],
                  [[str(i), open_rows[key]] for i, key in enumerate(part, start=1)])
        (folder / f"sheet-{number:02}.ids").write_text("\n".join(part) + "\n", encoding="ascii")
    print(f"{len(ids)} messages without a second label")


def read(folder):
    known = second_labels()
    for path in sorted(pathlib.Path(folder).glob("labels-*.tsv")):
        ids = (path.parent / path.name.replace("labels", "sheet")).with_suffix(".ids").read_text("ascii").split()
        labels = {int(row["number"]): row["label"].strip() for _, row in read_tsv(path, ["number", "label"])}
        if sorted(labels) != list(range(1, len(ids) + 1)):
            raise SystemExit(f"{path}: the numbers are not 1 to {len(ids)}")
        for number, label in labels.items():
            if label not in (*EMOTIONS, UNSURE):
                raise SystemExit(f"{path}: number {number} is labelled {label!r}")
            known[ids[number - 1]] = label
    write_tsv(HERE / "second_labels.tsv", ["id", "label"], sorted(known.items()))
    print(f"{len(known)} second labels")


def kept_rows():
    """The rows of both parts, and how many were left out for what."""
    labels, seen, left_out = second_labels(), NearDuplicates(), collections.Counter()
    kept = {part: [] for part in PARTS}
    # The test part first: of two near-duplicates the one for training goes.
    for row in sorted(batches(), key=lambda row: (row["part"] != "test", row["batch"])):
        second = labels.get(row["id"])
        if second is None:
            left_out[row["part"], "no second label"] += 1
        elif second != row["label"]:
            left_out[row["part"], "disagreement"] += 1
        elif seen.find(row["text"]) is not None:
            left_out[row["part"], "near-duplicate"] += 1
        else:
            seen.add(row["text"])
            kept[row["part"]].append(row)
    return kept, left_out


def build():
    kept, _ = kept_rows()
    for part, rows in kept.items():
        rows.sort(key=lambda row: row["id"])  # mixed, and the same in every build
        write_tsv(HERE / f"{part}.tsv", ["text", "label", "trait", "batch"],
                  [[row["text"], row["label"], row["trait"], row["batch"]] for row in rows])
    check()


def check():
    problems = []
    kept, left_out = kept_rows()
    labels = second_labels()
    for part, least in PARTS.items():
        rows = [row for _, row in read_tsv(HERE / f"{part}.tsv", ["text", "label", "trait", "batch"])]
        if sorted(row["text"] for row in rows) != sorted(row["text"] for row in kept[part]):
            problems.append(f"{part}.tsv is not what build would write")
        counts = collections.Counter(row["label"] for row in rows)
        written = [row for row in batches() if row["part"] == part]
        twice = [row for row in written if row["id"] in labels]
        agreed = sum(labels[row["id"]] == row["label"] for row in twice)
        unsure = sum(labels[row["id"]] == UNSURE for row in twice)
        traits = collections.Counter(row["trait"] for row in rows)
        lengths = sorted(len(row["text"]) for row in rows)
        print(f"{part}: {len(rows)} rows of {len(written)} written in {len({row['batch'] for row in written})} batches")
        print("  " + "  ".join(f"{label} {counts[label]}" for label in EMOTIONS))
        if twice:
            print(f"  second label: {agreed} of {len(twice)} agree ({agreed / len(twice):.1%}), {unsure} unsure; "
                  f"left out: " + ", ".join(f"{left_out[part, why]} {why}" for why in
                                            ("disagreement", "near-duplicate", "no second label")))
        if lengths:
            print(f"  characters: {lengths[0]} to {lengths[-1]}, median {lengths[len(lengths) // 2]}; "
                  f"sarcasm {traits['sarcasm']}, hard {traits['hard']}")
        problems += [f"{part}: only {counts[label]} of {label}, at least {least} are wanted"
                     for label in EMOTIONS if counts[label] < least]
        problems += [f"{part}: {what} in {row['text']!r}" for row in rows for what, pattern in PERSONAL.items()
                     if pattern.search(row["text"])]
    ids = collections.Counter(row["id"] for rows in kept.values() for row in rows)
    problems += [f"{count} rows are the same message" for count in ids.values() if count > 1]
    for problem in problems:
        print(f"error: {problem}", file=sys.stderr)
    print("near-duplicates within and across the parts: 0" if not problems else f"{len(problems)} problems")
    raise SystemExit(1 if problems else 0)


def main(arguments):
    verbs = {"sheets": (sheets, 1), "read": (read, 1), "build": (build, 0), "check": (check, 0)}
    if not arguments or arguments[0] not in verbs or len(arguments) != 1 + verbs[arguments[0]][1]:
        raise SystemExit(__doc__)
    verbs[arguments[0]][0](*arguments[1:])


if __name__ == "__main__":
    main(sys.argv[1:])
