"""The parts of the overview: key figures, clearest findings, changes, topics, habits."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analysis import codebook, findings, wording
from analysis.findings import Change
from analysis.messages import gettext
from analysis.model import Scope
from analysis.stats.compare import Comparison
from analysis.stats.rates import Rate, wilson
from analysis.stats.verdict import Verdict
from analysis.store.queries import Totals
from pages.parts import bars, behaviour, cache, charts
from pages.parts.frame import tag_name
from pages.parts.text import t

CHURN_PAGE = "pages/churn/behaviours.py"
_TOP_DRIVERS = 3
_TOP_CHANGES = 5
_TOP_TOPICS = 8


def key_figures(totals: Totals) -> None:
    """Volume, complaints, negative endings and known outcomes, each with its n and interval."""
    with st.container(horizontal=True):
        st.metric(
            t.KPI_DOCUMENTS,
            f"{totals.documents:,}",
            help=t.KPI_DOCUMENTS_HELP.format(
                chats=f"{totals.chats:,}",
                reviews=f"{totals.reviews:,}",
                customers=f"{totals.customers:,}",
            ),
            delta=f"{t.CHATS} {totals.chats:,} · {t.REVIEWS} {totals.reviews:,}",
            delta_color="off",
            delta_arrow="off",
            border=True,
        )
        _share(t.KPI_COMPLAINTS, totals.complaints, totals.documents)
        _share(t.KPI_NEGATIVE, totals.negative, totals.documents)
        _share(
            t.KPI_KNOWN,
            totals.known_outcomes,
            totals.customers,
            help=t.KPI_KNOWN_HELP,
        )


def top_drivers(scope: Scope) -> None:
    """The two or three behaviours that go with churn most clearly, each with a way to its page."""
    found = cache.drivers(scope, findings.DEFAULT_HORIZON)
    if not found.flow.known_customer:
        st.info(t.DRIVERS_NO_OUTCOMES)
        return
    clear = _without_contraries(found.clear)[:_TOP_DRIVERS]
    if not clear:
        st.info(t.DRIVERS_NONE)
        return
    for comparison in clear:
        _driver(comparison, found.horizon)
    st.caption(t.NOT_CAUSE)


def changes(scope: Scope) -> None:
    """The clearest differences to the period before, with intervals."""
    found = cache.changes(scope)
    if found.now_start is None:
        st.info(t.NO_TIMES)
        return
    st.caption(
        t.CHANGES_PERIODS.format(
            now_start=found.now_start,
            now_end=found.now_end,
            before_start=found.before_start,
            before_end=found.before_end,
        )
    )
    clear = [row for row in found.rows if row.clear][:_TOP_CHANGES]
    if not clear:
        st.info(t.CHANGES_NONE)
    for row in clear:
        _change(row)


def topics(scope: Scope) -> None:
    """The most frequent topics, as shares of all documents."""
    counts = cache.tag_counts(scope, "topics")
    counts = counts[counts["documents"] > 0].nlargest(_TOP_TOPICS, "documents")
    st.plotly_chart(bars.shares(counts), config=charts.CONFIG, key="topics_chart")


def endings(totals: Totals) -> None:
    """How documents ended: negative, neutral, positive."""
    names = {key: gettext(name) for key, name in codebook.SENTIMENTS.items()}
    st.plotly_chart(
        bars.sentiment(totals.negative, totals.neutral, totals.positive, names=names),
        config=charts.CONFIG,
        key="sentiment_chart",
    )


def habits(scope: Scope) -> None:
    """How often each behaviour stands where it could, harmful ones and helpful ones by colour."""
    counts = cache.tag_counts(scope, "agent")
    counts = counts[counts["eligible"] > 0]
    counts = counts.assign(
        share=counts["documents"] / counts["eligible"],
        helpful=[not codebook.BEHAVIOURS[tag].harmful for tag in counts["tag"]],
    ).sort_values(["helpful", "share"], ascending=[True, False])
    colours = [charts.LOWER if helpful else charts.HIGHER for helpful in counts["helpful"]]
    st.plotly_chart(bars.shares(counts, colour=colours), config=charts.CONFIG, key="habits_chart")


def _share(label: str, part: int, whole: int, help: str | None = None) -> None:
    limits = wilson(Rate(part, whole))
    st.metric(
        label,
        f"{part / whole:.1%}" if limits else "–",
        delta=f"[{100 * limits.low:.1f}, {100 * limits.high:.1f}]" if limits else "–",
        delta_description=t.KPI_OF.format(n=f"{whole:,}"),
        delta_color="off",
        delta_arrow="off",
        border=True,
        help=help,
    )


def _without_contraries(rows: Sequence[Comparison]) -> list[Comparison]:
    """The comparisons, but of two that say the same from both sides only the clearer one."""
    kept: list[Comparison] = []
    for row in rows:
        if codebook.CONTRARIES.get(row.behaviour_id) not in {one.behaviour_id for one in kept}:
            kept.append(row)
    return kept


def _driver(comparison: Comparison, horizon: int) -> None:
    higher = comparison.verdict is Verdict.HIGHER
    points = f"{100 * comparison.risk_difference.estimate:.1f}"
    badge = (t.DRIVERS_HIGHER if higher else t.DRIVERS_LOWER).format(points=points)
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{charts.label(comparison)}**", width="content")
            st.badge(badge, color="red" if higher else "green")
            st.space("stretch")
            st.page_link(
                CHURN_PAGE,
                label=t.DRIVERS_OPEN,
                icon=":material/arrow_forward:",
                query_params={"behaviour": behaviour.key(comparison)},
            )
        st.markdown(wording.sentence(comparison, horizon=horizon))


def _change(row: Change) -> None:
    difference = row.difference
    worse = (difference.estimate > 0) == _harmful(row.tag)
    sign = ":material/trending_up:" if difference.estimate > 0 else ":material/trending_down:"
    text = t.CHANGES_ROW.format(
        before=f"{row.before.share:.1%}",
        now=f"{row.now.share:.1%}",
        points=f"{100 * difference.estimate:+.1f}",
        low=f"{100 * difference.low:.1f}",
        high=f"{100 * difference.high:.1f}",
        n_before=f"{row.before.documents:,}",
        n_now=f"{row.now.documents:,}",
    )
    colour = "red" if worse else "green"
    name = tag_name(row.tag) if row.group == "topics" else f":{colour}[{tag_name(row.tag)}]"
    st.markdown(f"{sign} **{name}**  \n{text}")


def _harmful(tag_id: str) -> bool:
    """Whether more of a tag is worse."""
    if tag_id in codebook.BEHAVIOURS:
        return codebook.BEHAVIOURS[tag_id].harmful
    return tag_id != "satisfied_end"
