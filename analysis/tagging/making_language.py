"""Makes the language that models read texts with, from the corpus and from public texts.

Without any label of the corpus: what a writer's texts are about is not learned here.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from analysis.codebook import SENTIMENTS
from analysis.model import Speaker
from analysis.tagging import features, public_text
from analysis.tagging.language import Language, Rows, Texts, Vocabulary
from analysis.tagging.reading import Reading

# Pieces that stand in fewer of the corpus' texts say nothing that can be trusted.
_LEAST_OWN, _LEAST_PUBLIC = 3, 8
_PUBLIC_WORDS, _PUBLIC_MORPHS = 50_000, 25_000


def make(readings: Sequence[Reading], folder: Path) -> Language:
    """The language of the readings' texts and of the public texts in a folder."""
    own = sorted(
        {
            features.plain(turn.text)
            for one in readings
            for turn in one.turns
            if turn.speaker in (Speaker.CUSTOMER, Speaker.AGENT)
        }
    )
    felt = _felt(folder)
    public = [features.plain(text) for text, _ in felt]
    words = _vocabulary(features.words(own), features.words(public), most=_PUBLIC_WORDS)
    morphs = _vocabulary(features.morphs(own), features.morphs(public), most=_PUBLIC_MORPHS)
    empty = np.zeros((len(words) + len(morphs) + 1, len(SENTIMENTS)), np.float32)
    return Language(words, morphs, _polarity(felt, Language(words, morphs, empty)))


def polarity_accuracy(language: Language, felt: Sequence[public_text.Felt]) -> float:
    """Share of texts whose side, bad or good, the language tells."""
    texts, groups = _grouped([text for text, _ in felt], language)
    odds = texts.rows("polarity", groups)
    order = list(SENTIMENTS)
    good = odds[:, order.index("pos")] > odds[:, order.index("neg")]
    return float(np.mean(good == np.array([value == "pos" for _, value in felt])))


def _felt(folder: Path) -> list[public_text.Felt]:
    shops = public_text.shops(folder)
    # The last 5,000 of this order are kept for measuring.
    random.Random(0).shuffle(shops)
    return [
        *public_text.films(folder, "train"),
        *shops[:-5_000],
        *public_text.comments(folder),
        *public_text.neutral(folder),
    ]


def _vocabulary(own: features.Pieces, public: features.Pieces, *, most: int) -> Vocabulary:
    wide = Vocabulary.learn(public, least=_LEAST_PUBLIC, most=most)
    return Vocabulary.learn(own, least=_LEAST_OWN).widened(wide)


def _polarity(felt: Sequence[public_text.Felt], language: Language) -> np.ndarray:
    texts, groups = _grouped([text for text, _ in felt], language)
    rows: Rows = sparse.hstack(
        [texts.rows("words", groups), texts.rows("morphs", groups)], format="csr"
    )
    rows.indices, rows.indptr = rows.indices.astype(np.int32), rows.indptr.astype(np.int32)
    columns = []
    for value in SENTIMENTS:
        fitted = LogisticRegression(
            C=2.0, solver="liblinear", dual=True, tol=1e-2, max_iter=200, random_state=7
        ).fit(rows, [one == value for _, one in felt])
        columns.append(np.append(fitted.coef_[0], fitted.intercept_[0]))
    return np.array(columns, dtype=np.float32).T


def _grouped(texts: Sequence[str], language: Language) -> tuple[Texts, tuple[tuple[str], ...]]:
    return Texts(texts, language), tuple((text,) for text in texts)
