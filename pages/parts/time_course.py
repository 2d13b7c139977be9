"""One behaviour in time: how long customers stayed with it and without it."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from analysis import wording_closer
from analysis.model import Scope
from analysis.stats.adjust import Adjusted
from analysis.stats.compare import Comparison
from analysis.stats.hazard import Hazard
from analysis.stats.survival import Curve, Survival
from pages.parts import cache, charts
from pages.parts.text import t

# Neither colour of a verdict: a curve does not say by itself which of them is better.
_EXPOSED, _EXPOSED_BAND = "#4A86CF", "rgba(74,134,207,0.22)"
_UNEXPOSED, _UNEXPOSED_BAND = charts.UNCLEAR, "rgba(140,133,125,0.22)"
_HEIGHT = 340


def show(comparison: Comparison, scope: Scope, *, horizon: int, cancellation: bool) -> None:
    """The curves with their risk table, the hazard ratio and the checks, once asked for."""
    if not st.toggle(t.TIME_OPEN, key="time", help=t.TIME_HELP):
        return
    found = cache.closer(
        scope,
        comparison.behaviour_id,
        kind=comparison.kind,
        horizon=horizon,
        include_cancellation=cancellation,
    )
    st.plotly_chart(curves(found.survival), config=charts.CONFIG, key="time_chart")
    st.caption(t.TIME_NOTE)
    st.dataframe(_at_risk(found.survival), hide_index=True, width="content")
    if found.hazard is not None:
        st.markdown(_ratio(found.hazard, found.survival, comparison))
    for said in wording_closer.closer(found):
        st.caption(said)


def curves(found: Survival) -> go.Figure:
    """The share of customers who stayed, in percent by day, as steps with 95 % bands."""
    figure = go.Figure()
    for curve, name, colour, band, dash in (
        (found.exposed, t.FLOW_EXPOSED, _EXPOSED, _EXPOSED_BAND, "solid"),
        (found.unexposed, t.FLOW_UNEXPOSED, _UNEXPOSED, _UNEXPOSED_BAND, "dash"),
    ):
        days, stayed, low, high = _steps(curve)
        edge = {"shape": "hv", "width": 0}
        figure.add_trace(_line(days, high, line=edge))
        figure.add_trace(_line(days, low, line=edge, fill="tonexty", fillcolor=band))
        figure.add_trace(
            _line(
                days,
                stayed,
                line={"shape": "hv", "color": colour, "dash": dash, "width": 2},
                name=f"{name} n={curve.documents:,}",
                text=[
                    f"{name}: {middle:.1f}% [{least:.1f}, {most:.1f}]"
                    for middle, least, most in zip(stayed, low, high, strict=True)
                ],
                hovertemplate=t.HORIZON_DAYS.format(days="%{x}") + "<br>%{text}<extra></extra>",
                hoverinfo=None,
                showlegend=True,
            )
        )
    figure.update_xaxes(title=t.TIME_DAYS, rangemode="tozero", zeroline=False)
    figure.update_yaxes(title=t.TIME_STAYED, ticksuffix="%", zeroline=False)
    return charts.sized(figure, height=_HEIGHT, legend=True)


def _line(days: list[int], shares: list[float], **look: object) -> go.Scatter:
    shown = {"mode": "lines", "showlegend": False, "hoverinfo": "skip"} | look
    return go.Scatter(x=days, y=shares, **shown)


def _steps(curve: Curve) -> tuple[list[int], list[float], list[float], list[float]]:
    """Days, and the share with its limits in percent from each on, to the last one watched."""
    steps = [(0, 1.0, 1.0, 1.0), *((p.day, p.stayed, p.low, p.high) for p in curve.points)]
    last = max((mark.day for mark in curve.at_risk if mark.documents), default=0)
    if last > steps[-1][0]:
        steps.append((last, *steps[-1][1:]))
    return (
        [day for day, *_shares in steps],
        [100 * stayed for _day, stayed, _low, _high in steps],
        [100 * low for _day, _stayed, low, _high in steps],
        [100 * high for _day, _stayed, _low, high in steps],
    )


def _at_risk(found: Survival) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                t.TIME_DAYS: with_it.day,
                t.TIME_EXPOSED_AT_RISK: with_it.documents,
                t.TIME_EXPOSED_LEFT: with_it.churned,
                t.TIME_UNEXPOSED_AT_RISK: without.documents,
                t.TIME_UNEXPOSED_LEFT: without.churned,
            }
            for with_it, without in zip(found.exposed.at_risk, found.unexposed.at_risk, strict=True)
        ]
    )


def _ratio(hazard: Hazard, found: Survival, comparison: Comparison) -> str:
    alike = isinstance(comparison.adjusted, Adjusted)
    return (t.HAZARD_ALIKE if alike else t.HAZARD_CRUDE).format(
        ratio=f"{hazard.ratio.estimate:.2f}",
        low=f"{hazard.ratio.low:.2f}",
        high=f"{hazard.ratio.high:.2f}",
        n=f"{found.exposed.documents + found.unexposed.documents:,}",
    )
