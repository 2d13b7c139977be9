"""Which encoding a text file is in, told from its bytes in bounded memory."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from pathlib import Path

from analysis.errors import BadSetting, UnreadableFile
from analysis.messages import gettext as _

_CHUNK = 1 << 20

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def detect(path: Path, *, text_encoding: str | None = None) -> str:
    """Codec of a text file: a byte order mark, then strict UTF-8, then strict CP949.

    Raises UnreadableFile where the file is missing, empty, binary or in none of these, and
    BadSetting where `text_encoding` is no known codec.
    """
    start = head(path)
    if not start:
        raise UnreadableFile(path.name, _("빈 파일입니다. 내보내기가 끝난 파일인지 확인해 주세요."))
    if text_encoding is not None:
        _check_codec(text_encoding)
        candidates: tuple[str, ...] = (text_encoding,)
    else:
        marked = next((codec for bom, codec in _BOMS if start.startswith(bom)), None)
        candidates = (marked,) if marked else ("utf-8", "cp949")
    for codec in candidates:
        if _decodes(path, codec):
            return codec
        if codec == "utf-8" and _mostly_utf8(start):
            raise UnreadableFile(
                path.name,
                _("UTF-8 파일의 글자가 깨졌거나 파일 끝이 잘렸습니다. 다시 내보내 주세요."),
            )
    raise UnreadableFile(
        path.name,
        _(
            "글자 인코딩을 알 수 없습니다(UTF-8, UTF-16, CP949 모두 아님). "
            "프로그램에서 UTF-8 CSV로 다시 내보내 주세요."
        ),
    )


def head(path: Path, size: int = 65536) -> bytes:
    """The first bytes of a file.

    Raises UnreadableFile where there is no such file or it may not be read.
    """
    try:
        with path.open("rb") as opened:
            return opened.read(size)
    except FileNotFoundError:
        reason = _("파일이 없습니다. 경로를 확인해 주세요.")
    except OSError:
        reason = _("파일을 열 수 없습니다. 폴더가 아닌 파일인지, 읽기 권한이 있는지 확인해 주세요.")
    raise UnreadableFile(path.name, reason)


def binary(path: Path) -> UnreadableFile:
    """The refusal of a file that holds no text."""
    return UnreadableFile(
        path.name,
        _(
            "글자로 된 파일이 아닙니다. CSV, TSV, XLSX, JSON, JSONL, TXT, HTML 가운데 하나로 "
            "내보내 주세요."
        ),
    )


def _check_codec(name: str) -> None:
    try:
        codecs.lookup(name)
    except LookupError:
        raise BadSetting(
            "text_encoding", name, _("utf-8, utf-16, cp949 가운데 하나를 써 주세요.")
        ) from None


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as opened:
        while chunk := opened.read(_CHUNK):
            yield chunk


def _decodes(path: Path, codec: str) -> bool:
    decoder = codecs.getincrementaldecoder(codec)(errors="strict")
    try:
        for chunk in _chunks(path):
            if "\x00" in decoder.decode(chunk):
                raise binary(path)
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def _mostly_utf8(start: bytes) -> bool:
    # A UTF-8 file with one broken byte may pass as CP949 and come out as nonsense: better refused.
    text = start.decode("utf-8", errors="replace")
    foreign = sum(character > "\x7f" for character in text)
    return foreign > 0 and text.count("\ufffd") < foreign / 4
