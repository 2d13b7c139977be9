"""Makes a model's probabilities mean what they say, and tells from which one on a tag holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from sklearn.linear_model import LogisticRegression

from analysis.tagging import linear
from analysis.tagging.linear import Linear

# However rare a tag is, one that is called unlikely does not hold.
_LEAST, _MOST = 0.25, 0.5


def fit(model: Linear, scores: np.ndarray, answers: Mapping[str, np.ndarray]) -> Linear:
    """The model with its log odds mended, label by label, by a line (Platt 1999).

    `scores` (one row a sample, one column a label) are log odds from models that had not seen the
    sample. The threshold is half of the greatest F1 that they reach: for true probabilities that is
    where F1 is greatest (Lipton, Elkan and Naryanaswamy 2014, ECML PKDD).
    """
    weights, offset = model.weights.copy(), model.offset.copy()
    thresholds = []
    for column, label in enumerate(model.labels):
        line = LogisticRegression(C=1e3).fit(scores[:, [column]], answers[label])
        slope, shift = float(line.coef_[0, 0]), float(line.intercept_[0])
        weights[:, column] *= slope
        offset[column] = slope * offset[column] + shift
        chances = linear.chances(slope * scores[:, column] + shift)
        thresholds.append(float(np.clip(_greatest_f1(chances, answers[label]) / 2, _LEAST, _MOST)))
    return replace(model, weights=weights, offset=offset, thresholds=tuple(thresholds))


def _greatest_f1(chances: np.ndarray, answers: np.ndarray) -> float:
    hits = np.cumsum(answers[np.argsort(-chances, kind="stable")])
    named = np.arange(1, len(answers) + 1)
    return float(np.max(2 * hits / (named + answers.sum())))
