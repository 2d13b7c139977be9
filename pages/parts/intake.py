"""Uploaded files: what each was taken for, its columns, a masked preview, and the load itself."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd
import streamlit as st

from analysis import pipeline, settings, taggers, wording
from analysis.errors import AnalysisError, LockedWorkbook
from analysis.messages import gettext
from pages.parts import cache
from pages.parts.text import t

_KINDS = ("auto", "chat", "review", "outcomes")
_REPORTS = "import_reports"


@dataclass(frozen=True)
class Ready:
    """A file that can be loaded, and how it is to be read."""

    path: Path
    options: pipeline.Options


def uploader_key() -> str:
    """The key of the drop field: another one after a load, so that it is empty again."""
    return f"files_{st.session_state.get('uploads', 0)}"


def prepare(number: int, file) -> Ready | None:
    """Show one uploaded file with what to choose; gives it where it can be loaded."""
    path = _saved(file)
    with st.container(border=True):
        st.markdown(f"**{file.name}**")
        kind = st.selectbox(
            t.UPLOAD_KIND,
            _KINDS,
            format_func=_kind_name,
            key=f"kind_{number}_{file.file_id}",
        )
        try:
            return _unlocked(path, f"{number}_{file.file_id}", pipeline.Options(kind=kind))
        except AnalysisError as problem:
            st.warning(str(problem), icon=":material/report:")
            return None


def load_button(
    ready: list[Ready], left_out: list[str], model: taggers.LanguageModel | None
) -> None:
    """Load what is ready, with progress; the reports stand on the page afterwards.

    `left_out` are the names of the files that are not ready: the report names them.
    """
    if not ready:
        return
    label = t.UPLOAD_LOAD if len(ready) == 1 else t.UPLOAD_LOAD_ALL.format(n=len(ready))
    if not st.button(label, type="primary", key="load", icon=":material/download_done:"):
        return
    reports: list[pipeline.ImportReport | str] = []
    for one in ready:
        bar = st.progress(0.0, t.UPLOAD_READING.format(file=one.path.name))

        def show(done: int, total: int, bar=bar, name=one.path.name) -> None:
            text = t.UPLOAD_PROGRESS.format(file=name, done=f"{done:,}", total=f"{total:,}")
            bar.progress(done / max(total, 1), text)

        try:
            reports.append(
                pipeline.load(
                    one.path,
                    settings.store_path(),
                    options=one.options,
                    progress=show,
                    model=model,
                )
            )
        except AnalysisError as problem:
            reports.append(str(problem))
    reports += [t.REPORT_LEFT.format(file=name) for name in left_out]
    st.session_state[_REPORTS] = reports
    st.session_state["uploads"] = st.session_state.get("uploads", 0) + 1
    st.rerun()


def show_reports() -> None:
    """What became of the files loaded last: accepted, replaced, masked, skipped and why."""
    reports = st.session_state.get(_REPORTS, [])
    if not reports:
        return
    st.subheader(t.REPORT_HEAD, anchor=False)
    for number, report in enumerate(reports):
        if isinstance(report, str):
            st.warning(report, icon=":material/report:")
        else:
            _report(number, report)
    st.page_link("pages/churn/behaviours.py", label=t.REPORT_NEXT, icon=":material/compare_arrows:")


def templates() -> None:
    """Empty tables with the right columns, for each generic input."""
    labels = {
        "chat": t.TEMPLATE_CHAT,
        "review": t.TEMPLATE_REVIEW,
        "outcomes": t.TEMPLATE_OUTCOMES,
    }
    with st.container(horizontal=True):
        for kind, label in labels.items():
            header = ",".join(field.name for field in pipeline.FIELDS[kind])
            st.download_button(
                label,
                (header + "\n").encode("utf-8-sig"),
                file_name=f"sagwa_{kind}.csv",
                mime="text/csv",
                key=f"template_{kind}",
                icon=":material/download:",
            )


def _unlocked(path: Path, key: str, options: pipeline.Options) -> Ready | None:
    """As `_recognised`; asks for the password of a locked workbook first, and keeps it nowhere."""
    try:
        return _recognised(path, key, options)
    except LockedWorkbook:
        password = st.text_input(
            t.UPLOAD_PASSWORD,
            type="password",
            autocomplete="off",
            help=t.UPLOAD_PASSWORD_HELP,
            key=f"password_{key}",
        )
    if not password:
        st.info(t.UPLOAD_LOCKED, icon=":material/lock:")
        return None
    return _recognised(path, key, replace(options, password=password))


def _recognised(path: Path, key: str, options: pipeline.Options) -> Ready | None:
    with st.spinner(t.UPLOAD_READING.format(file=path.name)):
        # What a password opens is kept in no cache.
        found = (
            pipeline.inspect(path, options)
            if options.password
            else cache.inspection(str(path), options.kind)
        )
    st.caption(
        t.UPLOAD_TAKEN_FOR.format(
            kind=_kind_name(found.kind),
            format=found.format.upper(),
            encoding=found.encoding.upper() or "–",
            rows=f"{found.rows:,}",
        )
    )
    mapping = dict(found.mapping)
    if found.kind in pipeline.FIELDS and found.columns and (found.mapping or found.missing):
        with st.expander(t.UPLOAD_MAPPING, expanded=bool(found.missing)):
            mapping = _mapping(found, key)
    missing = [
        field
        for field in pipeline.FIELDS.get(found.kind, ())
        if field.name in found.missing and field.name not in mapping
    ]
    agents: tuple[str, ...] = ()
    if found.speakers:
        names = [name for name, _rows in found.speakers]
        agents = tuple(
            st.multiselect(t.UPLOAD_AGENTS, names, key=f"agents_{key}", help=t.UPLOAD_AGENTS_HELP)
        )
    st.caption(t.UPLOAD_PREVIEW)
    st.dataframe(pd.DataFrame(found.sample), hide_index=True, key=f"preview_{key}")
    if missing:
        names = ", ".join(gettext(field.label) for field in missing)
        st.warning(t.UPLOAD_MISSING.format(fields=names), icon=":material/link_off:")
        return None
    return Ready(path, replace(options, mapping=mapping, agents=agents))


def _mapping(found, key: str) -> dict[str, str]:
    """Let every field of the kind be connected to a column; gives field -> column or "=value"."""
    st.caption(t.UPLOAD_MAPPING_HELP)
    chosen = {}
    columns = st.columns(3)
    for place, field in enumerate(pipeline.FIELDS[found.kind]):
        with columns[place % 3]:
            label = gettext(field.label) + (" *" if field.required else "")
            current = found.mapping.get(field.name)
            picked = st.selectbox(
                label,
                found.columns,
                index=found.columns.index(current) if current in found.columns else None,
                placeholder=t.UPLOAD_NO_COLUMN,
                help=gettext(field.meaning),
                key=f"map_{field.name}_{key}",
            )
            if picked:
                chosen[field.name] = picked
            elif field.name == "observed_until":
                day = st.date_input(t.UPLOAD_CONSTANT, value=None, key=f"day_{key}")
                if day:
                    chosen[field.name] = f"={day.isoformat()}"
    return chosen


def _report(number: int, report: pipeline.ImportReport) -> None:
    if report.already_loaded:
        st.info(
            t.REPORT_SAME.format(file=report.file, batch=report.batch_id), icon=":material/sync:"
        )
        return
    with st.container(border=True):
        st.markdown(
            ":material/check_circle: "
            + t.REPORT_DONE.format(
                file=f"**{report.file}**",
                rows=f"{report.rows:,}",
                documents=f"{report.documents:,}",
                seconds=f"{report.seconds:.1f}",
            )
        )
        if report.replaced:
            st.markdown(t.REPORT_REPLACED.format(n=f"{report.replaced:,}"))
        if report.masked:
            counts = ", ".join(
                f"{gettext(pipeline.MASKED[kind]).strip('[]')} {count:,}"
                for kind, count in sorted(report.masked.items())
            )
            st.markdown(t.REPORT_MASKED.format(counts=counts))
        if report.llm is not None:
            st.markdown(wording.asked(report.llm))
        _rows(t.REPORT_REJECTED, report.rejected, f"rejected_{number}")
        _rows(t.REPORT_WARNINGS, report.warnings, f"warnings_{number}")


def _rows(label: str, rows, key: str) -> None:
    if not rows:
        return
    table = pd.DataFrame(
        {t.REPORT_ROW: [row.row for row in rows], t.REPORT_REASON: [row.reason for row in rows]}
    )
    with st.expander(label.format(n=f"{len(rows):,}")):
        st.dataframe(table, hide_index=True, key=key)
        st.download_button(
            t.REPORT_DOWNLOAD,
            table.to_csv(index=False).encode("utf-8-sig"),
            file_name=f"sagwa_{key}.csv",
            mime="text/csv",
            key=f"download_{key}",
        )


def _saved(file) -> Path:
    """The upload as a file of its own name in a folder that lasts as long as the session."""
    if "upload_folder" not in st.session_state:
        # Removed when the session's state is dropped.
        st.session_state["upload_folder"] = tempfile.TemporaryDirectory()
    folder = Path(st.session_state["upload_folder"].name) / file.file_id
    path = folder / Path(file.name).name
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.getbuffer())
    return path


def _kind_name(kind: str) -> str:
    names = {
        "auto": t.KIND_AUTO,
        "chat": t.CHATS,
        "review": t.REVIEWS,
        "outcomes": t.KIND_OUTCOMES,
        "mixed": f"{t.CHATS}·{t.REVIEWS}",
    }
    return names[kind]
