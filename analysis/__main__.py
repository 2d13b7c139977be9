"""The command line: `python -m analysis VERB`; thin, each verb one call and one way to print."""

from __future__ import annotations

import argparse
import dataclasses
import json
import logging
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from analysis import findings, pipeline, report, settings, wording
from analysis.codebook import TOPICS
from analysis.errors import AnalysisError, BadSetting, UnusablePlace
from analysis.messages import gettext as _
from analysis.model import Scope
from analysis.store import tables

DONE, REFUSED, WRONG_USE = 0, 1, 2
_LISTED_ROWS = 20


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; gives the exit code: 0 done, 1 data refused, 2 wrong use."""
    parser = build_parser()
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(levelname)s %(name)s")
    try:
        code = options.run(options)
        sys.stdout.flush()
        return code
    except BadSetting as problem:
        _say(str(problem))
        return WRONG_USE
    except AnalysisError as problem:
        _say(str(problem))
        return REFUSED
    except BrokenPipeError:
        # Whoever read the output has seen enough; Python would complain once more on leaving.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as problem:
        _say(_unusable(problem, getattr(options, "out", None) or getattr(options, "store", None)))
        return REFUSED


def build_parser() -> argparse.ArgumentParser:
    """Every verb with its options (a test holds the README to it)."""
    parser = argparse.ArgumentParser(prog="python -m analysis", description=_DESCRIPTION)
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")

    ingest = _verb(
        verbs, "ingest", _ingest, _("파일을 읽어 가리고 태그해 저장합니다 (파일 하나가 배치 하나)")
    )
    _reading(ingest, nargs="+")
    ingest.add_argument("--sample", action="store_true", help=_("지어낸 표본 자료로 표시합니다"))
    ingest.add_argument("--strict", action="store_true", help=_("못 쓴 행이 있으면 1로 끝냅니다"))
    ingest.add_argument("--workers", type=_count, default=settings.workers(), metavar="N")
    _store(ingest)
    _as_json(ingest)

    tag = _verb(verbs, "tag", _tag, _("저장하지 않고 태그만 해 JSON Lines로 씁니다"))
    _reading(tag)
    tag.add_argument("--out", type=Path, metavar="FILE.jsonl", help=_("없으면 표준 출력"))

    drivers = _verb(verbs, "drivers", _drivers, _("답변과 이탈의 비교를 계산합니다"))
    drivers.add_argument("--horizon", type=int, default=findings.DEFAULT_HORIZON)
    drivers.add_argument("--from", dest="start", type=_day, metavar="DATE")
    drivers.add_argument("--to", dest="end", type=_day, metavar="DATE")
    drivers.add_argument("--topic", action="append", default=[], choices=list(TOPICS))
    drivers.add_argument("--channel", action="append", default=[])
    drivers.add_argument(
        "--include-cancellation",
        action="store_true",
        help=_("해지 자체가 목적인 상담도 비교에 넣습니다"),
    )
    _store(drivers)
    _as_json(drivers)

    batches = _verb(verbs, "batches", _batches, _("가져온 배치를 보여 줍니다"))
    _store(batches)
    _as_json(batches)

    undo = _verb(verbs, "undo", _undo, _("배치 하나를 되돌립니다"))
    undo.add_argument("batch", metavar="BATCH")
    _store(undo)
    _as_json(undo)

    forget = _verb(verbs, "forget", _forget, _("고객 한 명을 모든 곳에서 지웁니다"))
    forget.add_argument("customer", metavar="CUSTOMER_ID")
    _store(forget)
    _as_json(forget)

    export = _verb(
        verbs, "export", _export, _("문서 한 건이 한 행인 표(.xlsx, .csv)나 보고서(.html)를 씁니다")
    )
    export.add_argument("--out", type=Path, required=True, metavar="FILE.xlsx|.csv|.html")
    _store(export)

    demo = _verb(verbs, "demo", _demo, _("효과를 심은 지어낸 내보내기 파일과 truth.json을 씁니다"))
    demo.add_argument("--conversations", type=_count, default=1200, metavar="N")
    demo.add_argument("--seed", type=int, default=7, metavar="S")
    demo.add_argument("--out", type=Path, required=True, metavar="DIR")

    sample = _verb(
        verbs, "sample", _sample, _("빈 저장소를 표본 자료로 채우거나(--remove) 표본을 지웁니다")
    )
    sample.add_argument("--conversations", type=_count, default=1200, metavar="N")
    sample.add_argument("--seed", type=int, default=7, metavar="S")
    sample.add_argument("--remove", action="store_true")
    _store(sample)
    return parser


_DESCRIPTION = (
    "Sagwa: which customer-service answers go together with leaving, and how sure we are."
)


def _ingest(options: argparse.Namespace) -> int:
    reports = []
    code = DONE
    for path in options.files:
        try:
            found = pipeline.load(
                path,
                options.store,
                options=_options(options),
                sample=options.sample,
                workers=options.workers,
                progress=_progress(path.name),
            )
        except (AnalysisError, OSError) as problem:
            sentence = _unusable(problem, path) if isinstance(problem, OSError) else str(problem)
            code = max(code, WRONG_USE if isinstance(problem, BadSetting) else REFUSED)
            reports.append({"file": path.name, "error": sentence})
            _say(sentence)
            continue
        reports.append(dataclasses.asdict(found))
        _say(_load_sentence(found))
        for row in found.rejected[:_LISTED_ROWS]:
            _say(_("  {row}행: {reason}").format(row=row.row, reason=row.reason))
        if len(found.rejected) > _LISTED_ROWS:
            _say(_("  … 그 밖에 {n}행").format(n=len(found.rejected) - _LISTED_ROWS))
        if options.strict and found.rejected:
            code = max(code, REFUSED)
    if options.json:
        _print_json({"files": reports})
    return code


def _load_sentence(found: pipeline.ImportReport) -> str:
    if found.already_loaded:
        return _("{file}: 이미 가져온 파일이라 바뀐 것이 없습니다 (배치 {batch}).").format(
            file=found.file, batch=found.batch_id
        )
    return _(
        "{file}: {rows}행을 읽어 {documents}건을 가져왔습니다 "
        "(배치 {batch}, 못 쓴 행 {rejected}, 바뀐 문서 {replaced}, {seconds:.1f}초)."
    ).format(
        file=found.file,
        rows=found.rows,
        documents=found.documents,
        batch=found.batch_id,
        rejected=len(found.rejected),
        replaced=found.replaced,
        seconds=found.seconds,
    )


def _tag(options: argparse.Namespace) -> int:
    lines = pipeline.tag_file(options.files, options=_options(options))
    if options.out is None:
        for line in lines:
            sys.stdout.write(line + "\n")
        return DONE
    count = 0
    with options.out.open("w", encoding="utf-8") as out:
        for line in lines:
            out.write(line + "\n")
            count += 1
    _say(_("{n}건을 태그해 {out}에 썼습니다.").format(n=count, out=options.out))
    return DONE


def _drivers(options: argparse.Namespace) -> int:
    scope = Scope(
        start=options.start,
        end=options.end,
        channels=tuple(options.channel),
        topics=tuple(options.topic),
    )
    found = findings.drivers(
        options.store,
        scope,
        horizon=options.horizon,
        include_cancellation=options.include_cancellation,
    )
    if options.json:
        _print_json(findings.drivers_json(found))
        return DONE
    for comparison in found.ranked:
        sys.stdout.write(wording.sentence(comparison, horizon=found.horizon) + "\n")
    return DONE


def _batches(options: argparse.Namespace) -> int:
    rows = tables.batches(options.store)
    if options.json:
        _print_json({"batches": json.loads(rows.to_json(orient="records", date_format="iso"))})
        return DONE
    shown = rows[["batch_id", "loaded_at", "kind", "file", "documents", "rejected", "sample"]]
    sys.stdout.write(
        (shown.to_string(index=False) if len(rows) else _("가져온 배치가 없습니다.")) + "\n"
    )
    return DONE


def _undo(options: argparse.Namespace) -> int:
    removed = pipeline.undo(options.store, options.batch)
    if options.json:
        _print_json({"batch_id": options.batch, "documents": removed})
    _say(_("배치 {batch}을(를) 되돌렸습니다: {n}건.").format(batch=options.batch, n=removed))
    return DONE


def _forget(options: argparse.Namespace) -> int:
    removed = pipeline.forget(options.store, options.customer)
    if options.json:
        _print_json({"removed": removed})
    if not sum(removed.values()):
        _say(_("그 번호의 고객이 없어 지운 것이 없습니다. 고객번호를 확인해 주세요."))
        return REFUSED
    _say(_("고객을 지웠습니다: {n}행.").format(n=sum(removed.values())))
    return DONE


def _export(options: argparse.Namespace) -> int:
    count = report.export(options.store, Scope(), options.out)
    _say(_("{n}건을 {out}에 썼습니다.").format(n=count, out=options.out))
    return DONE


def _demo(options: argparse.Namespace) -> int:
    files = pipeline.write_demo(options.out, conversations=options.conversations, seed=options.seed)
    _say(
        _("지어낸 파일을 {out}에 썼습니다: {files}").format(out=options.out, files=", ".join(files))
    )
    return DONE


def _sample(options: argparse.Namespace) -> int:
    if options.remove:
        _say(_("표본 {n}건을 지웠습니다.").format(n=pipeline.remove_sample(options.store)))
        return DONE
    if tables.exists(options.store):
        _say(_("저장소에 이미 자료가 있어 표본을 넣지 않았습니다."))
        return DONE
    pipeline.load_sample(
        options.store,
        conversations=options.conversations,
        seed=options.seed,
        progress=_progress(_("표본")),
    )
    _say(_("지어낸 표본 자료를 넣었습니다."))
    return DONE


def _verb(verbs: Any, name: str, run: Any, about: str) -> argparse.ArgumentParser:
    parser = verbs.add_parser(name, help=about, description=about)
    parser.set_defaults(run=run)
    return parser


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


def _store(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--store", type=Path, default=settings.store_path(), metavar="DIR")


def _as_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help=_("결과를 JSON 객체 하나로 씁니다"))


def _options(options: argparse.Namespace) -> pipeline.Options:
    mapping = {}
    for pair in options.map:
        field, equals, column = pair.partition("=")
        if not (field and equals and column):
            raise BadSetting("--map", pair, _("FIELD=COLUMN 모양으로 써 주세요."))
        mapping[field.strip()] = column.strip()
    return pipeline.Options(
        kind=options.kind, format=options.format, mapping=mapping, agents=tuple(options.agent)
    )


def _progress(name: str) -> pipeline.Progress:
    def show(done: int, total: int) -> None:
        if sys.stderr.isatty() and total:
            end = "\n" if done == total else ""
            sys.stderr.write(f"\r{name}: {done:,}/{total:,}{end}")
            sys.stderr.flush()

    return show


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(_("날짜는 2026-06-30처럼 연-월-일로 써 주세요.")) from None


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(_("1 이상의 정수를 넣어 주세요."))
    return int(text)


def _unusable(problem: OSError, place: Path | None) -> str:
    return str(UnusablePlace(str(problem.filename or place or "")))


def _say(sentence: str) -> None:
    sys.stderr.write(sentence + "\n")


def _print_json(found: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(found, ensure_ascii=False, default=str) + "\n")


if __name__ == "__main__":
    sys.exit(main())
