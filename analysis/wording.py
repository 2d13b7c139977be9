"""Figures in words, in the reader's language: comparisons, suggestions, a language model's costs.

Comparisons tell of association only, with counts and interval.
"""

from __future__ import annotations

from collections.abc import Mapping

from analysis import codebook
from analysis.llm.asking import DROPPED, REASONS
from analysis.messages import gettext as _
from analysis.messages import mark
from analysis.model import AskEstimate, AskReport, Kind
from analysis.stats import verdict
from analysis.stats.compare import Comparison
from analysis.stats.rates import Rate
from analysis.stats.verdict import Verdict
from analysis.suggestions import Found, Suggestion

# Whole sentences, because another language puts the parts in another order.
_SENTENCES: dict[tuple[Kind, Verdict], str] = {
    (Kind.CHAT, Verdict.HIGHER): mark(
        "{situation} 가운데 '{name}' 상담의 {horizon}일 내 이탈률은 {exposed_risk} (n={exposed}), "
        "나머지 상담은 {unexposed_risk} (n={unexposed})로 {size}%p 높았습니다 [{low}, {high}]."
    ),
    (Kind.CHAT, Verdict.LOWER): mark(
        "{situation} 가운데 '{name}' 상담의 {horizon}일 내 이탈률은 {exposed_risk} (n={exposed}), "
        "나머지 상담은 {unexposed_risk} (n={unexposed})로 {size}%p 낮았습니다 [{low}, {high}]."
    ),
    (Kind.CHAT, Verdict.UNCLEAR): mark(
        "{situation} 가운데 '{name}' 상담의 {horizon}일 내 이탈률은 {exposed_risk} (n={exposed}), "
        "나머지 상담은 {unexposed_risk} (n={unexposed})입니다. {signed}%p의 차이 [{low}, {high}]는 "
        "아직 분명하지 않습니다."
    ),
    (Kind.REVIEW, Verdict.HIGHER): mark(
        "'{name}' 언급이 있는 리뷰의 {horizon}일 내 이탈률은 {exposed_risk} (n={exposed}), "
        "없는 리뷰는 {unexposed_risk} (n={unexposed})로 {size}%p 높았습니다 [{low}, {high}]."
    ),
    (Kind.REVIEW, Verdict.LOWER): mark(
        "'{name}' 언급이 있는 리뷰의 {horizon}일 내 이탈률은 {exposed_risk} (n={exposed}), "
        "없는 리뷰는 {unexposed_risk} (n={unexposed})로 {size}%p 낮았습니다 [{low}, {high}]."
    ),
    (Kind.REVIEW, Verdict.UNCLEAR): mark(
        "'{name}' 언급이 있는 리뷰의 {horizon}일 내 이탈률은 {exposed_risk} (n={exposed}), "
        "없는 리뷰는 {unexposed_risk} (n={unexposed})입니다. {signed}%p의 차이 [{low}, {high}]는 "
        "아직 분명하지 않습니다."
    ),
}


def sentence(comparison: Comparison, *, horizon: int) -> str:
    """The comparison in words, with counts and interval, in the reader's language.

    Words of association only. Shares as percent, the difference and its interval in points. These
    are the crude figures, and so is the direction told; `details` tells of the others.
    """
    if comparison.verdict is Verdict.TOO_FEW or comparison.risk_difference is None:
        return _too_few_sentence(comparison)
    difference = comparison.risk_difference
    crude = verdict.decide(difference, comparison.q)
    if comparison.q is None:
        crude = comparison.verdict
    return _(_SENTENCES[Kind(comparison.kind), crude]).format(
        situation=_situation(comparison),
        name=_(codebook.name(comparison.behaviour_id)),
        horizon=horizon,
        exposed_risk=_percent(comparison.exposed),
        exposed=f"{comparison.exposed.documents:,}",
        unexposed_risk=_percent(comparison.unexposed),
        unexposed=f"{comparison.unexposed.documents:,}",
        size=points(abs(difference.estimate)),
        signed=points(difference.estimate, signed=True),
        low=points(difference.low),
        high=points(difference.high),
    )


def suggested(one: Suggestion) -> str:
    """A suggested topic with its size and its words."""
    return _("{id} {name}: {documents}건 ({share}). 두드러진 말: {words}").format(
        id=one.id,
        name=one.name,
        documents=f"{one.documents:,}",
        share="–" if one.share is None else f"{one.share:.1%}",
        words=", ".join(one.words),
    )


def read_for_suggestions(found: Found) -> str:
    """From how many documents the suggestions come, or how many more a first one needs."""
    if found.needed:
        return _(
            "주제가 정해지지 않은 문서가 {n}건입니다. {least}건부터 제안하므로 {needed}건이 더 "
            "필요합니다."
        ).format(n=f"{found.all_unnamed:,}", least=found.least, needed=found.needed)
    if found.sampled:
        return _(
            "주제가 정해지지 않은 문서 {all}건 가운데 {n}건을 늘 같은 방식으로 뽑아 읽었습니다. "
            "건수는 어림한 값입니다."
        ).format(all=f"{found.all_unnamed:,}", n=f"{found.read:,}")
    return _("주제가 정해지지 않은 문서 {n}건을 모두 읽었습니다.").format(n=f"{found.read:,}")


