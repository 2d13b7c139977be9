"""Figures: each takes results and gives a plotly figure that reads in light and dark."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pandas as pd
import plotly.graph_objects as go

from analysis.findings import Stratum
from analysis.stats.compare import Comparison
from analysis.stats.rates import Estimate
from analysis.stats.verdict import Verdict
from analysis.store.queries import Flow
from pages.parts.frame import tag_name
from pages.parts.text import t

# Mid tones that stand out on white and on near-black; shapes tell the verdicts apart as well.
HIGHER, LOWER, UNCLEAR, FAINT = "#D1493B", "#2E8B70", "#8C857D", "rgba(140,133,125,0.45)"
VOLUME = "rgba(140,133,125,0.35)"
SENTIMENT = {"neg": HIGHER, "neu": "#B7AFA6", "pos": LOWER}
_MARKS = {
    Verdict.HIGHER: (HIGHER, "diamond"),
    Verdict.LOWER: (LOWER, "square"),
    Verdict.UNCLEAR: (UNCLEAR, "circle"),
    Verdict.TOO_FEW: (FAINT, "circle-open"),
}
BADGE = {
    Verdict.HIGHER: "red",
    Verdict.LOWER: "green",
    Verdict.UNCLEAR: "gray",
    Verdict.TOO_FEW: "gray",
}
SIGN = {Verdict.HIGHER: "▲ ", Verdict.LOWER: "▼ ", Verdict.UNCLEAR: "― ", Verdict.TOO_FEW: "… "}
_ROW = 30
CONFIG = {"displayModeBar": False, "scrollZoom": False}


def verdict_name(verdict: Verdict) -> str:
    """A verdict in the reader's language."""
    names = {
        Verdict.HIGHER: t.VERDICT_HIGHER,
        Verdict.LOWER: t.VERDICT_LOWER,
        Verdict.UNCLEAR: t.VERDICT_UNCLEAR,
        Verdict.TOO_FEW: t.VERDICT_TOO_FEW,
    }
    return names[verdict]


def forest(rows: Sequence[Comparison]) -> go.Figure:
    """Risk differences in points with their intervals, the first row on top; one point a row.

    Each point's customdata is (behaviour id, kind). Rows with too few cases are left out: their
    counts stand in the table.
    """
    shown = [row for row in rows if row.verdict is not Verdict.TOO_FEW and row.risk_difference]
    figure = go.Figure()
    for verdict, (colour, symbol) in _MARKS.items():
        group = [row for row in shown if row.verdict is verdict]
        if group:
            figure.add_trace(
                _intervals(
                    [_label(row) for row in group],
                    [row.risk_difference for row in group],
                    colour=colour,
                    symbol=symbol,
                    name=verdict_name(verdict),
                    notes=[_note(row) for row in group],
                    customdata=[(row.behaviour_id, row.kind) for row in group],
                )
            )
    _zero_line(figure)
    order = [_label(row) for row in shown]
    figure.update_yaxes(categoryorder="array", categoryarray=order[::-1], title=None)
    figure.update_xaxes(title=t.FOREST_AXIS, ticksuffix="", zeroline=False)
    return _sized(figure, rows=len(shown), legend=True)


def strata(rows: Sequence[Stratum], *, name=str) -> go.Figure:
    """Risk differences of one behaviour within topics or channels, the biggest group on top."""
    shown = [row for row in rows if not row.too_few and row.risk_difference]
    labels = [f"{name(row.name)}  n={_size(row):,}" for row in shown]
    colours = [_direction(row.risk_difference) for row in shown]
    figure = go.Figure(
        _intervals(
            labels,
            [row.risk_difference for row in shown],
            colour=colours,
            symbol="circle",
            name="",
            notes=[_rates_note(row.exposed, row.unexposed) for row in shown],
        )
    )
    _zero_line(figure)
    figure.update_yaxes(categoryorder="array", categoryarray=labels[::-1])
    figure.update_xaxes(title=t.FOREST_AXIS, zeroline=False)
    return _sized(figure, rows=len(shown))


def trend(weeks: pd.DataFrame) -> go.Figure:
    """Documents a week as bars, the shares of complaints and of negative endings as lines."""
    figure = go.Figure()
    figure.add_trace(
        go.Bar(
            x=weeks["week"],
            y=weeks["documents"],
            name=t.TREND_VOLUME,
            marker_color=VOLUME,
            yaxis="y2",
            hovertemplate="%{y:,}",
        )
    )
    for column, name, colour, dash in (
        ("complaints", t.TREND_COMPLAINTS, HIGHER, "solid"),
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
        },
        bargap=0.35,
    )
    # The lines must lie over the bars although the bars have the upper axis.
    figure.update_layout(yaxis={"overlaying": "y2"})
    figure.update_xaxes(title=None, tickformat="%m/%d")
    return _sized(figure, height=300, legend=True)


