"""Accuracy on labelled documents that no model was trained on must not fall."""

import importlib.util
from pathlib import Path

import pytest

from analysis.tagging import corpus, labels, tag

GOLD = Path(__file__).parents[3] / "shared" / "gold"

FLOORS = [
    ("chat", "customer", "macro_f1", 0.86),
    ("chat", "agent", "macro_f1", 0.88),
    ("chat", "topics", "micro_f1", 0.76),
    ("chat", "sentiment", "accuracy", 0.86),
    ("review", "customer", "micro_f1", 0.79),
    ("review", "agent", "micro_f1", 0.71),
    ("review", "topics", "micro_f1", 0.74),
    ("review", "sentiment", "accuracy", 0.80),
]


@pytest.fixture(scope="module")
def scores():
    if not (GOLD / "dev.jsonl").exists():
        pytest.skip("the shared labelled documents are not here")
    spec = importlib.util.spec_from_file_location("evaluate", GOLD / "evaluate.py")
    evaluate = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(evaluate)
    gold = evaluate.load(GOLD / "dev.jsonl")
    documents = [corpus.as_document(one) for one in gold.values()]
    found = {one.document.id: labels.as_json(one) for one in tag.tag_all(documents)}
    return evaluate.evaluate(gold, found)


@pytest.mark.parametrize(("kind", "group", "figure", "floor"), FLOORS)
def test_accuracy_does_not_fall(scores, kind, group, figure, floor):
    assert scores[kind][group][figure] >= floor
