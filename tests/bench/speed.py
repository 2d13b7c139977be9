"""How fast tagging is in one process: `python -m tests.bench.speed [--conversations N]`.

The corpus' chats are nearly all different turns, the hardest case; an export repeats greetings and
stock answers, as the invented one does. Beside it the bare analyser, to compare machines by.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from analysis import masked
from analysis.demo import write
from analysis.ingest import sniff
from analysis.model import Document, Kind
from analysis.tagging import corpus, tag
from analysis.tokens import mecab

# As many at once as a load gives to a process.
STEP = 250


def corpus_chats() -> list[Document]:
    """Every chat of the corpus."""
    documents = [one.reading.document for one in corpus.load(corpus.files())]
    return [one for one in documents if one.kind is Kind.CHAT]


def export_chats(conversations: int) -> list[Document]:
    """The chats of an invented export."""
    with tempfile.TemporaryDirectory() as folder:
        write.write(Path(folder), conversations=conversations, seed=7)
        raw = sniff.read(Path(folder) / "chats.csv").documents
    return [masked.document(one, b"key", Counter()) for one in raw]


def turns_a_second(documents: Sequence[Document]) -> float:
    """Turns tagged in a second of this process' own time, models loaded before."""
    tag.tag_all(documents[:1])
    began = time.process_time()
    for at in range(0, len(documents), STEP):
        tag.tag_all(documents[at : at + STEP])
    return _turns(documents) / (time.process_time() - began)


def bare(documents: Sequence[Document]) -> float:
    """The same for the analyser of morphemes alone, which knows no repeated turn."""
    mecab.kinds("")
    began = time.process_time()
    for one in documents:
        for turn in one.turns:
            mecab.kinds(turn.text)
    return _turns(documents) / (time.process_time() - began)


def _turns(documents: Sequence[Document]) -> int:
    return sum(len(one.turns) for one in documents)


def main(arguments: list[str]) -> None:
    """Print turns a second and peak memory."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.speed")
    parser.add_argument("--conversations", type=int, default=3_000)
    asked = parser.parse_args(arguments)
    for name, chats in (("corpus", corpus_chats()), ("export", export_chats(asked.conversations))):
        sys.stdout.write(
            f"{name}: {_turns(chats):,} turns, tagged {turns_a_second(chats):,.0f}/s, "
            f"bare analyser {bare(chats):,.0f}/s\n"
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(f"peak memory {peak:,.0f} MB\n")


if __name__ == "__main__":
    main(sys.argv[1:])
