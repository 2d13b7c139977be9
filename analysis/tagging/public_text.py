"""Public Korean texts with what they express: read where they lie, kept nowhere.

Sources and licences stand in data/models/README.md. Needed only to train the model of polarity.
"""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from pathlib import Path

from analysis import settings

FOLDER = settings.DATA.parent.parent / "shared" / "corpora"

# (text, "neg", "neu" or "pos")
Felt = tuple[str, str]

# The feelings of KOTE by number: complaint, fed up, anger, disappointment, distrust, despair,
# contempt, disgust, annoyance, dumbfounded, hatred, boredom; welcome, admiration, gratitude,
# respect, pride, comfort, fondness, fun, delight, happiness, joy, relief; none.
_BAD = frozenset({0, 3, 6, 10, 12, 19, 20, 21, 22, 23, 31, 37})
_GOOD = frozenset({1, 2, 4, 7, 13, 14, 16, 28, 32, 40, 42, 43})
_NONE = frozenset({24})


def films(folder: Path, part: str) -> list[Felt]:
    """NSMC, "train" or "test": film comments, bad or good."""
    values = {"0": "neg", "1": "pos"}
    rows = (line.split("\t") for line in _lines(folder / f"nsmc_{part}.txt.gz")[1:])
    return [(row[1], values[row[2]]) for row in rows if len(row) == 3 and row[1].strip()]


def shops(folder: Path) -> list[Felt]:
    """Reviews of shops by stars: 1 and 2 are bad, 4 and 5 are good; there are no 3."""
    with gzip.open(folder / "naver_shopping_25k.csv.gz", "rt", encoding="utf-8") as lines:
        return [
            (row["reviews"], "neg" if row["target"] in ("1", "2") else "pos")
            for row in csv.DictReader(lines)
        ]


def comments(folder: Path) -> list[Felt]:
    """KOTE: comments under news and posts, as far as their raters agree on a side."""
    found = []
    for part in ("val", "test"):
        for line in _lines(folder / f"kote_{part}.tsv.gz"):
            _, text, numbers = line.split("\t")
            feelings = frozenset(map(int, numbers.split(",")))
            if feelings == _NONE:
                found.append((text, "neu"))
            elif len(feelings & _BAD) >= 3 and not feelings & _GOOD:
                found.append((text, "neg"))
            elif len(feelings & _GOOD) >= 3 and not feelings & _BAD:
                found.append((text, "pos"))
    return found


def neutral(folder: Path) -> list[Felt]:
    """Questions and requests of StyleKQC and 3i4K: they express no feeling."""
    style = [line.split("\t")[1] for line in _lines(folder / "stylekqc_train.tsv.gz")[1:]]
    return [(text, "neu") for text in (*style, *_questions(folder))]


def there(folder: Path) -> bool:
    """Whether the public texts are at hand."""
    return (folder / "nsmc_train.txt.gz").exists()


def _questions(folder: Path) -> Iterator[str]:
    # 2 is a question and 3 a command; the others are fragments, statements and rhetoric.
    for line in _lines(folder / "3i4k_train.txt.gz"):
        kind, _, text = line.partition("\t")
        if kind in ("2", "3"):
            yield text


def _lines(path: Path) -> list[str]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [line.rstrip("\n") for line in lines if line.strip()]
