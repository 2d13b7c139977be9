"""The verbs of the command line for checks by people, rules of the house and tagging anew."""

from __future__ import annotations

import argparse
import dataclasses

from analysis import checked, retagging, rules
from analysis.messages import gettext as _
from analysis.printed import DONE, print_json, print_line, progress_bar, say


def checks(options: argparse.Namespace) -> int:
    """Show how often people found each tag right."""
    found = checked.summary(options.store)
    if options.json:
        print_json(checked.summary_json(found))
        return DONE
    for row in found.tags:
        print_line(checked.sentence(row, rules.name(options.store, row.tag)))
    say(_("사람이 확인한 문서: {n}건").format(n=found.documents))
    return DONE


def rules_verb(options: argparse.Namespace) -> int:
    """List the rules, or try out or save those of a file."""
    if options.check:
        tried = rules.check_file(options.store, options.check)
        if options.json:
            print_json(
                {"rules": [rules.tried_json(options.store, rule, found) for rule, found in tried]}
            )
            return DONE
        for one in tried:
            print_line(rules.tried_sentence(options.store, *one))
        return DONE
    if options.add:
        saved = rules.put(options.store, *rules.read_file(options.add).rules)
        say(_("규칙을 저장했습니다 (판 {version}).").format(version=saved.version))
    saved = rules.newest(options.store)
    if options.json:
        print_json(rules.as_json(saved))
        return DONE
    for rule in saved.rules:
        retired = _(" (쉼)") if rule.retired else ""
        print_line(f"{rule.id}  {rule.group:8}  {rule.name}{retired}")
    if not saved.rules:
        print_line(_("우리 규칙이 없습니다."))
    return DONE


def retag(options: argparse.Namespace) -> int:
    """Tag anew what is stored."""
    found = retagging.retag(
        options.store,
        batch=options.batch,
        workers=options.workers,
        progress=progress_bar(_("다시 태그")),
    )
    if options.json:
        print_json(dataclasses.asdict(found))
    say(retagging.sentence(found))
    return DONE
