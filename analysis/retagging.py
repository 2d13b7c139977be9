"""What is stored already, tagged anew by the present tagger and the present rules of the house."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from analysis import rules, tagged, taggers
from analysis.codebook import is_house
from analysis.errors import UnknownBatch
from analysis.messages import gettext as _
from analysis.model import TaggedDocument, TaggerVersion
from analysis.store import loading, stored, tables
from analysis.tagged import Progress
from analysis.tagging import house
from analysis.tagging.house import RuleSet


@dataclass(frozen=True, slots=True)
class Report:
    """What became of the loads: `batches` were tagged anew, with so many `documents`.

    `present` had the present versions already, `undone` were taken back meanwhile. Of `by_model`
    among the `batches` a language model's tags were kept, and only the rules were applied anew.
    """

    batches: int
    documents: int
    by_model: int
    present: int
    undone: int
    seconds: float


def stale(store: Path) -> list[dict[str, Any]]:
    """The rows of the loads that were not tagged by the present tagger and rules, oldest first.

    Raises BadRule where the rules cannot be read.
    """
    own = rules.newest(store)
    return [load for load in _of_documents(store) if not _is_present(load, own)]


def retag(
    store: Path,
    *,
    batch: str | None = None,
    workers: int = 1,
    progress: Progress | None = None,
) -> Report:
    """Tag every load, or one, anew where it was not tagged by the present tagger and rules.

    One load after the other, each whole or not at all, while readers go on: what dies half-way has
    done whole loads, and is taken up again by the next call. A load by a language model keeps that
    one's tags. `progress` is called with (documents tagged, documents in all). Raises UnknownBatch,
    and BadRule where a rule cannot be used.
    """
    began = time.monotonic()
    report = progress or (lambda _done, _total: None)
    own = rules.newest(store)
    loads = _of_documents(store) if batch is None else [tables.batch(store, batch)]
    stale = [load for load in loads if not _is_present(load, own)]
    total = sum(load["documents"] for load in stale)
    done = by_model = undone = 0
    report(0, total)
    for load in stale:
        before = done
        try:
            for count in _retag(store, load, own, workers):
                done += count
                report(done, total)
        except UnknownBatch:
            undone += 1
            total -= load["documents"]
            done = before
            continue
        by_model += _is_by_model(load)
    return Report(
        batches=len(stale) - undone,
        documents=done,
        by_model=by_model,
        present=len(loads) - len(stale),
        undone=undone,
        seconds=time.monotonic() - began,
    )


def sentence(found: Report) -> str:
    """What became of the loads in words, in the reader's language."""
    said = _(
        "배치 {batches}개의 문서 {documents}건을 다시 태그했습니다 "
        "(그대로인 배치 {present}개, {seconds:.1f}초)."
    ).format(
        batches=found.batches,
        documents=found.documents,
        present=found.present,
        seconds=found.seconds,
    )
    if found.by_model:
        said += " " + _(
            "언어 모델이 태그한 배치 {n}개는 그 태그를 두고 우리 규칙만 다시 적용했습니다."
        ).format(n=found.by_model)
    if found.undone:
        said += " " + _("그사이 되돌린 배치 {n}개는 건너뛰었습니다.").format(n=found.undone)
    return said


def _retag(store: Path, load: dict[str, Any], own: RuleSet, workers: int) -> Iterator[int]:
    """Tag one load anew; gives the number of documents of each part."""
    version = load["tagger_version"] if _keeps_tags(load) else str(taggers.BUILT_IN)
    with loading.again(
        store, load["batch_id"], tagger_version=version, rules_version=own.version
    ) as again:
        for found in stored.of_batch(store, load["batch_id"]):
            if _keeps_tags(load):
                again.add(_with_rules(found, own))
                yield len(found)
                continue
            documents = [one.document for one in found]
            for part in tagged.tag_all(documents, own, workers=workers):
                again.add(part)
                yield len(part)


def _with_rules(found: Sequence[TaggedDocument], own: RuleSet) -> list[TaggedDocument]:
    """The documents with the tags that they have, but for those of the house, told anew."""
    plain = (
        replace(one, tags=tuple(tag for tag in one.tags if not is_house(tag.id))) for one in found
    )
    return [house.apply(own, one) for one in plain]


def _of_documents(store: Path) -> list[dict[str, Any]]:
    return [load for load in tables.committed(store).to_pylist() if load["kind"] != "outcomes"]


def _is_present(load: dict[str, Any], own: RuleSet) -> bool:
    same_rules = (load["rules_version"] or 0) == own.version
    return load["kind"] == "outcomes" or (same_rules and _keeps_tags(load))


def _keeps_tags(load: dict[str, Any]) -> bool:
    return _is_by_model(load) or load["tagger_version"] == str(taggers.BUILT_IN)


def _is_by_model(load: dict[str, Any]) -> bool:
    return bool(TaggerVersion.parse(load["tagger_version"]).model)
