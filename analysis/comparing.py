"""Stored documents as the statistics take them: who is compared, and at equal values of what."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from analysis import codebook, messages
from analysis.errors import BadSetting
from analysis.messages import gettext as _
from analysis.messages import mark
from analysis.model import Kind
from analysis.stats import covariates, examine
from analysis.stats.clusters import Codes, Flags
from analysis.stats.compare import Comparison, compare
from analysis.stats.covariates import Covariate, Factor, FlagSet, Numeric
from analysis.stats.examine import Closer, Documents, examined
from analysis.stats.excess import Worth, one_currency

# The covariates by default, in the order in which they are kept where not all of them can be.
# Never what comes after the answer: not how the chat ends, nor a review's own sentiment.
COVARIATES: dict[str, str] = {
    "sentiment_before": mark("첫 답변 전 고객의 감정"),
    "repeat_contact": mark("반복 문의"),
    "compensation": mark("환불·보상"),
    "earlier_documents": mark("그 고객의 이전 문서 수"),
    "tenure": mark("가입 기간"),
    "topics": mark("주제"),
    "plan": mark("요금제"),
    "channel": mark("채널"),
    "month": mark("달"),
}
_BEFORE_ANSWER = "sentiment_before"
_GIVEN = "compensation"
# Another column of the outcomes counts as a number where so many of its values are numbers.
_NUMBERS = 0.95
_LEVELS = 50
# From so many documents on, behaviours are compared side by side.
_MANY = 20_000
_WORKERS = min(4, os.cpu_count() or 1)


@dataclass(frozen=True, slots=True)
class Compared:
    """The documents of one kind, and which of them have each behaviour's opportunity and it."""

    kind: Kind
    documents: Documents
    order: Codes
    eligible: dict[str, Flags]
    exposed: dict[str, Flags]

    def of(self, behaviour: str) -> Documents:
        """The documents for one behaviour, which is never its own covariate."""
        design = self.documents.design
        if behaviour != _GIVEN or design is None:
            return self.documents
        return replace(self.documents, design=covariates.without(design, _GIVEN))


def kinds(
    frame: pd.DataFrame, chosen: Sequence[str] | None = None, *, adjusting: bool = True
) -> list[Compared]:
    """The chats, and the reviews where one is followed, as the statistics take them.

    `frame` as from `store.comparable`; `chosen` are names of COVARIATES or further columns of the
    outcomes, None = the default ones. Raises BadSetting for another name.
    """
    names = list(COVARIATES) if chosen is None else list(dict.fromkeys(chosen))
    others = _others(frame, [name for name in names if name not in COVARIATES])
    reviews = (frame["kind"] == Kind.REVIEW) & frame["followed"]
    listed = [Kind.CHAT, Kind.REVIEW] if reviews.any() else [Kind.CHAT]
    customer = pd.factorize(frame["customer_id"])[0]
    found = []
    for kind in listed:
        own = np.flatnonzero((frame["kind"] == kind).to_numpy(dtype=bool))
        found.append(
            _compared(
                frame.iloc[own],
                kind,
                customer[own],
                list(_covariates(frame.iloc[own], kind, names, others, own)) if adjusting else None,
            )
        )
    return found


def comparisons(compared: Compared) -> list[Comparison]:
    """One comparison for every behaviour of the codebook, in its order, as yet alone."""

    def one(behaviour: str) -> Comparison:
        return _comparison(compared, behaviour)

    # Threads inside a matrix product would wait for each other here.
    with threadpool_limits(1, "blas"):
        if len(compared.order) < _MANY:
            return [one(behaviour) for behaviour in codebook.BEHAVIOURS]
        # A thread does not know the reader's language by itself.
        language = messages.current()
        with ThreadPoolExecutor(_WORKERS, initializer=messages.use, initargs=(language,)) as pool:
            return list(pool.map(one, codebook.BEHAVIOURS))


def _comparison(compared: Compared, behaviour: str) -> Comparison:
    documents, order = compared.documents, compared.order
    eligible, exposed = compared.eligible[behaviour], compared.exposed[behaviour]
    # The first document of each customer is told by the order of the rows.
    crude = compare(
        behaviour,
        compared.kind.value,
        eligible=(eligible & documents.followed)[order],
        exposed=exposed[order],
        churned=documents.churned[order],
        customer=documents.customer[order],
    )
    return examined(crude, compared.of(behaviour), eligible=eligible, exposed=exposed)


