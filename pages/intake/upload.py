"""Files in: recognised, mapped, previewed masked, loaded with a report, and taken back."""

from __future__ import annotations

import streamlit as st

from pages.parts import batches, cache, intake, tagger
from pages.parts.text import t

st.title(t.UPLOAD_TITLE, anchor=False)
st.caption(t.UPLOAD_INTRO)

intake.show_reports()
files = st.file_uploader(
    t.UPLOAD_DROP, accept_multiple_files=True, key=intake.uploader_key(), help=t.UPLOAD_FORMATS
)
st.caption(t.UPLOAD_FORMATS)
ready = [intake.prepare(number, file) for number, file in enumerate(files)]
usable = [one for one in ready if one is not None]
left_out = [file.name for file, one in zip(files, ready, strict=True) if one is None]
intake.load_button(usable, left_out, tagger.choose(usable))

left, right = st.columns([3, 2], gap="large")
with left:
    st.subheader(t.BATCHES_HEAD, anchor=False)
    batches.show()
with right:
    st.subheader(t.TEMPLATES_HEAD, anchor=False)
    intake.templates()
    if cache.version():
        st.subheader(t.EXPORT_HEAD, anchor=False)
        batches.export()
