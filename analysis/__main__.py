"""The command line: `python -m analysis VERB`; thin, each verb one call and one way to print."""

from __future__ import annotations

import argparse
import dataclasses
import json
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from analysis import (
    drivers_verb,
    house_verbs,
    pipeline,
    report,
    rules,
    scripts,
    suggestions,
    taggers,
    wording,
)
from analysis.arguments import build_parser
from analysis.errors import AnalysisError, BadSetting, UnusablePlace
from analysis.messages import gettext as _
from analysis.model import Scope
from analysis.printed import DONE, REFUSED, WRONG_USE, print_json, progress_bar, say
from analysis.store import macros, tables

_LISTED_ROWS = 20


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; gives the exit code: 0 done, 1 data refused, 2 wrong use."""
    options = build_parser().parse_args(arguments)
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(levelname)s %(name)s")
    try:
        code = _VERBS[options.verb](options)
        sys.stdout.flush()
        return code
    except BadSetting as problem:
        say(str(problem))
        return WRONG_USE
    except AnalysisError as problem:
        say(str(problem))
        return REFUSED
    except BrokenPipeError:
        # Whoever read the output has seen enough; Python would complain once more on leaving.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as problem:
        say(_unusable(problem, getattr(options, "out", None) or getattr(options, "store", None)))
        return REFUSED


def _ingest(options: argparse.Namespace) -> int:
    reports = []
    code = DONE
    model = _model(options)
    for path in options.files:
        try:
            found = pipeline.load(
                path,
                options.store,
                options=_options(options),
                sample=options.sample,
                workers=options.workers,
                progress=progress_bar(path.name),
                model=model,
            )
        except (AnalysisError, OSError) as problem:
            sentence = _unusable(problem, path) if isinstance(problem, OSError) else str(problem)
            code = max(code, WRONG_USE if isinstance(problem, BadSetting) else REFUSED)
            reports.append({"file": path.name, "error": sentence})
            say(sentence)
            continue
        reports.append(dataclasses.asdict(found))
        say(_load_sentence(found))
        if found.llm is not None:
            say(wording.asked(found.llm))
        for row in found.rejected[:_LISTED_ROWS]:
            say(_("  {row}행: {reason}").format(row=row.row, reason=row.reason))
        if len(found.rejected) > _LISTED_ROWS:
            say(_("  … 그 밖에 {n}행").format(n=len(found.rejected) - _LISTED_ROWS))
        if options.strict and found.rejected:
            code = max(code, REFUSED)
    if options.json:
        print_json({"files": reports})
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
    model = _model(options)
    own = rules.read_file(options.rules) if options.rules else None
    lines = pipeline.tag_file(options.files, options=_options(options), own=own, model=model)
    if options.out is None:
        for line in lines:
            sys.stdout.write(line + "\n")
    else:
        count = 0
        with options.out.open("w", encoding="utf-8") as out:
            for line in lines:
                out.write(line + "\n")
                count += 1
        say(_("{n}건을 태그해 {out}에 썼습니다.").format(n=count, out=options.out))
    if model is not None:
        say(wording.asked(model.report()))
    return DONE


def _drivers(options: argparse.Namespace) -> int:
    return drivers_verb.drivers(options, _scope(options))


def _scripts(options: argparse.Namespace) -> int:
    found = scripts.scripts(options.store, _scope(options), least=options.least)
    marks = macros.marks(options.store)
    if options.json:
        print_json(scripts.scripts_json(found, marks))
        return DONE
    for family in found.families:
        sys.stdout.write(scripts.sentence(found, family, marks) + "\n")
    if not found.families:
        say(_("{n}번 넘게 되풀이된 문장이 없습니다.").format(n=found.least - 1))
    return DONE


def _scope(options: argparse.Namespace) -> Scope:
    return Scope(
        start=options.start,
        end=options.end,
        channels=tuple(options.channel),
        topics=tuple(options.topic),
    )


def _suggest(options: argparse.Namespace) -> int:
    found = suggestions.suggest(options.store, Scope(), least=options.least)
    if options.json:
        print_json(suggestions.as_json(found))
        return DONE
    for one in found.suggestions:
        sys.stdout.write(wording.suggested(one) + "\n")
    say(wording.read_for_suggestions(found))
    return DONE


def _batches(options: argparse.Namespace) -> int:
    rows = tables.batches(options.store)
    if options.json:
        print_json({"batches": json.loads(rows.to_json(orient="records", date_format="iso"))})
        return DONE
    columns = ["batch_id", "loaded_at", "kind", "file", "documents", "rejected", "sample"]
    shown = rows[[*columns, "tagger_version"]]
    sys.stdout.write(
        (shown.to_string(index=False) if len(rows) else _("가져온 배치가 없습니다.")) + "\n"
    )
    return DONE


def _undo(options: argparse.Namespace) -> int:
    removed = pipeline.undo(options.store, options.batch)
    if options.json:
        print_json({"batch_id": options.batch, "documents": removed})
    say(_("배치 {batch}을(를) 되돌렸습니다: {n}건.").format(batch=options.batch, n=removed))
    return DONE


def _forget(options: argparse.Namespace) -> int:
    removed = pipeline.forget(options.store, options.customer)
    if options.json:
        print_json({"removed": removed})
    if not sum(removed.values()):
        say(_("그 번호의 고객이 없어 지운 것이 없습니다. 고객번호를 확인해 주세요."))
        return REFUSED
    say(_("고객을 지웠습니다: {n}행.").format(n=sum(removed.values())))
    return DONE


def _export(options: argparse.Namespace) -> int:
    count = report.export(options.store, Scope(), options.out)
    say(_("{n}건을 {out}에 썼습니다.").format(n=count, out=options.out))
    return DONE


def _demo(options: argparse.Namespace) -> int:
    files = pipeline.write_demo(options.out, conversations=options.conversations, seed=options.seed)
    say(
        _("지어낸 파일을 {out}에 썼습니다: {files}").format(out=options.out, files=", ".join(files))
    )
    return DONE


def _sample(options: argparse.Namespace) -> int:
    if options.remove:
        say(_("표본 {n}건을 지웠습니다.").format(n=pipeline.remove_sample(options.store)))
        return DONE
    if tables.exists(options.store):
        say(_("저장소에 이미 자료가 있어 표본을 넣지 않았습니다."))
        return DONE
    pipeline.load_sample(
        options.store,
        conversations=options.conversations,
        seed=options.seed,
        progress=progress_bar(_("표본")),
    )
    say(_("지어낸 표본 자료를 넣었습니다."))
    return DONE


def _options(options: argparse.Namespace) -> pipeline.Options:
    mapping = {}
    for pair in options.map:
        field, equals, column = pair.partition("=")
        if not (field and equals and column):
            raise BadSetting("--map", pair, _("FIELD=COLUMN 모양으로 써 주세요."))
        mapping[field.strip()] = column.strip()
    return pipeline.Options(
        kind=options.kind,
        format=options.format,
        mapping=mapping,
        agents=tuple(options.agent),
        password=_password(options.password_file),
    )


def _model(options: argparse.Namespace) -> taggers.LanguageModel | None:
    """The language model, where it is asked for; what each file will take is said before."""
    if options.tagger != "llm":
        if options.llm_budget is not None:
            raise BadSetting(
                "--llm-budget", options.llm_budget, _("--tagger llm과 함께 써 주세요.")
            )
        return None
    return taggers.language_model(
        options.store,
        budget=options.llm_budget,
        announce=lambda estimate: say(wording.to_ask(estimate)),
    )


def _password(path: Path | None) -> str | None:
    """The first line of a file as it stands there: a password may end with a space."""
    if path is None:
        return None
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError:
        lines = []
    if not lines or not lines[0]:
        raise BadSetting("--password-file", str(path), _("첫 줄에 암호를 UTF-8로 적어 주세요."))
    return lines[0]


def _unusable(problem: OSError, place: Path | None) -> str:
    return str(UnusablePlace(str(problem.filename or place or "")))


_VERBS = {
    "ingest": _ingest,
    "tag": _tag,
    "drivers": _drivers,
    "scripts": _scripts,
    "checks": house_verbs.checks,
    "rules": house_verbs.rules_verb,
    "suggest": _suggest,
    "batches": _batches,
    "retag": house_verbs.retag,
    "undo": _undo,
    "forget": _forget,
    "export": _export,
    "demo": _demo,
    "sample": _sample,
}


if __name__ == "__main__":
    sys.exit(main())