def closer(compared: Compared, behaviour: str) -> Closer:
    """What is only looked at for one behaviour: curves in time, and checks."""
    with threadpool_limits(1, "blas"):
        return examine.closer(
            _comparison(compared, behaviour),
            compared.of(behaviour),
            eligible=compared.eligible[behaviour],
            exposed=compared.exposed[behaviour],
        )


def _compared(
    frame: pd.DataFrame, kind: Kind, customer: Codes, chosen: list[Covariate] | None
) -> Compared:
    documents = len(frame)
    everyone = np.ones(documents, dtype=bool)
    days = frame["days"].to_numpy(dtype=np.int64)
    ended = frame["ended_at"].to_numpy(dtype="datetime64[D]").astype(np.int64)
    return Compared(
        kind=kind,
        documents=Documents(
            customer=customer,
            followed=frame["followed"].to_numpy(dtype=bool),
            churned=frame["churned"].to_numpy(dtype=bool),
            left=frame["left"].to_numpy(dtype=bool),
            days=days,
            day=ended,
            design=None if chosen is None else covariates.design(chosen, documents=documents),
            worth=_worth(frame),
        ),
        order=np.lexsort((frame["document_id"].to_numpy(), frame["ended_at"].to_numpy())),
        eligible={
            behaviour: everyone
            if kind is Kind.REVIEW
            else frame[f"opp_{behaviour}"].to_numpy(dtype=bool)
            for behaviour in codebook.BEHAVIOURS
        },
        exposed={
            behaviour: frame[behaviour].to_numpy(dtype=bool) for behaviour in codebook.BEHAVIOURS
        },
    )


def _covariates(
    frame: pd.DataFrame, kind: Kind, names: Sequence[str], others: pd.DataFrame, rows: Codes
) -> Iterator[Covariate]:
    for name in names:
        if name == _BEFORE_ANSWER:
            if kind is Kind.CHAT:
                yield _factor(name, frame[name])
        elif name in ("repeat_contact", _GIVEN):
            yield FlagSet(name, {name: frame[name].to_numpy(dtype=bool)})
        elif name == "topics":
            flags = {topic: frame[topic].to_numpy(dtype=bool) for topic in codebook.TOPICS}
            yield FlagSet(name, flags)
        elif name == "earlier_documents":
            yield Numeric(name, frame[name].to_numpy(dtype=float, na_value=np.nan))
        elif name == "tenure":
            yield Numeric(name, frame["tenure_days"].to_numpy(dtype=float, na_value=np.nan))
        elif name == "month":
            months = frame["ended_at"].to_numpy(dtype="datetime64[M]")
            found, codes = np.unique(months, return_inverse=True)
            yield Factor(name, codes, tuple(str(month) for month in found))
        elif name in COVARIATES:
            yield _factor(name, frame[name])
        else:
            yield _other(name, others[name].iloc[rows])


def _factor(name: str, column: pd.Series) -> Factor:
    codes, levels = pd.factorize(column, sort=True)
    return Factor(name, codes, tuple(str(level) for level in levels))


def _others(frame: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """The asked-for further columns of the outcomes, as text, missing where there is none."""
    if not names:
        return pd.DataFrame(index=frame.index)
    codes, texts = pd.factorize(frame["others"])
    rows = [json.loads(text) for text in texts]
    held = {name for row in rows for name in row}
    for name in names:
        if name not in held:
            raise BadSetting(
                "--covariates",
                name,
                _("다음 중에서 골라 주세요: {names}").format(
                    names=", ".join([*COVARIATES, *sorted(held)][:_LEVELS])
                ),
            )
    return pd.DataFrame(
        {
            name: np.array([*(row.get(name) for row in rows), None], dtype=object)[codes]
            for name in names
        },
        index=frame.index,
    )


def _other(name: str, column: pd.Series) -> Covariate:
    known = column.dropna()
    numbers = pd.to_numeric(column, errors="coerce")
    if len(known) and numbers.notna().sum() >= _NUMBERS * len(known) and known.nunique() > 5:
        return Numeric(name, numbers.to_numpy(dtype=float))
    common = known.value_counts().index[:_LEVELS]
    return _factor(name, column.where(column.isin(common) | column.isna(), covariates.REST))


def _worth(frame: pd.DataFrame) -> Worth | None:
    monthly = frame["monthly_value"].to_numpy(dtype=float, na_value=np.nan)
    known = np.isfinite(monthly)
    if not known.any():
        return None
    named = [one for one in frame["currency"][known].unique() if isinstance(one, str)]
    return Worth(monthly, one_currency(named))
