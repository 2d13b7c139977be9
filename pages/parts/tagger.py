"""The choice of the tagger before a load, where a language model is configured."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from analysis import pipeline, settings, taggers, wording
from analysis.errors import AnalysisError
from analysis.model import AskEstimate
from pages.parts.intake import Ready
from pages.parts.text import t

_ESTIMATES = "llm_estimates"


def choose(ready: list[Ready]) -> taggers.LanguageModel | None:
    """Offer the language model with where the text would go; gives it where it is chosen."""
    if not ready:
        return None
    try:
        to = taggers.configured()
    except AnalysisError as problem:
        st.warning(str(problem), icon=":material/report:")
        return None
    if to is None:
        return None
    built_in, llm = taggers.NAMES
    names = {built_in: t.TAGGER_BUILT_IN, llm: t.TAGGER_LLM.format(model=f"`{to.model}`")}
    chosen = st.radio(
        t.TAGGER,
        list(names),
        format_func=names.get,
        captions=["", t.TAGGER_LLM_NOTE.format(address=f"`{to.address}`")],
        key="tagger",
    )
    if chosen != llm:
        return None
    model = taggers.language_model(settings.store_path())
    for one in ready:
        found = _estimate(one, model)
        if found is not None:
            # Not as a link: it would swallow what stands behind it.
            shown = replace(found, address=f"`{found.address}`")
            st.caption(f"{one.path.name}: {wording.to_ask(shown)}")
    if to.budget is not None:
        unit = t.TAGGER_TOKENS if to.budget.in_tokens else to.currency
        st.caption(t.TAGGER_BUDGET.format(limit=f"{to.budget.amount:,.6g} {unit}"))
    return model


def _estimate(one: Ready, model: taggers.LanguageModel) -> AskEstimate | None:
    """What a file will take, read once a session; a file that cannot be loaded says so itself."""
    known = st.session_state.setdefault(_ESTIMATES, {})
    key = (str(one.path), repr(one.options), str(model.version))
    if key not in known:
        try:
            with st.spinner(t.TAGGER_ESTIMATING):
                known[key] = pipeline.estimate(one.path, model, options=one.options)
        except AnalysisError:
            known[key] = None
    return known[key]
