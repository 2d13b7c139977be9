"""Many documents tagged: by the built-in tagger in several processes, or with a language model."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial

from analysis.model import Document, TaggedDocument
from analysis.taggers import LanguageModel
from analysis.tagging import house
from analysis.tagging import tag as tagging
from analysis.tagging.house import RuleSet

Progress = Callable[[int, int], None]

# Documents tagged between two progress reports, and by one task of a worker process.
_STEP = 250
# Below this a second process costs more (imports, dictionary) than it saves.
_WORTH_WORKERS = 2_000


def tag_all(
    documents: Sequence[Document],
    own: RuleSet,
    *,
    workers: int = 1,
    progress: Progress | None = None,
    model: LanguageModel | None = None,
) -> Iterator[list[TaggedDocument]]:
    """The documents tagged, by the rules of the house as well, in order, a list at a time.

    `progress` is called with (documents tagged, documents in all). Raises BadRule where a rule
    takes too long.
    """
    report = progress or (lambda _done, _total: None)
    parts = [documents[at : at + _STEP] for at in range(0, len(documents), _STEP)]
    done = 0
    report(0, len(documents))
    many = workers if len(documents) >= _WORTH_WORKERS else 1
    for tagged in _judged(documents, own, model) if model else _mapped(parts, own, many):
        done += len(tagged)
        report(done, len(documents))
        yield tagged


def _judged(
    documents: Sequence[Document], own: RuleSet, model: LanguageModel
) -> Iterator[list[TaggedDocument]]:
    for part in model.tag_parts(documents):
        yield [house.apply(own, one) for one in part]


def _mapped(
    parts: Sequence[Sequence[Document]], own: RuleSet, workers: int
) -> Iterator[list[TaggedDocument]]:
    tag_part = partial(_tag_part, own=own)
    if workers < 2:
        yield from map(tag_part, parts)
        return
    # Delta's runtime does not survive a fork.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        yield from pool.map(tag_part, parts)


def _tag_part(documents: Sequence[Document], own: RuleSet) -> list[TaggedDocument]:
    return [house.apply(own, one) for one in tagging.tag_all(list(documents))]
