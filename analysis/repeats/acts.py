"""Whether a sentence only greets, checks who somebody is, or closes: told by the agent lexicon."""

from __future__ import annotations

from analysis.repeats import forms
from analysis.tagging import lexicon

# In the order of a conversation; other sentences do the work and have no act here.
FORMULAS = ("greeting", "identity_check", "closing")
# A sentence that does one of these is no mere formula, whatever else it says.
_WORK = ("refusal", "escalation_refused", "escalation_offered", "grudging", "grant", "apology")


def of(sentence: str, *, opening: bool) -> str | None:
    """One of FORMULAS, or None. Where it may be both, `opening` tells a greeting from a closing.

    `opening` means that it is mostly said in the first turn of an agent.
    """
    sentence = forms.without_address(sentence)
    found = [act for act in FORMULAS if _does(act, sentence)]
    if not found or any(_does(act, sentence) for act in _WORK):
        return None
    if {"greeting", "closing"} <= set(found):
        return "greeting" if opening else "closing"
    return found[0]


def _does(act: str, sentence: str) -> bool:
    return any(True for _ in lexicon.acts("agent")[act].spans(sentence))
