"""The trained models of data/models, and what each of them is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from analysis import settings
from analysis.model import Speaker
from analysis.tagging import reading
from analysis.tagging.language import Language, Texts
from analysis.tagging.linear import Linear, Sample
from analysis.tagging.reading import AGENT, CUSTOMER, FEELINGS, REVIEW, Reading

FOLDER = settings.DATA / "models"
_UNITS = {CUSTOMER: "customer_turns", AGENT: "agent_turns", REVIEW: "review_sentences"}
# Models of whole documents; `feelings` reads customer turns, `overall` whole reviews.
_LANGUAGE = "language.npz"
_WHOLE = ("chats", "reviews", "topics", "feelings", "overall")
# What a document is told of the chances in its units: the greatest, its log odds, sum and last.
_SUMMARY = ("max", "odds", "sum", "last")
_MARKS = {
    "question": "?",
    "tears": "ㅠ",
    "laughter": "ㅋ",
    "smile": "^^",
    "trailing": "..",
    "cry": "!",
}


@dataclass(frozen=True, slots=True)
class Models:
    """Every model: of units (turns, sentences), of documents, of topics and of sentiment.

    All of them read texts with the same `language`.
    """

    language: Language
    units: dict[str, Linear]
    chats: Linear
    reviews: Linear
    topics: Linear
    feelings: Linear
    overall: Linear

    def save(self, folder: Path) -> None:
        """Write one file a model."""
        folder.mkdir(parents=True, exist_ok=True)
        self.language.save(folder / _LANGUAGE)
        for head, name in _UNITS.items():
            self.units[head].save(folder / f"{name}.npz")
        for name in _WHOLE:
            getattr(self, name).save(folder / f"{name}.npz")


@cache
def trained() -> Models:
    """The models that the product ships."""
    return load(FOLDER)


def load(folder: Path) -> Models:
    """The models of a folder."""
    return Models(
        load_language(folder),
        {head: Linear.load(folder / f"{name}.npz") for head, name in _UNITS.items()},
        *(Linear.load(folder / f"{name}.npz") for name in _WHOLE),
    )


def load_language(folder: Path) -> Language:
    """What the models of a folder read texts with."""
    return Language.load(folder / _LANGUAGE)


def texts(readings: Sequence[Reading], language: Language) -> Texts:
    """What customers and agents say in some documents, cut up for the models."""
    return Texts(
        (
            turn.text
            for one in readings
            for turn in one.turns
            if turn.speaker in (Speaker.CUSTOMER, Speaker.AGENT)
        ),
        language,
    )


def say(readings: Sequence[Reading], head: str, model: Linear, texts: Texts) -> None:
    """Let a model read the units of many documents at once; fills in `said` and `summary`.

    The model of feelings is told what the customer's turns do, and so comes after theirs.
    """
    samples = [sample for one in readings for sample in _samples(one, head)]
    chances = model.probabilities(samples, texts)
    columns = chances.T.tolist()
    counts = [len(one.spoken(head)) for one in readings]
    ends = np.cumsum(counts)
    summaries = iter(_summaries(chances, ends[np.array(counts, dtype=bool)]))
    names = [f"{head}:{label}:{kind}" for label in model.labels for kind in _SUMMARY]
    for one, units, end in zip(readings, counts, ends.tolist(), strict=True):
        one.said[head] = {
            label: column[end - units : end]
            for label, column in zip(model.labels, columns, strict=True)
        }
        one.summary[head] = dict(zip(names, next(summaries), strict=True)) if units else {}


def _summaries(chances: np.ndarray, ends: np.ndarray) -> list[list[float]]:
    """For each document what its units say of each label, in the order of `_SUMMARY`.

    One row a unit, one column a label; `ends` are the rows at which documents (none is empty) end.
    """
    if not len(ends):
        return []
    starts = np.append(0, ends[:-1])
    greatest = np.maximum.reduceat(chances, starts)
    sure = np.clip(greatest, 1e-6, 1 - 1e-6)
    parts = (
        greatest,
        np.log(sure / (1 - sure)) / 4,
        np.minimum(np.add.reduceat(chances, starts), 3.0),
        chances[ends - 1],
    )
    rows: list[list[float]] = np.stack(parts, axis=2).reshape(len(ends), -1).tolist()
    return rows


def _samples(one: Reading, head: str) -> list[Sample]:
    return feeling_samples(one) if head == FEELINGS else reading.unit_samples(one, head)


def feeling_samples(one: Reading) -> list[Sample]:
    """One sample a customer turn for the model of sentiment."""
    samples = []
    said = one.said.get(CUSTOMER, {})
    units = zip(one.spoken(CUSTOMER), reading.unit_samples(one, CUSTOMER), strict=True)
    for position, (unit, sample) in enumerate(units):
        facts = dict(sample.facts or {})
        facts |= {name: 1.0 for name, sign in _MARKS.items() if sign in unit.text}
        facts |= {f"act:{act}": 1.0 for act in unit.acts}
        for label in ("complaint", "churn_intent", "satisfied_end", "public_threat"):
            if label in said:
                facts[f"turn:{label}"] = said[label][position]
        before = [turn for turn in one.turns[: unit.index] if turn.speaker is Speaker.AGENT]
        if before:
            facts |= {f"answered:{act}": 1.0 for act in before[-1].acts}
        samples.append(Sample(sample.texts, sample.context, facts))
    return samples


def overall_sample(one: Reading) -> Sample:
    """A review as a whole for the model of its sentiment."""
    facts = {name: value / 2 for name, value in reading.document_facts(one).items()}
    return Sample(tuple(turn.text for turn in one.turns), facts=facts)
