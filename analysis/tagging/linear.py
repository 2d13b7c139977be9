"""Linear models over texts: small, fast, and stored in a format that cannot run code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from analysis.tagging import features
from analysis.tagging.language import Rows, Texts


@dataclass(frozen=True, slots=True)
class Sample:
    """What a model is told of one unit: its own texts, those it answers, and named numbers."""

    texts: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    facts: dict[str, float] | None = None


# The blocks of a model's row and how much each weighs; `context` is the words of what is answered.
_WEIGHTS = {"words": 1.0, "morphs": 1.0, "polarity": 0.1, "context": 0.4}
FACTS_WEIGHT = 0.5
BLOCKS = tuple(_WEIGHTS)


@dataclass(frozen=True, slots=True)
class Linear:
    """A logistic model with one column a label, over pieces of text and named numbers.

    `weights` has the rows of each block in turn, then one row a fact. With `exclusive` exactly one
    label holds (softmax); otherwise each stands for itself. `thresholds`, one a label, are those of
    calibrated models.
    """

    labels: tuple[str, ...]
    blocks: tuple[str, ...]
    facts: dict[str, int]
    weights: np.ndarray
    offset: np.ndarray
    exclusive: bool = False
    thresholds: tuple[float, ...] = ()

    @property
    def holds(self) -> dict[str, float]:
        """From which probability on each label is taken to hold."""
        return dict(zip(self.labels, self.thresholds, strict=bool(self.thresholds)))

    def probabilities(self, samples: Sequence[Sample], texts: Texts) -> np.ndarray:
        """One row a sample, one column a label, values between 0 and 1."""
        if not samples:
            return np.zeros((0, len(self.labels)), dtype=np.float32)
        scores = self.scores(samples, texts)
        if self.exclusive:
            scores = np.exp(scores - scores.max(axis=1, keepdims=True))
            return scores / scores.sum(axis=1, keepdims=True)
        return chances(scores)

    def scores(self, samples: Sequence[Sample], texts: Texts) -> np.ndarray:
        """As `probabilities`, in log odds."""
        at = 0
        scores = np.tile(self.offset, (len(samples), 1)).astype(np.float32)
        for part in row_blocks(samples, texts, self.blocks, self.facts):
            scores += part @ self.weights[at : at + part.shape[1]]
            at += part.shape[1]
        return scores

    def by_words(self, samples: Sequence[Sample], texts: Texts) -> np.ndarray:
        """As `scores`, from the pieces of words alone: to compare the parts of one text."""
        rows = texts.rows("words", tuple(sample.texts for sample in samples))
        scores: np.ndarray = rows @ self.weights[: rows.shape[1]]
        return scores

    def save(self, path: Path) -> None:
        """Write the model as one file of plain arrays."""
        np.savez_compressed(
            path,
            allow_pickle=False,
            labels=_packed(self.labels),
            blocks=_packed(self.blocks),
            facts=_packed(self.facts),
            # Weights are smaller than what 16 bits lose of them; transposed they compress better.
            weights=np.ascontiguousarray(self.weights.T.astype(np.float16)),
            offset=self.offset.astype(np.float32),
            exclusive=np.array(self.exclusive),
            thresholds=np.array(self.thresholds, dtype=np.float32),
        )

    @classmethod
    def load(cls, path: Path) -> Linear:
        """Read what `save` wrote; code in the file, if any, is not run."""
        with np.load(path, allow_pickle=False) as arrays:
            return cls(
                labels=tuple(_unpacked(arrays["labels"])),
                blocks=tuple(_unpacked(arrays["blocks"])),
                facts={name: at for at, name in enumerate(_unpacked(arrays["facts"]))},
                weights=np.ascontiguousarray(arrays["weights"].T.astype(np.float32)),
                offset=arrays["offset"],
                exclusive=bool(arrays["exclusive"]),
                thresholds=tuple(arrays["thresholds"].tolist()),
            )


def chances(scores: np.ndarray) -> np.ndarray:
    """Log odds as probabilities."""
    return 1 / (1 + np.exp(-np.clip(scores, -30, 30)))


def row_blocks(
    samples: Sequence[Sample], texts: Texts, blocks: Iterable[str], facts: dict[str, int]
) -> list[Rows]:
    """The samples as the rows that a model multiplies, block by block, the facts last."""
    parts = [
        texts.rows(
            "words" if block == "context" else block,
            tuple(sample.context if block == "context" else sample.texts for sample in samples),
        )
        * np.float32(_WEIGHTS[block])
        for block in blocks
    ]
    told = features.named([sample.facts or {} for sample in samples], facts)
    return [*parts, told * np.float32(FACTS_WEIGHT)]


def texts_of(samples: Iterable[Sample]) -> set[str]:
    """Every text that some samples are made of."""
    return {text for sample in samples for text in (*sample.texts, *sample.context)}


def _packed(names: Iterable[str]) -> np.ndarray:
    return np.frombuffer("\n".join(names).encode(), dtype=np.uint8)


def _unpacked(packed: np.ndarray) -> list[str]:
    text = packed.tobytes().decode()
    return text.split("\n") if text else []
