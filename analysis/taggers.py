"""The taggers to choose from: the built-in one, and a language model in its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from analysis.errors import BadSetting
from analysis.llm import asking, configuration, prompt
from analysis.messages import gettext as _
from analysis.model import (
    AskEstimate,
    AskReport,
    Document,
    Judgement,
    TaggedDocument,
    TaggerVersion,
)
from analysis.store import answers
from analysis.tagging import tag as tagging

NAMES = ("built-in", "llm")
BUILT_IN = TaggerVersion(tagging.VERSION)

# Documents tagged after as many judgements: few, because each may take seconds.
_STEP = 10


class LanguageModel:
    """A language model that tags; where it gives no answer of use, the built-in tagger does.

    Its answers are kept in the store. One budget holds for all the files that it is given.
    """

    def __init__(
        self,
        to: configuration.Configuration,
        store: Path,
        *,
        budget: configuration.Budget | None,
        announce: Callable[[AskEstimate], None] | None,
    ) -> None:
        self.store = store
        self.version = TaggerVersion(tagging.VERSION, to.model, prompt.VERSION)
        self._announce = announce
        self._asking = asking.Asking(
            to,
            find=lambda keys: answers.find(store, keys),
            keep=lambda kept: answers.keep(store, kept),
            budget=budget,
        )

    def tag_all(self, documents: Sequence[Document]) -> list[TaggedDocument]:
        """The documents tagged, in order."""
        return [tagged for part in self.tag_parts(documents) for tagged in part]

    def tag_parts(self, documents: Sequence[Document]) -> Iterator[list[TaggedDocument]]:
        """The documents tagged, in order, a few at a time as the answers come."""
        if self._announce is not None:
            self._announce(self.estimate(documents))
        judged: list[tuple[Document, Judgement | None]] = []
        # The judgements lead: they are used up, and so come to their own end.
        for number, judgement in enumerate(self._asking.judge(documents)):
            judged.append((documents[number], judgement))
            if len(judged) == _STEP:
                yield _tagged(judged)
                judged = []
        if judged:
            yield _tagged(judged)

    def estimate(self, documents: Sequence[Document]) -> AskEstimate:
        """What asking about these documents will take; sends nothing."""
        return self._asking.estimate(documents)

    def report(self) -> AskReport:
        """What became of the documents that were tagged last."""
        return self._asking.report()

    @property
    def used(self) -> TaggerVersion:
        """What tagged those documents in the end: the built-in tagger alone, if no answer came."""
        found = self.report()
        if not found.answered and not found.cached:
            return BUILT_IN
        return replace(self.version, fell_back=sum(found.fell_back.values()))


def configured() -> configuration.Configuration | None:
    """The language model of this installation, or None. Raises BadSetting."""
    return configuration.configured()


def language_model(
    store: Path,
    *,
    budget: str | None = None,
    announce: Callable[[AskEstimate], None] | None = None,
) -> LanguageModel:
    """The configured language model as a tagger.

    `budget` goes before that of the settings; `announce` is told what each file will take before it
    is asked about. Raises BadSetting where none is configured or a setting cannot be used.
    """
    to = configuration.configured()
    if to is None:
        raise BadSetting(
            "--tagger",
            "llm",
            _("언어 모델의 주소와 이름을 SAGWA_LLM_URL과 SAGWA_LLM_MODEL에 먼저 설정해 주세요."),
        )
    limit = to.budget
    if budget is not None:
        limit = configuration.budget(budget, "--llm-budget", priced=to.price_in is not None)
    return LanguageModel(to, store, budget=limit, announce=announce)


def _tagged(judged: Sequence[tuple[Document, Judgement | None]]) -> list[TaggedDocument]:
    documents, judgements = zip(*judged, strict=True)
    return tagging.tag_all(documents, judgements=judgements)
