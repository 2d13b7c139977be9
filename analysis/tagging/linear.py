"""Linear models over texts: small, fast, and stored in a format that cannot run code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy import sparse

from analysis.tagging import features
from analysis.tagging.features import Vocabulary


@dataclass(frozen=True, slots=True)
class Sample:
    """What a model is told of one text: its own words, those it answers, and named numbers."""

    text: str
    context: str = ""
    facts: dict[str, float] | None = None


# The blocks of a model's row and how much each weighs.
_WEIGHTS = {"words": 1.0, "morphs": 1.0, "context": 0.4, "facts": 0.5}


@dataclass(frozen=True, slots=True)
class Linear:
    """A logistic model with one column a label, over pieces of text and named numbers.

    With `exclusive` exactly one label holds (softmax); otherwise each stands for itself.
    """

    labels: tuple[str, ...]
    vocabularies: dict[str, Vocabulary]
    facts: dict[str, int]
    weights: np.ndarray
    offset: np.ndarray
    exclusive: bool = False

    def probabilities(self, samples: Sequence[Sample]) -> np.ndarray:
        """One row a sample, one column a label, values between 0 and 1."""
        if not samples:
            return np.zeros((0, len(self.labels)), dtype=np.float32)
        scores = rows(samples, self.vocabularies, self.facts) @ self.weights + self.offset
        if self.exclusive:
            scores = np.exp(scores - scores.max(axis=1, keepdims=True))
            return scores / scores.sum(axis=1, keepdims=True)
        return 1 / (1 + np.exp(-np.clip(scores, -30, 30)))

    def save(self, path: Path) -> None:
        """Write the model as one file of plain arrays."""
        arrays: dict[str, np.ndarray] = {
            "labels": _packed(self.labels),
            "facts": _packed(self.facts),
            "weights": self.weights.astype(np.float16),
            "offset": self.offset.astype(np.float32),
            "exclusive": np.array(self.exclusive),
        }
        for name, vocabulary in self.vocabularies.items():
            arrays[f"{name}_pieces"] = _packed(vocabulary.places)
            arrays[f"{name}_telling"] = vocabulary.telling.astype(np.float16)
        np.savez_compressed(path, allow_pickle=False, **arrays)

    @classmethod
    def load(cls, path: Path) -> Linear:
        """Read what `save` wrote; code in the file, if any, is not run."""
        with np.load(path, allow_pickle=False) as arrays:
            vocabularies = {
                name: Vocabulary(
                    _places(arrays[f"{name}_pieces"]),
                    arrays[f"{name}_telling"].astype(np.float32),
                )
                for name in ("words", "morphs", "context")
                if f"{name}_pieces" in arrays
            }
            return cls(
                labels=tuple(_places(arrays["labels"])),
                vocabularies=vocabularies,
                facts=_places(arrays["facts"]),
                weights=arrays["weights"].astype(np.float32),
                offset=arrays["offset"],
                exclusive=bool(arrays["exclusive"]),
            )


def rows(
    samples: Sequence[Sample], vocabularies: dict[str, Vocabulary], facts: dict[str, int]
) -> sparse.csr_matrix:
    """The samples as the rows that a model multiplies, block beside block."""
    blocks = []
    for name, vocabulary in vocabularies.items():
        pieces = (_pieces(name, sample) for sample in samples)
        blocks.append(vocabulary.matrix(pieces) * np.float32(_WEIGHTS[name]))
    told = features.named([sample.facts or {} for sample in samples], facts)
    blocks.append(told * np.float32(_WEIGHTS["facts"]))
    return sparse.hstack(blocks, format="csr", dtype=np.float32)


def learn_vocabularies(samples: Sequence[Sample], names: Iterable[str]) -> dict[str, Vocabulary]:
    """The vocabularies of the named blocks ("words", "morphs", "context") over some samples."""
    return {
        name: Vocabulary.learn(
            [list(_pieces(name, sample)) for sample in samples],
            least=3 if name == "context" else 2,
            most=15_000 if name == "context" else 40_000,
        )
        for name in names
    }


def _pieces(block: str, sample: Sample) -> Iterable[str]:
    if block == "words":
        return features.words(features.plain(sample.text), features.SHORT)
    if block == "morphs":
        return features.morphs(features.plain(sample.text))
    return features.words(features.plain(sample.context), features.LONG)


def _packed(names: Iterable[str]) -> np.ndarray:
    return np.frombuffer("\n".join(names).encode(), dtype=np.uint8)


def _places(packed: np.ndarray) -> dict[str, int]:
    text = packed.tobytes().decode()
    return {name: place for place, name in enumerate(text.split("\n"))} if text else {}
