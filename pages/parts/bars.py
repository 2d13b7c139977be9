"""Bars: volume, shares, endings, and what remains at each step of the comparison."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pandas as pd
import plotly.graph_objects as go

from analysis.stats.compare import Comparison
from analysis.stats.rates import Rate, wilson
from analysis.store.queries import Flow
from pages.parts import charts
from pages.parts.frame import tag_name
from pages.parts.text import t

_VOLUME = "rgba(140,133,125,0.35)"
_SENTIMENT = {"neg": charts.HIGHER, "neu": "#B7AFA6", "pos": charts.LOWER}


def trend(weeks: pd.DataFrame) -> go.Figure:
    """Documents a week as bars, the shares of complaints and of negative endings as lines."""
    figure = go.Figure()
    figure.add_trace(
        go.Bar(
            x=weeks["week"],
            y=weeks["documents"],
            name=t.TREND_VOLUME,
            marker_color=_VOLUME,
            yaxis="y2",
            hovertemplate="%{y:,}",
        )
    )
    for column, name, colour, dash in (
        ("complaints", t.TREND_COMPLAINTS, charts.HIGHER, "solid"),
        ("negative", t.TREND_NEGATIVE, "#C98A2B", "dot"),
    ):
        share = weeks[column] / weeks["documents"].where(weeks["documents"] > 0)
        figure.add_trace(
            go.Scatter(
                x=weeks["week"],
                y=share,
                name=name,
                mode="lines+markers",
                line={"color": colour, "dash": dash, "width": 2.5},
                customdata=weeks[[column, "documents"]],
                hovertemplate="%{y:.0%} (%{customdata[0]:,}/%{customdata[1]:,})",
            )
        )
    figure.update_layout(
        hovermode="x unified",
        yaxis={"tickformat": ".0%", "range": [0, 1.02], "dtick": 0.25, "title": None},
        yaxis2={
            "side": "right",
            "showgrid": False,
            "title": None,
            "rangemode": "tozero",
            "nticks": 4,
            "tickformat": ",",
        },
        bargap=0.35,
    )
    # The lines must lie over the bars although the bars have the upper axis.
    figure.update_layout(yaxis={"overlaying": "y2"})
    figure.update_xaxes(title=None, tickformat="%m/%d")
    return charts.sized(figure, height=300, legend=True)


def shares(counts: pd.DataFrame, *, colour: str | Sequence[str] = charts.UNCLEAR) -> go.Figure:
    """One bar a tag in their order: its share of `eligible` with interval, and the counts.

    Tags that no document could have are left out.
    """
    rates = {
        tag_name(row.tag): Rate(int(row.documents), int(row.eligible))
        for row in counts.itertuples()
        if row.eligible
    }
    shares = [one.share for one in rates.values()]
    limits = [wilson(one) for one in rates.values()]
    figure = go.Figure(
        go.Bar(
            x=shares,
            y=list(rates),
            orientation="h",
            marker_color=colour,
            error_x={
                "type": "data",
                "symmetric": False,
                "array": [one.high - share for one, share in zip(limits, shares, strict=True)],
                "arrayminus": [share - one.low for one, share in zip(limits, shares, strict=True)],
                "color": charts.UNCLEAR,
                "thickness": 1.5,
                "width": 3,
            },
            hoverinfo="skip",
        )
    )
    texts = [f"{one.share:.0%} · {one.churned:,}/{one.documents:,}" for one in rates.values()]
    _write_after(figure, [one.high for one in limits], list(rates), texts)
    return charts.sized(figure, rows=len(rates), row=28)


def sentiment(negative: int, neutral: int, positive: int, *, names: dict[str, str]) -> go.Figure:
    """One stacked bar of how documents ended."""
    figure = go.Figure()
    total = max(negative + neutral + positive, 1)
    for key, count in (("neg", negative), ("neu", neutral), ("pos", positive)):
        figure.add_trace(
            go.Bar(
                x=[count / total],
                y=[""],
                orientation="h",
                name=names[key],
                marker_color=_SENTIMENT[key],
                text=[f"{count / total:.0%}<br>{count:,}"],
                textposition="inside",
                insidetextanchor="middle",
                insidetextfont={"color": "#22201E" if key == "neu" else "#FFFFFF"},
                textangle=0,
                hoverinfo="skip",
            )
        )
    figure.update_layout(barmode="stack", legend_traceorder="normal")
    figure.update_xaxes(visible=False, range=[0, 1])
    figure.update_yaxes(visible=False)
    return charts.sized(figure, height=150, legend=True)


def flow(steps: Flow, comparison: Comparison | None, *, horizon: int) -> go.Figure:
    """How many documents remain at each step, and how many each step lost."""
    names = [t.FLOW_DOCUMENTS, t.FLOW_KNOWN, t.FLOW_CUSTOMER, t.FLOW_PURPOSE]
    counts = [
        steps.documents,
        steps.known_customer,
        steps.customer_at_t,
        steps.not_cancellation_request,
        steps.followed,
    ]
    names.append(t.FLOW_FOLLOWED.format(days=horizon))
    if comparison is not None:
        names.append(t.FLOW_ELIGIBLE)
        counts.append(comparison.eligible)
    lost = ["", *(_lost(before, after) for before, after in pairwise(counts))]
    figure = go.Figure(
        go.Bar(x=counts, y=names, orientation="h", marker_color=charts.UNCLEAR, hoverinfo="skip")
    )
    texts = [f"{count:,}  {gone}".rstrip() for count, gone in zip(counts, lost, strict=True)]
    _write_after(figure, counts, names, texts)
    return charts.sized(figure, rows=len(names))


def _write_after(
    figure: go.Figure, ends: Sequence[float], names: Sequence[str], texts: Sequence[str]
) -> None:
    """Write a text after the end of each bar, the first bar on top, with room on a telephone."""
    figure.add_trace(
        go.Scatter(
            x=list(ends),
            y=list(names),
            mode="text",
            text=[f"\u2002{text}" for text in texts],
            textposition="middle right",
            cliponaxis=False,
            hoverinfo="skip",
        )
    )
    room = 1 + max(map(len, texts), default=0) / 13
    figure.update_yaxes(categoryorder="array", categoryarray=list(names)[::-1])
    figure.update_xaxes(visible=False, range=[0, max(*ends, 0.05) * room])


def _lost(before: int, after: int) -> str:
    return t.FLOW_LOST.format(n=f"{before - after:,}") if before > after else ""
