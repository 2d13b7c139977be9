"""Makes the models of data/models from the corpus: `python -m analysis.tagging.training`.

Two levels, so that a tag is told from what turns do and from their order. Unit models read turns
(or a review's sentences); document models read what the unit models said, each document being read
by unit models that were trained without it. Needs scikit-learn (requirements-dev.txt).
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from analysis.codebook import BEHAVIOURS, SIGNALS, TOPICS
from analysis.tagging import (
    calibration,
    corpus,
    linear,
    making_language,
    models,
    public_text,
    reading,
)
from analysis.tagging.corpus import Labelled
from analysis.tagging.language import Language, Texts
from analysis.tagging.linear import Linear, Sample
from analysis.tagging.reading import AGENT, CUSTOMER, FEELINGS, REVIEW

_FOLDS = 5
_LEAST = 5
_OF_TURN, _OF_REVIEW = ("words", "morphs", "context"), ("words", "morphs")
_ABSENT_ON_CUSTOMER = ("no_explanation", "escalation_refused")
_SHOWN_BY_AGENT = tuple(
    tag for tag in BEHAVIOURS if tag not in ("no_apology", "no_explanation", "no_next_step")
)
UNIT_LABELS = {
    CUSTOMER: (*SIGNALS, *_ABSENT_ON_CUSTOMER),
    AGENT: _SHOWN_BY_AGENT,
    REVIEW: (*SIGNALS, *BEHAVIOURS),
}


def train(documents: Sequence[Labelled], language: Language) -> models.Models:
    """Every model, from labelled documents, reading texts with a language."""
    chats = [one for one in documents if one.overall is None]
    reviews = [one for one in documents if one.overall is not None]
    texts = models.texts([one.reading for one in documents], language)
    for one in documents:
        one.reading.said.clear()
        one.reading.summary.clear()
    for part, heads in ((chats, (CUSTOMER, AGENT)), (reviews, (REVIEW,))):
        for head in heads:
            _say_out_of_fold(part, head, texts)
    units = {head: _unit_model(chats, head, texts) for head in (CUSTOMER, AGENT)}
    units[REVIEW] = _unit_model(reviews, REVIEW, texts)
    _say_out_of_fold(chats, FEELINGS, texts)
    feelings = _sentiment(chats, texts)
    # The models of chats have never seen a review: their word on them needs no folds.
    for head, model in ((CUSTOMER, units[CUSTOMER]), (FEELINGS, feelings)):
        models.say([one.reading for one in reviews], head, model, texts)
    return models.Models(
        language,
        units,
        _chats(chats, texts),
        _reviews(reviews, texts),
        _topics(documents, texts),
        feelings,
        _overall(reviews, texts),
    )


def _say_out_of_fold(documents: Sequence[Labelled], head: str, texts: Texts) -> None:
    order = list(range(len(documents)))
    random.Random(7).shuffle(order)
    for fold in range(_FOLDS):
        held = set(order[fold::_FOLDS])
        rest = [one for at, one in enumerate(documents) if at not in held]
        model = _sentiment(rest, texts) if head == FEELINGS else _unit_model(rest, head, texts)
        models.say([documents[at].reading for at in sorted(held)], head, model, texts)


def _unit_model(documents: Sequence[Labelled], head: str, texts: Texts) -> Linear:
    samples: list[Sample] = []
    shown: list[frozenset[str]] = []
    for one in documents:
        for unit, sample in zip(
            one.reading.spoken(head), reading.unit_samples(one.reading, head), strict=True
        ):
            samples.append(sample)
            shown.append(frozenset(tag for tag, turns in one.shown.items() if unit.index in turns))
    answers = {label: np.array([label in tags for tags in shown]) for label in UNIT_LABELS[head]}
    # A sentence of a review stands for the whole: one telling is enough, and tellings are rare.
    if head == REVIEW:
        return _fit(samples, answers, texts, blocks=_OF_REVIEW, strength=4.0, boost=20.0)
    return _fit(samples, answers, texts, blocks=_OF_TURN, strength=4.0, boost=2.0)


def _chats(documents: Sequence[Labelled], texts: Texts) -> Linear:
    samples = [Sample(facts=reading.document_facts(one.reading)) for one in documents]
    answers = _answers(documents, (*SIGNALS, *BEHAVIOURS))
    return _calibrated(
        samples,
        answers,
        lambda part, known: _fit(part, known, texts, blocks=(), strength=2.0),
        texts,
    )


def _reviews(documents: Sequence[Labelled], texts: Texts) -> Linear:
    """Each tag from the log odds of its most telling sentence, and from nothing else."""
    samples = [reading.review_sample(one.reading) for one in documents]
    answers = _answers(documents, UNIT_LABELS[REVIEW])
    labels = tuple(label for label in answers if label in (samples[0].facts or {}))
    facts = {label: place for place, label in enumerate(labels)}
    weights = np.eye(len(labels), dtype=np.float32) / linear.FACTS_WEIGHT
    raw = Linear(labels, (), facts, weights, np.zeros(len(labels), np.float32))
    # The sentences were read out of fold already.
    return calibration.fit(raw, raw.scores(samples, texts), answers)


def _topics(documents: Sequence[Labelled], texts: Texts) -> Linear:
    samples = [reading.topic_sample(one.reading) for one in documents]
    answers = {topic: np.array([topic in one.topics for one in documents]) for topic in TOPICS}

    def fit(part: Sequence[Sample], known: dict[str, np.ndarray]) -> Linear:
        return _fit(part, known, texts, blocks=_OF_TURN, strength=5.0, boost=3.0)

    return _calibrated(samples, answers, fit, texts)


def _calibrated(
    samples: Sequence[Sample],
    answers: dict[str, np.ndarray],
    fit: Callable[[Sequence[Sample], dict[str, np.ndarray]], Linear],
    texts: Texts,
) -> Linear:
    """The model of all samples, its log odds mended by what models say of samples left out."""
    model = fit(samples, answers)
    scores = np.zeros((len(samples), len(model.labels)), dtype=np.float32)
    order = np.random.default_rng(7).permutation(len(samples))
    for fold in range(_FOLDS):
        held = order[fold::_FOLDS]
        rest = np.setdiff1d(order, held)
        known = {label: answers[label][rest] for label in model.labels}
        part = fit([samples[at] for at in rest], known)
        columns = [model.labels.index(label) for label in part.labels]
        found = part.scores([samples[at] for at in held], texts)
        scores[held[:, None], columns] = found
    return calibration.fit(model, scores, answers)


def _answers(documents: Sequence[Labelled], tags: Sequence[str]) -> dict[str, np.ndarray]:
    return {tag: np.array([tag in one.tags for one in documents]) for tag in tags}


def _sentiment(chats: Sequence[Labelled], texts: Texts) -> Linear:
    samples: list[Sample] = []
    values: list[str] = []
    for one in chats:
        for unit, sample in zip(
            one.reading.spoken(CUSTOMER), models.feeling_samples(one.reading), strict=True
        ):
            samples.append(sample)
            values.append(one.sentiment[unit.index])
    return _fit_one_of(samples, values, texts, blocks=(*_OF_TURN, "polarity"), strength=4.0)


def _overall(reviews: Sequence[Labelled], texts: Texts) -> Linear:
    samples = [models.overall_sample(one.reading) for one in reviews]
    values = [one.overall or "" for one in reviews]
    # Mixed and factual reviews are rare in the corpus, and not rarer than others in the world.
    weight = "balanced"
    blocks = (*_OF_REVIEW, "polarity")
    return _fit_one_of(samples, values, texts, blocks=blocks, strength=4.0, weight=weight)


def _fit(
    samples: Sequence[Sample],
    answers: dict[str, np.ndarray],
    texts: Texts,
    *,
    blocks: tuple[str, ...],
    strength: float,
    boost: float = 1.0,
) -> Linear:
    """One logistic regression a label; `boost` is the weight of a positive sample."""
    rows, facts = _rows(samples, texts, blocks)
    labels = [label for label, answer in answers.items() if answer.sum() >= _LEAST]
    weights = np.zeros((rows.shape[1], len(labels)), dtype=np.float32)
    offset = np.zeros(len(labels), dtype=np.float32)
    for column, label in enumerate(labels):
        fitted = LogisticRegression(
            C=strength,
            solver="liblinear",
            # Many more pieces than texts: the dual problem is solved fifteen times as fast.
            dual=bool(blocks),
            tol=1e-2 if blocks else 1e-4,
            max_iter=400,
            class_weight={True: boost, False: 1.0},
            random_state=7,
        ).fit(rows, answers[label])
        weights[:, column], offset[column] = fitted.coef_[0], fitted.intercept_[0]
    return Linear(tuple(labels), blocks, facts, weights, offset)


def _fit_one_of(
    samples: Sequence[Sample],
    values: Sequence[str],
    texts: Texts,
    *,
    blocks: tuple[str, ...],
    strength: float,
    weight: str | None = None,
) -> Linear:
    """One softmax regression over all values."""
    rows, facts = _rows(samples, texts, blocks)
    fitted = LogisticRegression(C=strength, max_iter=300, class_weight=weight).fit(rows, values)
    labels = tuple(str(label) for label in fitted.classes_)
    weights, offset = fitted.coef_.T.astype(np.float32), fitted.intercept_.astype(np.float32)
    return Linear(labels, blocks, facts, weights, offset, exclusive=True)


def _rows(
    samples: Sequence[Sample], texts: Texts, blocks: tuple[str, ...]
) -> tuple[sparse.csr_matrix, dict[str, int]]:
    facts = _fact_places(samples)
    rows = sparse.hstack(
        [sparse.csr_matrix(part) for part in linear.row_blocks(samples, texts, blocks, facts)],
        format="csr",
    )
    # liblinear takes no other index type.
    rows.indices, rows.indptr = rows.indices.astype(np.int32), rows.indptr.astype(np.int32)
    return rows, facts


def _fact_places(samples: Sequence[Sample]) -> dict[str, int]:
    names = sorted({name for sample in samples for name in sample.facts or {}})
    return {name: place for place, name in enumerate(names)}


def main(
    arguments: Sequence[str] | None = None, say: Callable[[str], Any] = sys.stdout.write
) -> int:
    """Train on the whole corpus and write data/models."""
    parser = argparse.ArgumentParser(prog="python -m analysis.tagging.training")
    parser.add_argument("--corpus", type=Path, default=corpus.FOLDER)
    parser.add_argument("--public", type=Path, default=public_text.FOLDER)
    parser.add_argument("--out", type=Path, default=models.FOLDER)
    options = parser.parse_args(arguments)
    documents = corpus.load(corpus.files(options.corpus))
    if public_text.there(options.public):
        language = making_language.make([one.reading for one in documents], options.public)
    else:
        say(f"no public texts in {options.public}: the language of {models.FOLDER} stays\n")
        language = models.load_language(models.FOLDER)
    made = train(documents, language)
    made.save(options.out)
    size = sum(path.stat().st_size for path in options.out.glob("*.npz"))
    say(f"{len(documents)} documents, {size / 1e6:.1f} MB of models in {options.out}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
