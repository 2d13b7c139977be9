"""Labelled documents of the corpus, in the codebook's format."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis import settings
from analysis.model import Document, Kind, MaskedText, Speaker, Turn
from analysis.tagging import reading
from analysis.tagging.reading import Reading
from analysis.tokens import sentences

FOLDER = settings.DATA / "corpus"


@dataclass(frozen=True, slots=True)
class Labelled:
    """One labelled document of the corpus: `shown` maps a tag to the turns that show it."""

    reading: Reading
    tags: frozenset[str]
    topics: frozenset[str]
    shown: dict[str, frozenset[int]]
    sentiment: dict[int, str]
    overall: str | None
    writer: str


def files(folder: Path = FOLDER) -> list[Path]:
    """The files of the corpus, one a writer."""
    return sorted(folder.glob("*.jsonl"))


def load(paths: Sequence[Path]) -> list[Labelled]:
    """The labelled documents of JSON Lines files; the writer is the file's name."""
    return [
        labelled(json.loads(line), path.stem)
        for path in paths
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]


def labelled(entry: dict[str, Any], writer: str) -> Labelled:
    """One object of the codebook's format as a labelled document."""
    document = as_document(entry)
    labels, evidence = entry["labels"], entry["evidence"]
    is_chat = document.kind is Kind.CHAT
    shown = {
        tag: frozenset(places) if is_chat else _sentences_with(document, places)
        for tag, places in evidence.items()
    }
    return Labelled(
        reading.read(document),
        frozenset(labels["customer"]) | frozenset(labels["agent"]),
        frozenset(labels["topics"]),
        shown,
        {int(turn): value for turn, value in labels["sentiment"].items()} if is_chat else {},
        None if is_chat else labels["sentiment"],
        writer,
    )


def as_document(entry: dict[str, Any]) -> Document:
    """The text of a labelled object as a document; corpus texts hold no personal data."""
    if entry["kind"] == "chat":
        turns = tuple(
            Turn(index, Speaker(turn["speaker"]), MaskedText(turn["text"]))
            for index, turn in enumerate(entry["turns"])
        )
    else:
        turns = tuple(
            Turn(index, Speaker.CUSTOMER, MaskedText(piece))
            for index, piece in enumerate(sentences.partition(entry["text"]))
        )
    return Document(entry["id"], Kind(entry["kind"]), turns)


def _sentences_with(document: Document, excerpts: Sequence[str]) -> frozenset[int]:
    """The sentences of a review that an excerpt touches."""
    text = document.text
    touched = set()
    for excerpt in excerpts:
        start = text.find(excerpt)
        if start < 0:
            continue
        at = 0
        for turn in document.turns:
            if at < start + len(excerpt.rstrip()) and start < at + len(turn.text.rstrip()):
                touched.add(turn.index)
            at += len(turn.text)
    return frozenset(touched)
