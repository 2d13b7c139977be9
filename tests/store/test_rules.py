from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from analysis.errors import BadRule
from analysis.model import Evidence, Scope, Tag
from analysis.store import checks, conversations, rules, tables
from tests.store.making import chat, check, load

ID = "house_00000a"
RULE = {"id": ID, "name": "기사 방문"}


def save(path, *listed):
    return rules.update(path, lambda _: {"rules": list(listed)})


def holding(id, **others):
    tagged = chat(id, tags=("refund",), **others)
    return type(tagged)(
        tagged.document, (*tagged.tags, Tag(ID, (Evidence(1, 0, 4),))), tagged.opportunities
    )


def ids(path, **wanted):
    return sorted(conversations.conversations(path, Scope(), **wanted).rows["document_id"])


def test_every_version_stays_as_plain_json(path):
    assert rules.read(path) == {"version": 0, "rules": []}
    assert save(path, RULE) == 1
    assert save(path, RULE | {"name": "새 이름"}) == 2
    files = sorted((path / "rules").iterdir())
    assert [file.name for file in files] == ["0001.json", "0002.json"]
    assert json.loads(files[0].read_text(encoding="utf-8")) == {"version": 1, "rules": [RULE]}
    assert "기사 방문" in files[0].read_text(encoding="utf-8")
    assert rules.names(path) == {ID: "새 이름"}
    assert rules.read(path, 1)["rules"] == [RULE]


def test_change_that_fails_leaves_nothing_behind(path):
    save(path, RULE)

    def failing(_):
        raise BadRule("f", "r")

    with pytest.raises(BadRule):
        rules.update(path, failing)
    assert rules.version(path) == 1
    assert [file.name for file in (path / "rules").iterdir()] == ["0001.json"]


def test_people_who_save_at_once_lose_nothing(path):
    def add(number):
        return rules.update(
            path, lambda found: {"rules": [*found["rules"], {"id": number, "name": "n"}]}
        )

    with ThreadPoolExecutor(4) as people:
        assert sorted(people.map(add, range(8))) == list(range(1, 9))
    assert {rule["id"] for rule in rules.read(path)["rules"]} == set(range(8))


def test_half_a_file_is_named_and_stops_no_list(path):
    load(path, chat("1"))
    save(path, RULE)
    (path / "rules" / "0001.json").write_text('{"rules": [', encoding="utf-8")
    with pytest.raises(BadRule, match=r"rules/0001\.json"):
        rules.read(path)
    assert ids(path) == ["1"]


def test_house_tags_are_stored_listed_and_exported(path):
    load(path, holding("with"), chat("without", tags=("refund",)))
    assert ids(path, tags=(ID,)) == ["with"]
    assert ids(path, without=(ID,)) == ["without"]
    rows = conversations.conversations(path, Scope()).rows.set_index("document_id")["tags"]
    assert rows.to_dict() == {"with": ["refund", ID], "without": ["refund"]}
    exported = conversations.export_rows(path, Scope()).set_index("document_id")
    assert exported["house"].to_dict() == {"with": ID, "without": ""}
    assert f"{ID}: 시스템상" in exported.loc["with", "evidence"]
    stored = conversations.document(path, "with")
    assert stored.tags[-1] == Tag(ID, (Evidence(1, 0, 4),))
    assert stored.turns[1].spans == ((ID, 0, 4),)
    with pytest.raises(KeyError):
        ids(path, tags=("house_x' OR TRUE",))


def test_batch_carries_the_version_of_its_rules(path):
    load(path, chat("1"))
    assert tables.batches(path)["rules_version"].isna().tolist() == [True]


def test_checks_of_a_rule_count_only_once_it_is_saved_and_not_retired(path):
    load(path, holding("with"), chat("without"))
    check(path, "with", ID, False)
    check(path, "without", ID, True)
    assert ids(path, checked="differs") == []
    save(path, RULE)
    assert ids(path, checked="differs") == ["with", "without"]
    assert checks.counts(path).table.to_dict("records") == [
        {"tag": ID, "checked": 1, "right": 0, "added": 1}
    ]
    assert checks.of_tag(path, ID) == {("chat", "with"): False, ("chat", "without"): True}
    save(path, RULE | {"retired": True})
    assert ids(path, checked="differs") == []