def _too_few_sentence(comparison: Comparison) -> str:
    if comparison.kind == Kind.REVIEW:
        start = _(
            "건수 부족: '{name}' 언급이 있는 리뷰 n={exposed}(이탈 {exposed_churned}), "
            "언급이 없는 리뷰 n={unexposed}(이탈 {unexposed_churned}). {reason}"
        )
    else:
        start = _(
            "건수 부족: {situation} 가운데 '{name}' 상담 n={exposed}(이탈 {exposed_churned}), "
            "나머지 상담 n={unexposed}(이탈 {unexposed_churned}). {reason}"
        )
    counted = start.format(
        situation=_situation(comparison),
        name=_(codebook.name(comparison.behaviour_id)),
        exposed=f"{comparison.exposed.documents:,}",
        exposed_churned=f"{comparison.exposed.churned:,}",
        unexposed=f"{comparison.unexposed.documents:,}",
        unexposed_churned=f"{comparison.unexposed.churned:,}",
        reason=comparison.reason or "",
    ).rstrip()
    if comparison.documents_needed is None:
        outlook = _("얼마나 더 필요한지는 지금 건수로 짐작할 수 없습니다.")
    else:
        outlook = _("10%p 차이를 80%의 확률로 알아보려면 약 {needed}건이 더 필요합니다.").format(
            needed=f"{comparison.documents_needed:,}"
        )
    return f"{counted} {outlook}"


def _situation(comparison: Comparison) -> str:
    return _(codebook.BEHAVIOURS[comparison.behaviour_id].opportunity)


def _percent(rate: Rate) -> str:
    return f"{rate.share or 0:.1%}"


def points(share: float, *, signed: bool = False) -> str:
    """A share in percentage points, to one place."""
    # Adding 0.0 turns a rounded -0.0 into 0.0.
    points = round(100 * share, 1) + 0.0
    return f"{points:+.1f}" if signed else f"{points:.1f}"


def to_ask(estimate: AskEstimate) -> str:
    """What asking a language model about a file will take."""
    return _(
        "언어 모델 {model}: 가린 글 {n}건을 {address}(으)로 보냅니다(답이 이미 있는 {cached}건 "
        "제외). 어림잡아 보낼 토큰 {tokens_in}, 받을 토큰 {tokens_out}{cost}."
    ).format(
        model=estimate.model,
        address=estimate.address,
        n=f"{estimate.documents - estimate.cached:,}",
        cached=f"{estimate.cached:,}",
        tokens_in=f"{estimate.tokens_in:,}",
        tokens_out=f"{estimate.tokens_out:,}",
        cost=_cost(estimate.cost, estimate.currency),
    )


def asked(found: AskReport) -> str:
    """What asking a language model about a file has taken, and what it was not used for."""
    tokens = _(
        "언어 모델 {model}: 새로 답한 문서 {answered}건, 저장해 둔 답을 쓴 문서 {cached}건"
        "({seconds:.1f}초, 보낸 토큰 {tokens_in}, 받은 토큰 {tokens_out}{cost})."
    ).format(
        model=found.model,
        answered=f"{found.answered:,}",
        cached=f"{found.cached:,}",
        seconds=found.seconds,
        tokens_in=f"{found.tokens_in:,}",
        tokens_out=f"{found.tokens_out:,}",
        cost=_cost(found.cost, found.currency),
    )
    said = [tokens]
    if found.tokens_estimated:
        said.append(_("서버가 토큰 수를 알려 주지 않아 어림한 값입니다."))
    if found.asked_again:
        said.append(_("한 번 더 물은 횟수: {n}.").format(n=f"{found.asked_again:,}"))
    if found.dropped:
        said.append(
            _("답에서 쓰지 않은 것: {counts}.").format(counts=_named(DROPPED, found.dropped))
        )
    if found.fell_back:
        said.append(
            _(
                "대신 내장 태거로 태그한 문서 {n}건: {counts}. "
                "같은 파일을 다시 가져오면 남은 것만 다시 묻습니다."
            ).format(
                n=f"{sum(found.fell_back.values()):,}", counts=_named(REASONS, found.fell_back)
            )
        )
    return " ".join(said)


def _cost(cost: float | None, currency: str) -> str:
    return "" if cost is None else f", {cost:,.4f} {currency}"


def _named(names: Mapping[str, str], counts: Mapping[str, int]) -> str:
    return ", ".join(f"{_(names[kind])} {count:,}" for kind, count in counts.items())
