"""What the command line takes: every verb with its options, and how their values are read."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from analysis import comparing, findings, pipeline, scripts, settings, suggestions, taggers
from analysis.codebook import BEHAVIOURS, TOPICS
from analysis.messages import gettext as _


def build_parser() -> argparse.ArgumentParser:
    """Every verb with its options (a test holds the README to it)."""
    parser = argparse.ArgumentParser(prog="python -m analysis", description=_DESCRIPTION)
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")

    ingest = _verb(
        verbs, "ingest", _("파일을 읽어 가리고 태그해 저장합니다 (파일 하나가 배치 하나)")
    )
    _reading(ingest, nargs="+")
    ingest.add_argument("--sample", action="store_true", help=_("지어낸 표본 자료로 표시합니다"))
    ingest.add_argument("--strict", action="store_true", help=_("못 쓴 행이 있으면 1로 끝냅니다"))
    ingest.add_argument("--workers", type=_count, default=settings.workers(), metavar="N")
    _tagger(ingest)
    _store(ingest)
    _as_json(ingest)

    tag = _verb(verbs, "tag", _("저장하지 않고 태그만 해 JSON Lines로 씁니다"))
    _reading(tag)
    tag.add_argument("--out", type=Path, metavar="FILE.jsonl", help=_("없으면 표준 출력"))
    tag.add_argument(
        "--rules", type=Path, metavar="FILE.json", help=_("우리 규칙의 파일. 태그에 함께 붙입니다")
    )
    _tagger(tag)
    _store(tag)

    drivers = _verb(verbs, "drivers", _("답변과 이탈의 비교를 계산합니다"))
    drivers.add_argument("--horizon", type=int, default=findings.DEFAULT_HORIZON)
    _scope(drivers)
    drivers.add_argument(
        "--include-cancellation",
        action="store_true",
        help=_("해지 자체가 목적인 상담도 비교에 넣습니다"),
    )
    drivers.add_argument(
        "--behaviour",
        choices=sorted(BEHAVIOURS),
        metavar="ID",
        help=_("이 답변 하나를 자세히: 시간에 따른 곡선과 보정의 확인"),
    )
    adjustment = drivers.add_mutually_exclusive_group()
    adjustment.add_argument(
        "--covariates",
        type=_names,
        metavar="NAME,NAME",
        help=_("같은 값끼리 비교할 변수: {names}, 또는 고객 결과 파일의 다른 열").format(
            names=", ".join(comparing.COVARIATES)
        ),
    )
    adjustment.add_argument("--no-adjust", action="store_true", help=_("보정하지 않습니다"))
    _store(drivers)
    _as_json(drivers)

    repeated = _verb(verbs, "scripts", _("상담사들이 되풀이해 보낸 문장을 셉니다"))
    _scope(repeated)
    repeated.add_argument(
        "--least",
        type=_count,
        default=scripts.LEAST,
        metavar="N",
        help=_("이만큼 보낸 문장부터 (2 이상)"),
    )
    _store(repeated)
    _as_json(repeated)

    checks = _verb(verbs, "checks", _("사람이 태그를 확인한 결과를 태그마다 보여 줍니다"))
    _store(checks)
    _as_json(checks)

    rules = _verb(
        verbs, "rules", _("우리 규칙을 보여 주거나, 파일의 규칙을 시험하거나, 저장합니다")
    )
    files = rules.add_mutually_exclusive_group()
    files.add_argument(
        "--check",
        type=Path,
        metavar="FILE.json",
        help=_("저장하지 않고, 규칙마다 몇 건에 맞는지 보여 줍니다"),
    )
    files.add_argument(
        "--import",
        dest="add",
        type=Path,
        metavar="FILE.json",
        help=_("파일의 규칙을 더하고, id가 같은 규칙은 바꿉니다"),
    )
    _store(rules)
    _as_json(rules)

    suggest = _verb(verbs, "suggest", _("아직 이름이 없는 주제를 찾아 제안합니다"))
    suggest.add_argument(
        "--least",
        type=_count,
        default=suggestions.DEFAULT_LEAST,
        metavar="N",
        help=_("제안 하나에 필요한 문서 수"),
    )
    _store(suggest)
    _as_json(suggest)

    batches = _verb(verbs, "batches", _("가져온 배치를 보여 줍니다"))
    _store(batches)
    _as_json(batches)

    retag = _verb(
        verbs, "retag", _("저장된 문서를 지금의 태그 프로그램과 우리 규칙으로 다시 태그합니다")
    )
    retag.add_argument("--batch", metavar="BATCH", help=_("이 배치만"))
    retag.add_argument("--workers", type=_count, default=settings.workers(), metavar="N")
    _store(retag)
    _as_json(retag)

    undo = _verb(verbs, "undo", _("배치 하나를 되돌립니다"))
    undo.add_argument("batch", metavar="BATCH")
    _store(undo)
    _as_json(undo)

    forget = _verb(verbs, "forget", _("고객 한 명을 모든 곳에서 지웁니다"))
    forget.add_argument("customer", metavar="CUSTOMER_ID")
    _store(forget)
    _as_json(forget)

    export = _verb(
        verbs, "export", _("문서 한 건이 한 행인 표(.xlsx, .csv)나 보고서(.html)를 씁니다")
    )
    export.add_argument("--out", type=Path, required=True, metavar="FILE.xlsx|.csv|.html")
    _store(export)

    demo = _verb(verbs, "demo", _("효과를 심은 지어낸 내보내기 파일과 truth.json을 씁니다"))
    demo.add_argument("--conversations", type=_count, default=1200, metavar="N")
    demo.add_argument("--seed", type=int, default=7, metavar="S")
    demo.add_argument("--out", type=Path, required=True, metavar="DIR")

    sample = _verb(verbs, "sample", _("빈 저장소를 표본 자료로 채우거나(--remove) 표본을 지웁니다"))
    sample.add_argument("--conversations", type=_count, default=1200, metavar="N")
    sample.add_argument("--seed", type=int, default=7, metavar="S")
    sample.add_argument("--remove", action="store_true")
    _store(sample)
    return parser


def verbs() -> dict[str, argparse.ArgumentParser]:
    """The parser of every verb by its name."""
    found = next(one for one in build_parser()._actions if one.dest == "verb")
    return dict(found.choices or {})


_DESCRIPTION = (
    "Sagwa: which customer-service answers go together with leaving, and how sure we are."
)


def _verb(verbs: Any, name: str, about: str) -> argparse.ArgumentParser:
    return verbs.add_parser(name, help=about, description=about)


def _reading(parser: argparse.ArgumentParser, **files: Any) -> None:
    parser.add_argument("files", type=Path, metavar="FILE", **files)
    parser.add_argument("--kind", choices=["auto", "chat", "review", "outcomes"], default="auto")
    parser.add_argument(
        "--format",
        choices=["auto", *pipeline.FORMATS],
        default="auto",
        help=_("내용을 보고 정한 형식 대신 쓸 형식"),
    )
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="FIELD=COLUMN",
        help=_("필드에 열을 연결합니다. 'FIELD==값'은 모든 행에 그 값을 씁니다"),
    )
    parser.add_argument(
        "--agent", action="append", default=[], metavar="NAME", help=_("상담사로 볼 발화자 이름")
    )
    parser.add_argument(
        "--password-file",
        type=Path,
        metavar="FILE",
        help=_("첫 줄이 잠긴 엑셀 파일의 암호인 파일"),
    )


def _tagger(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--tagger",
        choices=taggers.NAMES,
        default=taggers.NAMES[0],
        help=_("llm은 가린 글을 SAGWA_LLM_URL의 언어 모델로 보냅니다"),
    )
    parser.add_argument(
        "--llm-budget",
        metavar="AMOUNT",
        help=_("언어 모델에 쓸 한도: 2.5(금액) 또는 500000tokens(토큰 수)"),
    )


def _scope(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--from", dest="start", type=_day, metavar="DATE")
    parser.add_argument("--to", dest="end", type=_day, metavar="DATE")
    parser.add_argument("--topic", action="append", default=[], choices=list(TOPICS))
    parser.add_argument("--channel", action="append", default=[])


def _store(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--store", type=Path, default=settings.store_path(), metavar="DIR")


def _as_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help=_("결과를 JSON 객체 하나로 씁니다"))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(_("날짜는 2026-06-30처럼 연-월-일로 써 주세요.")) from None


def _names(text: str) -> list[str]:
    names = [name.strip() for name in text.split(",") if name.strip()]
    if not names:
        raise argparse.ArgumentTypeError(_("쉼표로 나눈 이름을 넣어 주세요."))
    return names


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(_("1 이상의 정수를 넣어 주세요."))
    return int(text)
