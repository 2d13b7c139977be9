"""The steps in order: file, mask, tag, store. The only place that knows them all."""

from __future__ import annotations

import hashlib
import json
import secrets
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from analysis import masked, rules, tagged, taggers
from analysis.demo import write as demo
from analysis.errors import UnknownBatch, UnreadableFile
from analysis.ingest import columns, sniff
from analysis.ingest.result import Reading
from analysis.mask import mask as masking
from analysis.mask import recognisers
from analysis.messages import gettext as _
from analysis.model import AskEstimate, AskReport, RejectedRow
from analysis.store import checks, loading, removal
from analysis.tagged import Progress
from analysis.taggers import LanguageModel
from analysis.tagging import labels
from analysis.tagging.house import RuleSet

# What the pages need to know of the steps: formats, fields to map, kinds of personal data.
FIELDS = columns.FIELDS
MASKED = {one.kind: one.label for one in recognisers.RECOGNISERS}
FORMATS = tuple(one for one in sniff.FORMATS if one != "auto")

SAMPLE_CONVERSATIONS = 1_200
SAMPLE_SEED = 7


@dataclass(frozen=True, slots=True)
class Options:
    """How a file is to be read; the defaults let its content decide."""

    kind: str = "auto"
    format: str = "auto"
    mapping: dict[str, str] = field(default_factory=dict)
    agents: tuple[str, ...] = ()
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of one file: nothing of it goes missing from these figures.

    `rejected` rows were not used; `warnings` are rows that were used and need a look. `batch_id`
    is that of the earlier load where the very same file was `already_loaded`. `llm` is there where
    a language model was asked.
    """

    file: str
    kind: str
    format: str
    encoding: str
    batch_id: str
    rows: int
    documents: int
    turns: int
    replaced: int
    repeated: int
    rejected: tuple[RejectedRow, ...]
    warnings: tuple[RejectedRow, ...]
    masked: dict[str, int]
    already_loaded: bool
    seconds: float
    llm: AskReport | None = None


def inspect(path: Path, options: Options) -> sniff.Recognition:
    """What a file is taken for, with the first rows masked, nothing loaded.

    Raises UnreadableFile where it is no known format, and LockedWorkbook.
    """
    found = sniff.inspect(
        path,
        kind=options.kind,
        mapping=options.mapping,
        format=options.format,
        password=options.password,
    )
    return found.masked(masking.mask)


def load(
    path: Path,
    store: Path,
    *,
    options: Options | None = None,
    sample: bool = False,
    workers: int = 1,
    progress: Progress | None = None,
    model: LanguageModel | None = None,
) -> ImportReport:
    """Read, mask, tag and store one file as one batch; the same file again changes nothing.

    `progress` is called with (documents tagged, documents in all). A `model` (of the same store)
    tags what it can, and a file that it has not read whole yet is loaded again. Raises
    UnreadableFile, LockedWorkbook, MissingColumns, NothingToLoad and BadRule, and then has changed
    nothing.
    """
    began = time.monotonic()
    digest = _digest(path)
    reading = _read(path, options or Options())
    # Outcomes hold no text to be asked about.
    model = None if reading.kind == "outcomes" else model
    version = model.version if model else taggers.BUILT_IN
    earlier = loading.already_loaded(store, digest, reading.kind, version)
    own = rules.newest(store)
    key = masked.key(store)
    counts: Counter[str] = Counter()
    turns = 0
    if earlier is None:
        with loading.begin(
            store,
            file=str(masking.mask(path.name)),
            kind=reading.kind,
            format=reading.format,
            digest=digest,
            tagger_version=str(version),
            sample=sample,
            rules_version=own.version,
        ) as batch:
            batch.add_outcomes([masked.outcome(one, key) for one in reading.outcomes])
            documents = [masked.document(raw, key, counts) for raw in reading.documents]
            turns = sum(len(document.turns) for document in documents)
            for part in tagged.tag_all(
                documents, own, workers=workers, progress=progress, model=model
            ):
                batch.add(part)
            batch.finish(
                rows=reading.rows,
                rejected=len(reading.rejected),
                tagger_version=str(model.used if model else version),
            )
    return ImportReport(
        file=path.name,
        kind=reading.kind,
        format=reading.format,
        encoding=reading.encoding,
        batch_id=earlier or batch.batch_id,
        rows=reading.rows,
        documents=0 if earlier else batch.documents,
        turns=turns,
        replaced=0 if earlier else batch.replaced,
        repeated=0 if earlier else batch.repeated,
        rejected=reading.rejected,
        warnings=reading.warnings,
        masked=dict(counts),
        already_loaded=earlier is not None,
        seconds=time.monotonic() - began,
        llm=model.report() if model and earlier is None else None,
    )


def estimate(
    path: Path, model: LanguageModel, *, options: Options | None = None
) -> AskEstimate | None:
    """What asking the model about a file will take; nothing is sent. None for outcomes.

    Raises UnreadableFile, MissingColumns and NothingToLoad.
    """
    reading = _read(path, options or Options())
    if reading.kind == "outcomes":
        return None
    # Ids are of no account here.
    key = secrets.token_bytes(32)
    return model.estimate([masked.document(raw, key, Counter()) for raw in reading.documents])


def tag_file(
    path: Path,
    *,
    options: Options | None = None,
    own: RuleSet | None = None,
    progress: Progress | None = None,
    model: LanguageModel | None = None,
) -> Iterator[str]:
    """The documents of a file as tagged JSON Lines in the codebook's format; nothing is stored.

    The file is read before this returns, and tagged line by line. With a `model`, its answers are
    kept in its store, and nothing else. Where rules of the house are given, their tags stand in the
    labels under "house".
    Raises UnreadableFile (for outcomes, too), LockedWorkbook, MissingColumns and NothingToLoad.
    """
    reading = _read(path, options or Options())
    if reading.kind == "outcomes":
        raise UnreadableFile(
            path.name, _("상담이나 후기가 아니라 고객 결과 파일이라 태그할 글이 없습니다.")
        )
    # Ids that are personal data themselves get a pseudonym of this run: nothing is kept to join.
    # Where answers are kept, the store's own lets `forget` find them.
    key = masked.key(model.store) if model else secrets.token_bytes(32)
    documents = [masked.document(raw, key, Counter()) for raw in reading.documents]
    return (
        json.dumps(labels.as_json(one, house=own is not None), ensure_ascii=False)
        for part in tagged.tag_all(documents, own or RuleSet(), progress=progress, model=model)
        for one in part
    )


def check(
    store: Path,
    document_id: str,
    kind: str,
    tag: str,
    decision: bool | None,
    *,
    reviewer: str,
    note: str = "",
) -> None:
    """Keep what a person says of a tag (True: it applies; None: nothing any more), note masked.

    Raises UnknownDocument, and KeyError for a tag that is not in the codebook.
    """
    checks.decide(
        store,
        document_id,
        kind,
        tag,
        decision,
        reviewer=reviewer,
        note=masking.mask(note.strip()) if note.strip() else None,
    )


def forget(store: Path, customer_id: str) -> dict[str, int]:
    """Erase one customer everywhere; gives the number of rows erased by table."""
    if not store.is_dir():
        return {}
    return removal.forget(store, masking.identifier(customer_id, key=masked.key(store)))


def undo(store: Path, batch_id: str) -> int:
    """Take one batch back; gives the number of documents or outcomes removed.

    Raises UnknownBatch.
    """
    if not store.is_dir():
        raise UnknownBatch(batch_id)
    return removal.undo(store, batch_id)


def load_sample(
    store: Path,
    *,
    conversations: int = SAMPLE_CONVERSATIONS,
    seed: int = SAMPLE_SEED,
    progress: Progress | None = None,
) -> list[ImportReport]:
    """Load invented conversations, reviews and outcomes, marked as sample."""
    with tempfile.TemporaryDirectory() as folder:
        write_demo(Path(folder), conversations=conversations, seed=seed)
        return [
            load(Path(folder) / name, store, sample=True, progress=progress)
            for name in ("outcomes.csv", "chats.csv", "reviews.csv")
        ]


def remove_sample(store: Path) -> int:
    """Take every sample batch back; gives the number of documents and outcomes removed."""
    return removal.remove_samples(store) if store.is_dir() else 0


def write_demo(folder: Path, *, conversations: int, seed: int) -> tuple[str, ...]:
    """Write invented exports with planted effects and `truth.json`; gives the files' names."""
    demo.write(folder, conversations=conversations, seed=seed)
    return ("chats.csv", "reviews.csv", "outcomes.csv", "truth.json")


def _read(path: Path, options: Options) -> Reading:
    return sniff.read(
        path,
        kind=options.kind,
        format=options.format,
        mapping=options.mapping or None,
        agents=options.agents,
        password=options.password,
    )


def _digest(path: Path) -> str:
    if not path.is_file():
        raise UnreadableFile(path.name, _("그런 파일이 없습니다. 경로를 확인해 주세요."))
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
