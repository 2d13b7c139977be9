"""How well the tags are told: `python -m tests.bench.accuracy WHAT...`.

writers   every file of the corpus tagged by models that have never read it (some minutes)
second    the corpus' labels against those of a blind second reader
films     the polarity of the language on NSMC's official test set, where it is at hand
FILE      the shipped models on a file of labelled documents
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

from analysis.tagging import corpus, labels, making_language, models, public_text, tag, training

GROUPS = ("topics", "customer", "agent")
# A tag with fewer positive documents has no F1 worth the name.
LEAST = 4

Labels = dict[str, Any]
Pair = tuple[dict[str, Labels], dict[str, Labels]]


def f1(hits: int, wrong: int, missed: int) -> float:
    """Harmonic mean of precision and recall; 0 where nothing was found."""
    return 2 * hits / (2 * hits + wrong + missed) if hits else 0.0


def tags(gold: dict[str, Labels], found: dict[str, Labels], group: str) -> dict[str, list[int]]:
    """Tag -> [found rightly, found wrongly, missed], over the documents of both."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for key, wanted in gold.items():
        want, got = set(wanted[group]), set(found[key][group])
        for place, hit in enumerate((want & got, got - want, want - got)):
            for one in hit:
                counts[one][place] += 1
    return counts


def scores(gold: dict[str, Labels], found: dict[str, Labels]) -> dict[str, Any]:
    """Micro and macro F1 of each group, the weakest tags, and the accuracy of sentiment."""
    result: dict[str, Any] = {"documents": len(gold)}
    each: list[tuple[float, str]] = []
    for group in GROUPS:
        counts = tags(gold, found, group)
        known = {one: f1(*seen) for one, seen in counts.items() if seen[0] + seen[2] >= LEAST}
        totals = [sum(column) for column in zip(*counts.values(), strict=True)]
        result[group] = (f1(*totals) if totals else 0.0, sum(known.values()) / max(len(known), 1))
        each += [(round(value, 2), one) for one, value in known.items()]
    result["weakest"] = sorted(each)[:10]
    pairs = [pair for key, wanted in gold.items() for pair in _feelings(wanted, found[key])]
    result["sentiment"] = sum(want == got for want, got in pairs) / max(len(pairs), 1)
    return result


def writers() -> Pair:
    """The corpus' labels, and those of models that had not read the writer of the document."""
    language = models.load_language(models.FOLDER)
    documents = {path.stem: corpus.load([path]) for path in corpus.files()}
    found: dict[str, Labels] = {}
    for writer, own in documents.items():
        others = [one for name, part in documents.items() if name != writer for one in part]
        made = training.train(others, language)
        for tagged in tag.tag_all([one.reading.document for one in own], made):
            found[tagged.document.id] = labels.as_json(tagged)["labels"]
        sys.stderr.write(f"{writer} ")
        sys.stderr.flush()
    return _labels(corpus.files()), found


def second() -> Pair:
    """The corpus' labels, and those of the second reader, of the documents that both read."""
    again = _labels(corpus.files(corpus.FOLDER / "second"))
    gold = _labels(corpus.files())
    return {key: gold[key] for key in again}, again


def shipped(path: Path) -> Pair:
    """The labels of a file, and those of the shipped models."""
    entries = list(map(json.loads, path.read_text(encoding="utf-8").splitlines()))
    tagged = tag.tag_all([corpus.as_document(one) for one in entries])
    return _labels([path]), {one.document.id: labels.as_json(one)["labels"] for one in tagged}


def films() -> float:
    """Accuracy on NSMC's test set."""
    felt = public_text.films(public_text.FOLDER, "test")
    return making_language.polarity_accuracy(models.load_language(models.FOLDER), felt)


def report(gold: dict[str, Labels], found: dict[str, Labels]) -> str:
    """The scores of chats and of reviews, as lines."""
    lines = []
    for kind, is_chat in (("chats", True), ("reviews", False)):
        part = {
            key: one for key, one in gold.items() if isinstance(one["sentiment"], dict) == is_chat
        }
        if not part:
            continue
        got = scores(part, found)
        figures = "  ".join(f"{group} {got[group][0]:.3f}/{got[group][1]:.3f}" for group in GROUPS)
        lines += [
            f"{kind} ({got['documents']}): {figures}  sentiment {got['sentiment']:.3f}",
            f"  weakest: {', '.join(f'{one} {value:.2f}' for value, one in got['weakest'])}",
        ]
    return "\n".join(lines)


def _labels(paths: list[Path]) -> dict[str, Labels]:
    return {
        entry["id"]: entry["labels"]
        for path in paths
        for entry in map(json.loads, path.read_text(encoding="utf-8").splitlines())
    }


def _feelings(wanted: Labels, found: Labels) -> list[tuple[str, str | None]]:
    want, got = wanted["sentiment"], found["sentiment"]
    if not isinstance(want, dict):
        return [(want, got)]
    return [(value, got.get(turn)) for turn, value in want.items()]


def main(arguments: list[str]) -> None:
    """Print what was asked for."""
    for what in arguments or ["second"]:
        if what == "films":
            there = public_text.there(public_text.FOLDER)
            text = f"accuracy {films():.3f}" if there else "the films are not at hand"
        else:
            known = {"writers": writers, "second": second}
            text = report(*(known[what]() if what in known else shipped(Path(what))))
        sys.stdout.write(f"{what}: micro/macro F1\n{text}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
