"""What stands beside the crude figures of a comparison, in words, in the reader's language.

Words of association only.
"""

from __future__ import annotations

from analysis import codebook
from analysis.comparing import COVARIATES
from analysis.messages import gettext as _
from analysis.messages import mark
from analysis.stats import verdict
from analysis.stats.adjust import Adjusted
from analysis.stats.compare import Comparison
from analysis.stats.confounding import Turn
from analysis.stats.covariates import MISSING, REST
from analysis.stats.doubly_robust import COMMON, DoublyRobust
from analysis.stats.examine import Closer
from analysis.stats.excess import Excess
from analysis.stats.rates import Estimate
from analysis.stats.verdict import Verdict
from analysis.wording import points

# Below this p, one hazard ratio for the whole time hides how it changes.
_NOT_PROPORTIONAL = 0.05


def details(comparison: Comparison) -> tuple[str, ...]:
    """What stands beside the crude figures, a sentence each; nothing where the counts are too few.

    The adjusted figures or why there are none, how firm the verdict is, a stratum that points the
    other way, the hazard ratio, and for a clear difference what it weighs.
    """
    if comparison.verdict is Verdict.TOO_FEW:
        return ()
    said = [_adjusted(comparison), *_doubts(comparison)]
    if comparison.turn is not None:
        said.append(_turned(comparison.turn))
    if comparison.hazard_ratio is not None:
        said.append(
            _("하루하루의 이탈 위험은 {ratio}배입니다.").format(
                ratio=_ratio(comparison.hazard_ratio)
            )
        )
    if comparison.excess is not None and comparison.verdict is not Verdict.UNCLEAR:
        said.append(_weighs(comparison.excess))
    return tuple(said)


def closer(found: Closer) -> tuple[str, ...]:
    """The checks of one behaviour, a sentence each."""
    said = []
    if found.survival.log_rank_p is not None:
        said.append(
            _("남아 있는 기간의 차이: 로그순위 검정 {p}.").format(p=_p(found.survival.log_rank_p))
        )
    p = found.hazard.proportional_p if found.hazard else None
    if p is not None:
        sentence = (
            mark("이탈 위험의 비가 시간에 따라 달라집니다({p}). 비 하나로 말하기 어렵습니다.")
            if p < _NOT_PROPORTIONAL
            else mark("이탈 위험의 비가 시간에 따라 달라진다는 증거는 없습니다({p}).")
        )
        said.append(_(sentence).format(p=_p(p)))
    check = found.doubly_robust
    if isinstance(check, DoublyRobust):
        said.append(
            _(
                "다른 방법(이중 강건 추정)으로 보정한 차이는 {difference}입니다. 나타날 확률이 "
                "{low}~{high} 밖이라 비슷한 상대가 드문 문서는 {share}입니다."
            ).format(
                difference=_difference(check.risk_difference),
                low=f"{COMMON[0]:.0%}",
                high=f"{COMMON[1]:.0%}",
                share=f"{check.overlap.outside:.1%}",
            )
        )
    elif check is not None:
        said.append(_("다른 방법으로는 보정할 수 없습니다: {why}").format(why=check.why))
    return tuple(said)


def _p(p: float) -> str:
    return "p<0.001" if p < 0.001 else f"p={p:.3f}"


def _adjusted(comparison: Comparison) -> str:
    found = comparison.adjusted
    if not isinstance(found, Adjusted):
        return _("보정하지 않은 값으로 판단했습니다: {why}").format(why=comparison.not_adjusted)
    said = _(
        "{covariates}이(가) 같은 문서끼리 비교하면 차이는 {difference}, 이탈률의 비는 "
        "{ratio}입니다. E값 {e_value}, 구간 한계의 E값 {limit}."
    ).format(
        covariates=", ".join(covariate_name(name) for name in found.covariates),
        difference=_difference(found.risk_difference),
        ratio=_ratio(found.risk_ratio),
        e_value=f"{found.e_value.estimate:.2f}",
        limit=f"{found.e_value.limit:.2f}",
    )
    out = [one.covariate for one in found.left_out]
    for sentence, names in (
        (mark("일부 값만 맞춘 변수: {names}."), [one for one in out if one in found.covariates]),
        (
            mark("함께 맞추지 못한 변수: {names}."),
            [one for one in out if one not in found.covariates],
        ),
    ):
        if names:
            said += " " + _(sentence).format(names=", ".join(map(covariate_name, names)))
    return said


def _doubts(comparison: Comparison) -> list[str]:
    if not comparison.fragile or not isinstance(comparison.adjusted, Adjusted):
        return []
    if verdict.decide(comparison.risk_difference, comparison.q) is not comparison.verdict:
        return [_("판단이 약합니다: 보정하기 전과 후의 판단이 다릅니다.")]
    return [
        _(
            "판단이 약합니다: '{name}'만큼 강하게 얽힌 변수가 하나 더 있다면 이 차이가 모두 설명될 "
            "수 있습니다."
        ).format(name=covariate_name(comparison.adjusted.outweighed_by or ""))
    ]


def _turned(turn: Turn) -> str:
    said = (
        mark(
            "전체의 방향은 '{covariate}'을(를) 나누어 보면 뒤집힙니다. '{level}'에서는 차이가 "
            "{difference}입니다."
        )
        if turn.reversed
        else mark("'{covariate}'이(가) '{level}'인 문서에서는 방향이 반대입니다: {difference}.")
    )
    return _(said).format(
        covariate=covariate_name(turn.covariate),
        level=level_name(turn.covariate, turn.level),
        difference=_difference(turn.within),
    )


def _weighs(excess: Excess) -> str:
    said = _(
        "이 문서들이 비슷한 문서처럼 흘렀고 이 연관이 전부라면, 이탈로 이어진 문서의 차이는 "
        "한 달에 {a_month}건입니다."
    ).format(a_month=_amounts(excess.a_month, 1))
    if excess.monthly_value is None:
        return said
    return (
        said
        + " "
        + _("그 고객들의 월 요금으로는 {value} {currency}입니다.").format(
            value=_amounts(excess.monthly_value, 0), currency=excess.currency
        )
    )


def covariate_name(name: str) -> str:
    """A covariate in the reader's language; a column of the outcomes has its own name."""
    return _(COVARIATES[name]) if name in COVARIATES else name


def level_name(covariate: str, level: str) -> str:
    """A covariate's level in the reader's language; a column of the outcomes has its own."""
    if level == MISSING:
        return _("없음")
    if level == REST:
        return _("그 밖")
    if level in codebook.ALL_TAGS:
        return _(codebook.name(level))
    if covariate == "sentiment_before":
        return _(codebook.SENTIMENTS[level])
    return level


def _difference(estimate: Estimate) -> str:
    low, high = points(estimate.low), points(estimate.high)
    return f"{points(estimate.estimate, signed=True)}%p [{low}, {high}]"


def _ratio(estimate: Estimate) -> str:
    return f"{estimate.estimate:.2f} [{estimate.low:.2f}, {estimate.high:.2f}]"


def _amounts(estimate: Estimate, places: int) -> str:
    low, high = (f"{one:,.{places}f}" for one in (estimate.low, estimate.high))
    return f"{estimate.estimate:+,.{places}f} [{low}, {high}]"
