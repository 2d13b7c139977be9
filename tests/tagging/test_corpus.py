"""The corpus follows the codebook's rules, document by document."""

import json
from collections import Counter
from pathlib import Path

import pytest

from analysis import settings
from analysis.codebook import BEHAVIOURS, SIGNALS, TOPICS
from analysis.mask import mask

FILES = sorted((settings.DATA / "corpus").glob("*.jsonl"))
DOCUMENTS = [json.loads(line) for path in FILES for line in path.open(encoding="utf-8")]
NEEDS_COMPLAINT = {"apology", "no_apology", "apology_specific", "empathy", "responsibility_shift"}


def texts(document):
    if document["kind"] == "chat":
        return [turn["text"] for turn in document["turns"]]
    return [document["text"]]


def test_ids_are_unique_and_there_is_enough():
    kinds = Counter(document["kind"] for document in DOCUMENTS)

    assert len({document["id"] for document in DOCUMENTS}) == len(DOCUMENTS)
    assert kinds["chat"] >= 800
    assert kinds["review"] >= 200


def test_readme_counts_every_file():
    readme = (settings.DATA / "corpus" / "README.md").read_text(encoding="utf-8")
    for path in FILES:
        kinds = Counter(json.loads(line)["kind"] for line in path.open(encoding="utf-8"))
        assert f"| `{path.name}` | {kinds['chat'] or '–'} | {kinds['review']} |" in readme


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_labels_follow_the_codebook(path: Path):
    for line in path.open(encoding="utf-8"):
        document = json.loads(line)
        labels, name = document["labels"], document["id"]
        customer, agent = set(labels["customer"]), set(labels["agent"])
        assert set(labels["topics"]) <= set(TOPICS), name
        assert labels["topics"], name
        assert "other" not in labels["topics"] or len(labels["topics"]) == 1, name
        assert customer <= set(SIGNALS), name
        assert agent <= set(BEHAVIOURS), name
        assert "apology_specific" not in agent or "apology" in agent, name
        if document["kind"] == "chat":
            assert not {"concrete_next_step", "no_next_step"} <= agent, name
            assert "complaint" in customer or not agent & NEEDS_COMPLAINT, name
            assert ("complaint" in customer) == (("apology" in agent) != ("no_apology" in agent)), (
                name
            )


def test_evidence_is_there():
    for document in DOCUMENTS:
        labels = document["labels"]
        for tag, places in document["evidence"].items():
            assert tag in {*labels["customer"], *labels["agent"]}, document["id"]
            for place in places:
                if document["kind"] == "chat":
                    assert 0 <= place < len(document["turns"]), document["id"]
                else:
                    assert place in document["text"], document["id"]


def test_every_customer_turn_has_a_sentiment():
    for document in DOCUMENTS:
        if document["kind"] == "chat":
            turns = {str(i) for i, t in enumerate(document["turns"]) if t["speaker"] == "customer"}
            assert set(document["labels"]["sentiment"]) == turns, document["id"]


def test_no_personal_data():
    assert not [d["id"] for d in DOCUMENTS if any(mask.mask_counts(t)[1] for t in texts(d))]
