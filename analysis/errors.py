"""Known problems: each says what is wrong, where, and what to do, and quotes no customer text.

Callers match on the class; people read the sentence. Anything that is not an AnalysisError is a
bug. The classes are not frozen: a frozen exception cannot be raised inside a `with`.
"""

from __future__ import annotations

from dataclasses import dataclass

from analysis.messages import gettext as _


class AnalysisError(Exception):
    """A problem that the person at the screen can understand and act on."""


@dataclass(eq=False)
class UnreadableFile(AnalysisError):
    """The file could not be read as any known format."""

    file: str
    reason: str

    def __str__(self) -> str:
        return _("{file}: 읽을 수 없는 파일입니다. {reason}").format(
            file=self.file, reason=self.reason
        )


@dataclass(eq=False)
class LockedWorkbook(AnalysisError):
    """The workbook opens with a password only, and none or not the right one was given."""

    file: str
    tried: bool

    def __str__(self) -> str:
        sentence = (
            _(
                "{file}: 암호가 맞지 않아 엑셀 파일을 열 수 없습니다. 대문자와 빈칸까지 같은지 "
                "확인해 주세요."
            )
            if self.tried
            else _(
                "{file}: 암호로 잠긴 엑셀 파일입니다. 가져오기 화면이나 --password-file에 암호를 "
                "넣어 주세요."
            )
        )
        return sentence.format(file=self.file)


@dataclass(eq=False)
class MissingColumns(AnalysisError):
    """The table lacks columns without which it cannot be read."""

    file: str
    missing: tuple[str, ...]
    found: tuple[str, ...]

    def __str__(self) -> str:
        return _(
            "{file}: 필요한 열이 없습니다: {missing}. 파일에 있는 열: {found}. "
            "열 이름을 맞추거나 --map 또는 가져오기 화면에서 열을 연결해 주세요."
        ).format(
            file=self.file,
            missing=", ".join(self.missing),
            found=", ".join(self.found[:20]) or "-",
        )


@dataclass(eq=False)
class NothingToLoad(AnalysisError):
    """The file was read, and no row of it could be used."""

    file: str
    rows: int
    reason: str

    def __str__(self) -> str:
        return _("{file}: 쓸 수 있는 행이 없습니다(읽은 행 {rows}개). {reason}").format(
            file=self.file, rows=self.rows, reason=self.reason
        )


@dataclass(eq=False)
class UnknownBatch(AnalysisError):
    """There is no loaded batch of that id."""

    batch_id: str

    def __str__(self) -> str:
        return _(
            "배치 {batch_id}을(를) 찾을 수 없습니다. batches 명령이나 가져오기 화면의 목록에서 "
            "번호를 확인해 주세요."
        ).format(batch_id=self.batch_id)


@dataclass(eq=False)
class UnknownDocument(AnalysisError):
    """There is no loaded document of that id."""

    document_id: str

    def __str__(self) -> str:
        return _(
            "문서 {document_id}을(를) 찾을 수 없습니다. 되돌린 배치에 있었거나 지워졌을 수 "
            "있습니다. 목록에서 다시 골라 주세요."
        ).format(document_id=self.document_id)


@dataclass(eq=False)
class BadRule(AnalysisError):
    """A rule of the house cannot be used."""

    where: str
    reason: str

    def __str__(self) -> str:
        return _("{where}: 규칙을 쓸 수 없습니다. {reason}").format(
            where=self.where, reason=self.reason
        )


@dataclass(eq=False)
class UnknownSuggestion(AnalysisError):
    """There is no suggested topic of that id."""

    suggestion_id: str

    def __str__(self) -> str:
        return _(
            "제안 {suggestion_id}을(를) 찾을 수 없습니다. suggest 명령이나 주제 제안 화면의 "
            "목록에서 번호를 확인해 주세요."
        ).format(suggestion_id=self.suggestion_id)


@dataclass(eq=False)
class BadSetting(AnalysisError):
    """An option or setting has a value that cannot be used."""

    name: str
    value: str
    expected: str

    def __str__(self) -> str:
        return _("{name}의 값 '{value}'을(를) 쓸 수 없습니다. {expected}").format(
            name=self.name, value=self.value, expected=self.expected
        )


@dataclass(eq=False)
class StoreBusy(AnalysisError):
    """Another process has held the store for writing longer than anyone should wait."""

    store: str

    def __str__(self) -> str:
        return _(
            "{store}: 다른 작업이 저장소에 쓰고 있어 기다리다 멈췄습니다. "
            "진행 중인 가져오기가 끝난 뒤 다시 시도해 주세요."
        ).format(store=self.store)


@dataclass(eq=False)
class UnusablePlace(AnalysisError):
    """A file or folder that is needed cannot be read or written where it is."""

    place: str

    def __str__(self) -> str:
        return _(
            "{place}: 이 자리를 읽거나 쓸 수 없습니다. 폴더가 있는지, 권한과 남은 공간이 있는지 "
            "확인해 주세요."
        ).format(place=self.place)
