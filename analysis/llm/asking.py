"""Many documents put to the model at once, within a budget, each counted: answered or not."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from analysis.llm import answers, prompt
from analysis.llm.client import Client, Reply, Unanswered
from analysis.llm.configuration import Budget, Configuration
from analysis.messages import mark as _
from analysis.model import AskEstimate, AskReport, Document, Judgement

# Why the built-in tagger tagged a document instead.
REASONS = {
    "unusable": _("답을 쓸 수 없음"),
    "refused": _("서버가 거절함"),
    "busy": _("서버가 요청이 많다고 함"),
    "server": _("서버 오류"),
    "timeout": _("제때 답이 없음"),
    "unreachable": _("주소에 연결할 수 없음"),
    "stopped": _("거듭 실패해 더 묻지 않음"),
    "budget": _("한도에 닿음"),
}
# What was dropped of answers.
DROPPED = {
    "unknown_tag": _("코드북에 없는 태그"),
    "missing_quote": _("글에 없거나 그 사람의 말이 아닌 근거"),
    "no_evidence": _("근거가 없는 태그"),
    "sentiment": _("맞지 않는 감정 값"),
}

# After so many documents in a row without any answer from the address, no further one is asked.
_GIVE_UP = 5
# Tokens a character, where the server tells no numbers: Korean is cut finer than Latin letters.
_OF_HANGUL, _OF_OTHERS = 0.8, 0.35
# Tokens of an answer: the tags with their quotes, and a sentiment for each turn.
_ANSWER, _ANSWER_OF_TURN = 300, 8

# Gives the kept answers of those of the keys that have one.
Find = Callable[[Sequence[str]], dict[str, str]]
# Keeps answers under their keys; None for the answer only says that these documents have it, too.
Keep = Callable[[Sequence[tuple[str, str | None, Sequence[Document]]]], None]


class Asking:
    """A model with what was spent on it since this was made; one file at a time."""

    def __init__(
        self, configuration: Configuration, *, find: Find, keep: Keep, budget: Budget | None
    ) -> None:
        self._to = configuration
        self._find = find
        self._keep = keep
        self._budget = budget
        self._end = threading.Event()
        self._client = Client(configuration, self._end)
        self._guard = threading.Lock()
        self._spent = 0.0
        self._failed = 0
        self._given_up = False
        self._clear()

    def estimate(self, documents: Sequence[Document]) -> AskEstimate:
        """What asking about these documents will take; sends nothing."""
        asked = {self._key(one): one for one in documents}
        known = self._find(list(asked))
        sizes = [_expected(one) for key, one in asked.items() if key not in known]
        tokens_in, tokens_out = (sum(size[at] for size in sizes) for at in (0, 1))
        return AskEstimate(
            model=self._to.model,
            address=self._to.address,
            documents=len(documents),
            cached=len(documents) - len(sizes),
            tokens_in=tokens_in,
            tokens_out=tokens_out,
            cost=self._to.cost(tokens_in, tokens_out),
            currency=self._to.currency,
        )

    def judge(self, documents: Sequence[Document]) -> Iterator[Judgement | None]:
        """What the model says of each document, in order; None where it gave no answer.

        The same text is asked about once. Raises TypeError where a text was not masked.
        """
        self._clear()
        began = time.monotonic()
        keys = [self._key(one) for one in documents]
        owners: dict[str, list[Document]] = {}
        for key, document in zip(keys, documents, strict=True):
            owners.setdefault(key, []).append(document)
        known = self._find(list(owners))
        pool = ThreadPoolExecutor(self._to.parallel, thread_name_prefix="llm")
        try:
            self._keep([(key, None, owners[key]) for key in known])
            asked: dict[str, Future[Judgement | str]] = {
                key: pool.submit(self._answer, key, having)
                for key, having in owners.items()
                if key not in known
            }
            for key in keys:
                if key in known:
                    self._cached += 1
                    yield answers.loads(known[key])
                    continue
                answer = asked[key].result()
                if isinstance(answer, str):
                    self._fell_back[answer] += 1
                    yield None
                else:
                    self._answered += 1
                    yield answer
        except BaseException:
            self._end.set()
            raise
        finally:
            pool.shutdown(cancel_futures=True)
            self._seconds = time.monotonic() - began

    def report(self) -> AskReport:
        """What the last `judge` has taken so far."""
        return AskReport(
            model=self._to.model,
            address=self._to.address,
            answered=self._answered,
            cached=self._cached,
            fell_back=dict(self._fell_back),
            dropped={kind: count for kind, count in self._dropped.items() if count},
            asked_again=self._again,
            tokens_in=self._tokens_in,
            tokens_out=self._tokens_out,
            tokens_estimated=self._estimated,
            cost=self._to.cost(self._tokens_in, self._tokens_out),
            currency=self._to.currency,
            seconds=self._seconds,
        )

    def _clear(self) -> None:
        self._answered = self._cached = self._again = 0
        self._fell_back: Counter[str] = Counter()
        self._dropped: Counter[str] = Counter()
        self._tokens_in = self._tokens_out = 0
        self._estimated = False
        self._seconds = 0.0

    def _key(self, document: Document) -> str:
        return prompt.key(self._to.model, prompt.question(document))

    def _answer(self, key: str, having: Sequence[Document]) -> Judgement | str:
        """The judgement of one text, or the reason why there is none; runs in a thread."""
        document = having[0]
        expected = self._price(*_expected(document))
        try:
            for again in (False, True):
                if not self._reserve(expected):
                    return "budget"
                judgement = self._once(document, expected, again=again)
                if judgement is not None:
                    self._keep([(key, answers.dumps(judgement), having)])
                    return judgement
        except Unanswered as problem:
            return problem.reason
        return "unusable"

    def _once(self, document: Document, expected: float, *, again: bool) -> Judgement | None:
        """One question and its answer; None where the answer is of no use."""
        if self._given_up:
            self._settle(expected, 0.0)
            raise Unanswered("stopped")
        told = prompt.messages(prompt.question(document), again=again)
        with self._guard:
            self._again += again
        spent = 0.0
        try:
            reply = self._client.ask(told)
            spent = self._count(told, reply)
            judgement, dropped = answers.read(reply.text, document)
        except Unanswered as problem:
            self._missed(problem)
            if problem.reason == "unusable":
                return None
            raise
        except answers.Unusable:
            self._missed(None)
            return None
        finally:
            self._settle(expected, spent)
        self._missed(None)
        with self._guard:
            self._dropped += dropped
        return judgement

    def _missed(self, problem: Unanswered | None) -> None:
        """Count documents in a row without an answer, and give the address up after a few."""
        with self._guard:
            silent = problem is not None and problem.reason != "unusable"
            self._failed = self._failed + 1 if silent else 0
            if self._failed >= _GIVE_UP or (problem is not None and problem.final):
                self._given_up = True

    def _count(self, told: Sequence[dict[str, str]], reply: Reply) -> float:
        """Note what an answer took; gives its price."""
        tokens_in, tokens_out = reply.tokens_in, reply.tokens_out
        with self._guard:
            if tokens_in is None or tokens_out is None:
                self._estimated = True
                tokens_in = sum(_tokens(one["content"]) for one in told)
                tokens_out = _tokens(reply.text)
            self._tokens_in += tokens_in
            self._tokens_out += tokens_out
        return self._price(tokens_in, tokens_out)

    def _price(self, tokens_in: int, tokens_out: int) -> float:
        """Tokens in the unit of the budget."""
        if self._budget is None or self._budget.in_tokens:
            return tokens_in + tokens_out
        return self._to.cost(tokens_in, tokens_out) or 0.0

    def _reserve(self, expected: float) -> bool:
        """Whether the budget has room for one more question beside those under way."""
        with self._guard:
            if self._budget is not None and self._spent + expected > self._budget.amount:
                return False
            self._spent += expected
            return True

    def _settle(self, expected: float, spent: float) -> None:
        with self._guard:
            self._spent += spent - expected


def _expected(document: Document) -> tuple[int, int]:
    """Tokens in and out that one document will probably take."""
    told = prompt.messages(prompt.question(document))
    return (
        sum(_tokens(one["content"]) for one in told),
        _ANSWER + _ANSWER_OF_TURN * len(document.turns),
    )


def _tokens(text: str) -> int:
    hangul = sum(1 for character in text if "가" <= character <= "힣")
    return round(hangul * _OF_HANGUL + (len(text) - hangul) * _OF_OTHERS)