def shares(counts: pd.DataFrame, *, colour: str | Sequence[str] = UNCLEAR) -> go.Figure:
    """One bar a tag, the longest on top: documents among `eligible`, with counts at the bar."""
    counts = counts.assign(
        share=counts["documents"] / counts["eligible"].where(counts["eligible"] > 0)
    )
    labels = [tag_name(tag) for tag in counts["tag"]]
    figure = go.Figure(
        go.Bar(
            x=counts["share"],
            y=labels,
            orientation="h",
            marker_color=colour,
            text=[
                f"{share:.0%} · {documents:,}/{eligible:,}"
                for share, documents, eligible in zip(
                    counts["share"].fillna(0), counts["documents"], counts["eligible"], strict=True
                )
            ],
            textposition="outside",
            cliponaxis=False,
            hoverinfo="skip",
        )
    )
    top = max(counts["share"].max() if len(counts) else 0.1, 0.05)
    figure.update_yaxes(categoryorder="array", categoryarray=labels[::-1])
    figure.update_xaxes(visible=False, range=[0, top * 1.75])
    return _sized(figure, rows=len(labels), row=28)


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
                marker_color=SENTIMENT[key],
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
    return _sized(figure, height=150, legend=True)


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
        go.Bar(
            x=counts,
            y=names,
            orientation="h",
            marker_color=UNCLEAR,
            text=[f"{count:,}  {gone}" for count, gone in zip(counts, lost, strict=True)],
            textposition="outside",
            cliponaxis=False,
            hoverinfo="skip",
        )
    )
    figure.update_yaxes(categoryorder="array", categoryarray=names[::-1])
    figure.update_xaxes(visible=False, range=[0, max(counts[0], 1) * 1.4])
    return _sized(figure, rows=len(names))


def _lost(before: int, after: int) -> str:
    return t.FLOW_LOST.format(n=f"{before - after:,}") if before > after else ""


def _intervals(
    labels: Sequence[str],
    differences: Sequence[Estimate],
    *,
    colour: str | Sequence[str],
    symbol: str,
    name: str,
    notes: Sequence[str],
    customdata: Sequence[object] | None = None,
) -> go.Scatter:
    points = [100 * one.estimate for one in differences]
    return go.Scatter(
        x=points,
        y=labels,
        mode="markers",
        name=name,
        marker={"color": colour, "symbol": symbol, "size": 12},
        error_x={
            "type": "data",
            "symmetric": False,
            "array": [100 * (one.high - one.estimate) for one in differences],
            "arrayminus": [100 * (one.estimate - one.low) for one in differences],
            "color": colour if isinstance(colour, str) else UNCLEAR,
            "thickness": 2,
            "width": 0,
        },
        customdata=customdata,
        text=notes,
        hovertemplate="%{y}<br>%{text}<extra></extra>",
    )


def _zero_line(figure: go.Figure) -> None:
    figure.add_vline(x=0, line_width=1.5, line_color=UNCLEAR, line_dash="dash")


def _label(row: Comparison) -> str:
    name = tag_name(row.behaviour_id)
    return name if row.kind == "chat" else f"{name} ({t.REVIEWS})"


def _note(row: Comparison) -> str:
    difference = row.risk_difference
    span = f"[{100 * difference.low:.1f}, {100 * difference.high:.1f}]"
    points = f"{100 * difference.estimate:+.1f}{t.POINTS} {span}"
    return f"{points}<br>{_rates_note(row.exposed, row.unexposed)}"


def _rates_note(exposed, unexposed) -> str:
    return (
        f"{t.FLOW_EXPOSED} {exposed.share or 0:.1%} (n={exposed.documents:,}) · "
        f"{t.FLOW_UNEXPOSED} {unexposed.share or 0:.1%} (n={unexposed.documents:,})"
    )


def _direction(difference: Estimate) -> str:
    if difference.low > 0:
        return HIGHER
    return LOWER if difference.high < 0 else UNCLEAR


def _size(row: Stratum) -> int:
    return row.exposed.documents + row.unexposed.documents


def _sized(
    figure: go.Figure,
    *,
    rows: int = 0,
    row: int = _ROW,
    height: int | None = None,
    legend: bool = False,
) -> go.Figure:
    figure.update_layout(
        height=height or 70 + row * max(rows, 1) + (30 if legend else 0),
        margin={"l": 8, "r": 8, "t": 30 if legend else 8, "b": 8},
        showlegend=legend,
        legend={"orientation": "h", "y": 1, "yanchor": "bottom", "x": 0, "title": None},
        dragmode=False,
    )
    figure.update_yaxes(automargin=True)
    return figure
