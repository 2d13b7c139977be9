"""The verb of the command line that compares behaviours and churn."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from analysis import drivers_json, findings, wording, wording_closer
from analysis.model import Scope
from analysis.printed import DONE, print_json


def drivers(options: argparse.Namespace, scope: Scope) -> int:
    """Compare behaviours and churn; with `--behaviour` also look at one closely."""
    asked: dict[str, Any] = {
        "horizon": options.horizon,
        "include_cancellation": options.include_cancellation,
        "covariates": options.covariates,
        "adjusting": not options.no_adjust,
    }
    found = findings.drivers(options.store, scope, **asked)
    closer = None
    if options.behaviour is not None:
        closer = findings.closer(options.store, scope, options.behaviour, **asked)
    if options.json:
        said = drivers_json.drivers_json(found)
        print_json(said if closer is None else said | {"closer": drivers_json.closer_json(closer)})
        return DONE
    for comparison in found.ranked:
        if closer is not None and (options.behaviour, "chat") != (
            comparison.behaviour_id,
            comparison.kind,
        ):
            continue
        sys.stdout.write(wording.sentence(comparison, horizon=found.horizon) + "\n")
        more = () if closer is None else wording_closer.closer(closer)
        for line in (*wording_closer.details(comparison), *more):
            sys.stdout.write(f"  {line}\n")
    return DONE
