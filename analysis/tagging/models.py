"""The trained models of data/models, and what each of them is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from analysis import settings
from analysis.model import Speaker
from analysis.tagging import reading
from analysis.tagging.linear import Linear, Sample
from analysis.tagging.reading import AGENT, CUSTOMER, REVIEW, Reading

FOLDER = settings.DATA / "models"
_UNITS = {CUSTOMER: "customer_turns", AGENT: "agent_turns", REVIEW: "review_sentences"}
# Models of whole documents; `feelings` reads customer turns, `overall` whole reviews.
_WHOLE = ("chats", "topics", "feelings", "overall")
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
    """Every model: of units (turns, sentences), of documents, of topics and of sentiment."""

    units: dict[str, Linear]
    chats: Linear
    topics: Linear
    feelings: Linear
    overall: Linear

    def save(self, folder: Path) -> None:
        """Write one file a model."""
        folder.mkdir(parents=True, exist_ok=True)
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
        {head: Linear.load(folder / f"{name}.npz") for head, name in _UNITS.items()},
        *(Linear.load(folder / f"{name}.npz") for name in _WHOLE),
    )


def say(readings: Sequence[Reading], head: str, model: Linear) -> None:
    """Let a unit model read the units of many documents at once; fills in `said`."""
    samples: list[Sample] = []
    owners: list[tuple[Reading, int]] = []
    for one in readings:
        one.said[head] = {label: [] for label in model.labels}
        for unit, sample in zip(one.spoken(head), reading.unit_samples(one, head), strict=True):
            samples.append(sample)
            owners.append((one, unit.index))
    chances = model.probabilities(samples)
    for column, label in enumerate(model.labels):
        for (one, index), chance in zip(owners, chances[:, column].tolist(), strict=True):
            one.said[head][label].append((index, chance))


def feeling_samples(one: Reading) -> list[Sample]:
    """One sample a customer turn for the model of sentiment."""
    samples = reading.unit_samples(one, CUSTOMER)
    said = one.said.get(CUSTOMER, {})
    for position, (unit, sample) in enumerate(zip(one.spoken(CUSTOMER), samples, strict=True)):
        facts = sample.facts if sample.facts is not None else {}
        facts |= {name: 1.0 for name, sign in _MARKS.items() if sign in unit.text}
        facts |= {f"act:{act}": 1.0 for act in unit.acts}
        for label in ("complaint", "churn_intent", "satisfied_end", "public_threat"):
            if label in said:
                facts[f"turn:{label}"] = said[label][position][1]
        before = [turn for turn in one.turns[: unit.index] if turn.speaker is Speaker.AGENT]
        if before:
            facts |= {f"answered:{act}": 1.0 for act in before[-1].acts}
    return samples


def overall_sample(one: Reading) -> Sample:
    """A review as a whole for the model of its sentiment."""
    facts = reading.document_facts(one)
    last = one.turns[-1].text if one.turns else ""
    return Sample("\n".join(turn.text for turn in one.turns), last, facts)
