"""What the documents say is there, and what is there stands in the documents."""

from __future__ import annotations

import json
import re
import shlex
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from analysis import arguments, codebook, pipeline, settings
from analysis.model import Scope
from analysis.store import queries, tables
from analysis.tagging import house_json, lexicon
from tests.test_architecture import SOURCES, imports

ROOT = settings.ROOT
READMES = ("README.md", "README.ko.md")
DOCUMENTS = (*READMES, "CHANGELOG.md", "docs/codebook.md")
PICTURES = {
    "README.md": "docs/answers-and-churn.png",
    "README.ko.md": "docs/answers-and-churn.ko.png",
}
VERBS = arguments.verbs()

each_readme = pytest.mark.parametrize("name", READMES)
each_document = pytest.mark.parametrize("name", DOCUMENTS)


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(name: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", text(name), re.DOTALL)


def requirements(name: str) -> list[str]:
    """The lines of a requirements file that ask for something."""
    lines = [line.strip() for line in text(name).splitlines()]
    return [line for line in lines if line and not line.startswith(("#", "-r"))]


def required(name: str) -> dict[str, Requirement]:
    found = [Requirement(line.partition("#")[0].strip()) for line in requirements(name)]
    return {_plain(one.name): one for one in found}


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.fixture(scope="module")
def sample_store(tmp_path_factory):
    """A folder whose data/store holds a few invented conversations, as the examples expect."""
    folder = tmp_path_factory.mktemp("reader")
    pipeline.load_sample(folder / "data" / "store", conversations=40)
    return folder


# Commands, settings, targets


@each_readme
def test_every_verb_and_option_is_explained(name):
    said = text(name)
    options = {
        one for verb in VERBS.values() for action in verb._actions for one in action.option_strings
    }
    missing = {verb for verb in VERBS if f"python -m analysis {verb}" not in said}
    missing |= {option for option in options - {"-h", "--help"} if f"`{option}" not in said}
    assert not missing


@each_readme
def test_option_table_names_only_what_is_there(name):
    options = {one for verb in VERBS.values() for one in verb._option_string_actions}
    assert set(re.findall(r"`(--[a-z][a-z-]*)", text(name))) <= options


@each_readme
def test_every_command_shown_can_be_given(name):
    shown = re.findall(r"python -m analysis ((?!\.)[a-z][^`\n]*)", text(name))
    assert len(shown) >= len(VERBS)
    for command in shown:
        assert arguments.build_parser().parse_args(shlex.split(command)).verb in VERBS


@each_readme
def test_every_module_to_run_is_there(name):
    for module in re.findall(r"python -m (analysis\.[a-z.]+)", text(name)):
        assert (ROOT / module.replace(".", "/")).with_suffix(".py").exists()


@each_readme
def test_settings_are_those_that_are_read(name):
    assert set(re.findall(r"SAGWA_[A-Z_]+", text(name))) == set(settings.VARIABLES)


@each_readme
def test_targets_are_those_of_the_makefile(name):
    targets = set(re.findall(r"^\.PHONY: (.*)$", text("Makefile"), re.MULTILINE)[0].split())
    assert set(re.findall(r"make ([a-z]+)(?=`|\s+#)", text(name))) == targets
    assert all(re.search(rf"^{one}:", text("Makefile"), re.MULTILINE) for one in targets)


@each_readme
def test_plain_way_to_start_needs_only_what_is_there(name):
    assert "`pip install -r requirements.txt && streamlit run app.py`" in text(name)
    assert (ROOT / "requirements.txt").exists()
    assert (ROOT / "app.py").exists()


# Files, tables, tags


@each_readme
@pytest.mark.parametrize("kind", pipeline.FIELDS)
def test_every_column_of_a_file_is_explained(name, kind):
    (row,) = [line for line in text(name).splitlines() if re.match(rf"\| [^|]*{kind}\)? \|", line)]
    told = re.findall(r"(\*\*)?`(\w+)`", row)
    assert {column for _, column in told} == {one.name for one in pipeline.FIELDS[kind]}
    needed = {one.name for one in pipeline.FIELDS[kind] if one.required}
    assert {column for bold, column in told if bold} == needed


@each_readme
def test_tables_are_those_of_the_store(name):
    assert {one for one in tables.SCHEMAS if f"\n| `{one}` |" in text(name)} == set(tables.SCHEMAS)


@each_readme
def test_store_is_read_as_the_example_reads_it(name, sample_store, monkeypatch):
    monkeypatch.chdir(sample_store)
    (example,) = blocks(name, "python")
    found: dict = {}
    exec(compile(example, name, "exec"), found)
    totals = queries.totals(sample_store / "data" / "store", Scope())
    assert sum(documents for _, documents, _ in found["rows"]) == totals.documents > 0


@each_readme
def test_example_of_rules_can_be_read(name):
    (example,) = blocks(name, "json")
    (rule,) = house_json.read(json.loads(example), name).rules
    assert {"group", "speaker", "contains", "without", "after"} <= house_json.rule_json(rule).keys()
    assert house_json.rule_json(rule)["after"]["tag"] == "complaint"


@each_readme
def test_example_of_a_lexicon_entry_proves_itself(name):
    (example,) = blocks(name, "toml")
    ((act_id, entry),) = tomllib.loads(example).items()
    act = lexicon._act(act_id, entry)
    assert all(list(act.spans(hit)) for hit in act.hits)
    assert not [miss for miss in act.misses if list(act.spans(miss))]


def test_codebook_explains_every_tag_and_no_other():
    rows = re.findall(r"^\| `(\w+)` \|", text("docs/codebook.md"), re.MULTILINE)
    assert sorted(rows) == sorted((*codebook.SENTIMENTS, *codebook.ALL_TAGS))


def test_both_readmes_have_the_same_parts_and_examples():
    english, korean = ([len(re.findall(r"^#+ ", text(n), re.MULTILINE))] for n in READMES)
    assert english == korean
    assert blocks("README.md", "python") == blocks("README.ko.md", "python")


# Links and pictures


@each_document
def test_linked_files_are_there(name):
    links = re.findall(r"\]\(([^)#]+)\)", text(name))
    here = [link for link in links if not link.startswith("http")]
    assert [link for link in here if not ((ROOT / name).parent / link).exists()] == []


@each_readme
def test_named_files_are_there(name):
    named = re.findall(r"`((?:tests|pages|analysis|data|docs)/[\w./]*)`", text(name))
    assert named
    # Where the store lies is a default: it is not there before the first load.
    assert [one for one in named if one != "data/store" and not (ROOT / one).exists()] == []


@each_readme
def test_readme_opens_with_a_small_picture(name):
    picture = ROOT / PICTURES[name]
    assert f"]({PICTURES[name]})" in "".join(text(name).splitlines()[:4])
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert picture.stat().st_size < 300_000


def test_licence_is_the_one_that_is_named():
    assert "GNU GENERAL PUBLIC LICENSE\n                       Version 3" in text("LICENSE")
    assert all("GPL-3.0-or-later" in text(name) for name in READMES)


# Requirements


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_requirement_has_a_range_and_a_reason(name):
    for line in requirements(name):
        assert re.fullmatch(r"[\w-]+>=[\w.,<]+\s+# \w.+", line)


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_lock_pins_every_requirement_within_its_range(name):
    locked = dict(line.split("==") for line in requirements("requirements.lock"))
    pinned = {_plain(one): version for one, version in locked.items()}
    for one, asked in required(name).items():
        assert asked.specifier.contains(pinned[one])


def _libraries(paths: list[Path]) -> set[str]:
    """The distributions that the modules import."""
    providers = packages_distributions()
    tops = {name.split(".")[0] for path in paths for name in imports(path)}
    return {_plain(one) for top in tops for one in providers.get(top, ())}


def test_every_imported_library_is_asked_for():
    # Making the models needs what running the product does not.
    names = ("training.py", "making_language.py", "calibration.py")
    making = {ROOT / "analysis" / "tagging" / name for name in names}
    assert _libraries(sorted(set(SOURCES) - making)) <= set(required("requirements.txt"))
    both = required("requirements.txt") | required("requirements-dev.txt")
    assert _libraries(sorted(making)) <= set(both)
