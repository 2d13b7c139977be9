"""Figures of differences, and what all figures share: they read in light and in dark."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go
import streamlit as st

from analysis.findings import Stratum
from analysis.stats.adjust import Adjusted
from analysis.stats.compare import Comparison
from analysis.stats.rates import Estimate
from analysis.stats.verdict import Verdict
from pages.parts.frame import tag_name
from pages.parts.text import t

# Mid tones that stand out on white and on near-black; shapes tell the verdicts apart as well.
HIGHER, LOWER, UNCLEAR, FAINT = "#D1493B", "#2E8B70", "#8C857D", "rgba(140,133,125,0.45)"
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
_ROW_OF_TWO = 40
# How far the crude point lies above its row's middle, and the adjusted one below.
_APART = 0.17
# Streamlit's own labels are too pale on white (contrast 3.7).
_LABELS_ON_WHITE = "#5F5953"
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


def label(row: Comparison) -> str:
    """A behaviour's name, with what it was told of where that is no chat."""
    name = tag_name(row.behaviour_id)
    return name if row.kind == "chat" else f"{name} ({t.REVIEWS})"


def sized(
    figure: go.Figure,
    *,
    rows: int = 0,
    row: int = _ROW,
    height: int | None = None,
    legend: bool = False,
) -> go.Figure:
    """The figure at the height of its rows, with labels that can be read."""
    figure.update_layout(
        height=height or 70 + row * max(rows, 1) + (30 if legend else 0),
        margin={"l": 8, "r": 8, "t": 30 if legend else 8, "b": 8},
        showlegend=legend,
        legend={"orientation": "h", "y": 1, "yanchor": "bottom", "x": 0, "title": None},
        dragmode=False,
    )
    figure.update_yaxes(automargin=True)
    if st.context.theme.type != "dark":
        figure.update_layout(font_color=_LABELS_ON_WHITE)
        for update in (figure.update_xaxes, figure.update_yaxes):
            update(tickfont_color=_LABELS_ON_WHITE, title_font_color=_LABELS_ON_WHITE)
    return figure


def forest(rows: Sequence[Comparison]) -> go.Figure:
    """Risk differences in points with their intervals, the first row on top.

    Crude ones are hollow; those at equal values lie filled below them, where there are any. Each
    point's customdata is (behaviour id, kind). Rows with too few cases are left out: their counts
    stand in the table.
    """
    shown = [row for row in rows if row.verdict is not Verdict.TOO_FEW and row.risk_difference]
    figure = go.Figure()
    for verdict, (colour, symbol) in _MARKS.items():
        group = [(place, row) for place, row in enumerate(shown) if row.verdict is verdict]
        filled = [(place, row) for place, row in group if isinstance(row.adjusted, Adjusted)]
        # The legend tells a verdict once, by the mark that it was judged by.
        for points, adjusted in ((group, False), (filled, True)):
            if points:
                trace = _intervals(
                    [place + (_APART if adjusted else -_APART) for place, _row in points],
                    [_difference(row, adjusted=adjusted) for _place, row in points],
                    colour=colour,
                    symbol=symbol if adjusted else f"{symbol}-open",
                    name=verdict_name(verdict),
                    notes=[_note(row, adjusted=adjusted) for _place, row in points],
                    customdata=[(row.behaviour_id, row.kind) for _place, row in points],
                )
                trace.update(showlegend=adjusted or not filled, legendgroup=verdict.value)
                figure.add_trace(trace)
    for name, symbol in ((t.CRUDE, "circle-open"), (t.ADJUSTED, "circle")):
        figure.add_trace(_legend_only(name, symbol))
    _zero_line(figure)
    figure.update_yaxes(
        tickvals=list(range(len(shown))),
        ticktext=[_with_size(row) for row in shown],
        range=[len(shown) - 0.5, -0.5],
        title=None,
        zeroline=False,
        showgrid=False,
    )
    figure.update_xaxes(title=t.FOREST_AXIS, ticksuffix="", zeroline=False)
    return sized(figure, rows=len(shown), row=_ROW_OF_TWO, legend=True)


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
            notes=[
                f"{label}<br>{_rates_note(row.exposed, row.unexposed)}"
                for label, row in zip(labels, shown, strict=True)
            ],
        )
    )
    _zero_line(figure)
    figure.update_yaxes(categoryorder="array", categoryarray=labels[::-1])
    figure.update_xaxes(title=t.FOREST_AXIS, zeroline=False)
    return sized(figure, rows=len(shown))


def _intervals(
    places: Sequence[str] | Sequence[float],
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
        y=places,
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
        hovertemplate="%{text}<extra></extra>",
    )


def _zero_line(figure: go.Figure) -> None:
    figure.add_vline(x=0, line_width=1.5, line_color=UNCLEAR, line_dash="dash")


def _legend_only(name: str, symbol: str) -> go.Scatter:
    mark = {"color": UNCLEAR, "symbol": symbol, "size": 12}
    return go.Scatter(x=[None], y=[None], mode="markers", name=name, marker=mark)


def _with_size(row: Comparison) -> str:
    size = f"n={row.eligible:,}"
    return f"{label(row)}<br>{size} · {t.FRAGILE}" if row.fragile else f"{label(row)}<br>{size}"


def _difference(row: Comparison, *, adjusted: bool) -> Estimate:
    if adjusted and isinstance(row.adjusted, Adjusted):
        return row.adjusted.risk_difference
    return row.risk_difference


def _note(row: Comparison, *, adjusted: bool) -> str:
    difference = _difference(row, adjusted=adjusted)
    span = f"[{100 * difference.low:.1f}, {100 * difference.high:.1f}]"
    points = f"{100 * difference.estimate:+.1f}{t.POINTS} {span}"
    way = t.ADJUSTED if adjusted else t.CRUDE
    return f"{label(row)}<br>{way}: {points}<br>{_rates_note(row.exposed, row.unexposed)}"


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
