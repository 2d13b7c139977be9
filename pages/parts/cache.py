"""Answers kept between reruns: keyed by plain values and the store's version, so that a load
refreshes every page by itself."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import streamlit as st

from analysis import checked, findings, messages, pipeline, rules, settings, suggestions
from analysis import scripts as repeated
from analysis.model import Scope
from analysis.repeats.families import Repeats
from analysis.stats.examine import Closer
from analysis.store import checks as decisions
from analysis.store import conversations as documents
from analysis.store import queries, tables
from analysis.store import rules as rule_files
from pages.parts.text import t

_KEYS = {Scope: repr}
_MANY = {"max_entries": 64, "show_spinner": False, "hash_funcs": _KEYS}


@st.cache_data(scope="session", max_entries=16, show_spinner=False)
def inspection(path: str, kind: str):
    """What an uploaded file is taken for; each upload lies at a path of its own."""
    return pipeline.inspect(Path(path), pipeline.Options(kind=kind))


def version() -> str:
    """What the store holds now, as a key; "" where it holds nothing."""
    path = settings.store_path()
    return tables.version(path) if tables.exists(path) else ""


def has_samples() -> bool:
    """Whether invented sample data are among what is shown."""
    return _has_samples(str(settings.store_path()), version())


@st.cache_data(max_entries=8, show_spinner=False)
def _has_samples(store: str, version: str) -> bool:
    return tables.has_samples(Path(store))


@st.cache_data(max_entries=8, show_spinner=False)
def options(store: str, version: str) -> queries.Options:
    """The days, kinds, channels and topics of the whole store."""
    return queries.options(Path(store))


@st.cache_data(**_MANY)
def _totals(store: str, version: str, scope: Scope) -> queries.Totals:
    return queries.totals(Path(store), scope)


def totals(scope: Scope) -> queries.Totals:
    """How many documents, complaints and customers a scope holds."""
    return _totals(str(settings.store_path()), version(), scope)


@st.cache_data(**_MANY)
def _weekly(store: str, version: str, scope: Scope) -> pd.DataFrame:
    return queries.weekly(Path(store), scope)


def weekly(scope: Scope) -> pd.DataFrame:
    """One row a week: week, documents, complaints, negative."""
    return _weekly(str(settings.store_path()), version(), scope)


@st.cache_data(**_MANY)
def _tag_counts(store: str, version: str, scope: Scope, group: str) -> pd.DataFrame:
    return queries.tag_counts(Path(store), scope, group)


def tag_counts(scope: Scope, group: str) -> pd.DataFrame:
    """One row a tag of a group: tag, documents, eligible."""
    return _tag_counts(str(settings.store_path()), version(), scope, group)


@st.cache_data(**_MANY)
def _changes(store: str, version: str, scope: Scope) -> findings.PeriodChanges:
    return findings.changes(Path(store), scope)


def changes(scope: Scope) -> findings.PeriodChanges:
    """What changed against the period before."""
    return _changes(str(settings.store_path()), version(), scope)


@st.cache_data(**_MANY)
def _drivers(
    store: str, version: str, language: str, scope: Scope, horizon: int, cancel: bool
) -> findings.Drivers:
    return findings.drivers(Path(store), scope, horizon=horizon, include_cancellation=cancel)


def drivers(scope: Scope, horizon: int, *, include_cancellation: bool = False) -> findings.Drivers:
    """Every behaviour against churn, for the documents of a scope."""
    path = str(settings.store_path())
    # The reasons in it are sentences of a language.
    language = messages.current()
    return _drivers(path, version(), language, scope, horizon, include_cancellation)


@st.cache_data(**_MANY)
def _closer(
    store: str,
    version: str,
    language: str,
    scope: Scope,
    behaviour: str,
    kind: str,
    horizon: int,
    cancel: bool,
) -> Closer:
    return findings.closer(
        Path(store),
        scope,
        behaviour,
        kind=kind,
        horizon=horizon,
        include_cancellation=cancel,
    )


def closer(
    scope: Scope, behaviour: str, *, kind: str, horizon: int, include_cancellation: bool
) -> Closer:
    """One behaviour in time, and the checks of its figures."""
    path, language = str(settings.store_path()), messages.current()
    return _closer(path, version(), language, scope, behaviour, kind, horizon, include_cancellation)


@st.cache_data(**_MANY)
def _strata(
    store: str, version: str, scope: Scope, behaviour: str, by: str, horizon: int, cancel: bool
):
    return findings.strata(
        Path(store), scope, behaviour, by=by, horizon=horizon, include_cancellation=cancel
    )


def strata(
    scope: Scope, behaviour: str, *, by: str, horizon: int, include_cancellation: bool
) -> tuple[findings.Stratum, ...]:
    """One behaviour against churn within each topic or channel."""
    path = str(settings.store_path())
    return _strata(path, version(), scope, behaviour, by, horizon, include_cancellation)


@st.cache_data(**_MANY)
def _conversations(store: str, version: str, scope: Scope, conditions: tuple) -> documents.Page:
    return documents.conversations(Path(store), scope, **dict(conditions))


def conversations(scope: Scope, **conditions) -> documents.Page:
    """A page of the documents that match; conditions as in `store.conversations`."""
    path = settings.store_path()
    key = decisions.version(path)
    return _conversations(str(path), key, scope, tuple(sorted(conditions.items())))


@st.cache_data(**_MANY)
def _document(store: str, version: str, document_id: str, kind: str | None):
    return documents.document(Path(store), document_id, kind)


def document(document_id: str, kind: str | None = None) -> documents.StoredDocument | None:
    """One document with all that is known of it."""
    return _document(str(settings.store_path()), version(), document_id, kind)


# Not copied from rerun to rerun as other answers are: it is large, and nothing of it can change.
@st.cache_resource(max_entries=3, show_spinner=False, hash_funcs=_KEYS)
def _scripts(store: str, version: str, scope: Scope, least: int) -> Repeats:
    return repeated.scripts(Path(store), scope, least=least)


def scripts(scope: Scope, *, least: int) -> Repeats:
    """What the agents of a scope sent again and again, `least` times or more."""
    return _scripts(str(settings.store_path()), version(), scope, least)


@st.cache_data(**_MANY)
def _checks(store: str, version: str, document_id: str, kind: str):
    return decisions.of_document(Path(store), document_id, kind)


def checks(document_id: str, kind: str) -> tuple[decisions.Decision, ...]:
    """What people said of the tags of a document."""
    path = settings.store_path()
    return _checks(str(path), decisions.version(path), document_id, kind)


@st.cache_data(max_entries=8, show_spinner=False)
def _checked(store: str, version: str) -> checked.Summary:
    return checked.summary(Path(store))


def checked_summary() -> checked.Summary:
    """How often people and the program agree on each tag."""
    path = settings.store_path()
    return _checked(str(path), decisions.version(path))


@st.cache_data(max_entries=8, show_spinner=False)
def _own_rules(store: str, version: int) -> rules.RuleSet:
    return rules.newest(Path(store))


def own_rules() -> rules.RuleSet:
    """The rules of the house as they were saved last."""
    path = settings.store_path()
    return _own_rules(str(path), rule_files.version(path))


@st.cache_data(max_entries=16, show_spinner=False, hash_funcs={rules.Rule: repr})
def _preview(store: str, version: str, rule: rules.Rule, saved: rules.Rule | None):
    return rules.preview(Path(store), rule, saved)


def preview(rule: rules.Rule, saved: rules.Rule | None) -> rules.Preview:
    """What a rule does to the stored documents, against its saved version."""
    return _preview(str(settings.store_path()), version(), rule, saved)


# One store's words at a time: they are the biggest thing that is kept.
@st.cache_resource(max_entries=1, show_spinner=False)
def _words(store: str, version: str) -> suggestions.Reading:
    return suggestions.read(Path(store))


@st.cache_data(**_MANY)
def _suggested(
    store: str, version: str, revision: int, scope: Scope, _reading: suggestions.Reading
) -> suggestions.Found:
    return suggestions.show(Path(store), _reading, suggestions.kept(Path(store)), scope)


def suggested(scope: Scope) -> suggestions.Found:
    """The topics that nobody has named yet, as they stand in a scope."""
    path = settings.store_path()
    with st.spinner(t.SUGGEST_READING):
        reading = _words(str(path), version())
        kept = suggestions.look(path, reading)
    return _suggested(str(path), version(), kept.revision, scope, reading)
