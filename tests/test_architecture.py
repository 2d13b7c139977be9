"""Who may import whom, and where SQL, settings and sentences live."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from analysis.settings import ROOT

WORDS = {"model", "codebook", "errors", "messages", "settings"}
ANALYSIS = WORDS | {"ingest", "mask", "tokens", "tagging", "store", "stats", "demo", "llm"}
# What each part of analysis/ may use of analysis/ beside itself.
ARROWS = {
    **dict.fromkeys(("ingest", "mask", "tokens", "store", "stats", "demo", "llm"), WORDS),
    "tagging": WORDS | {"tokens"},
    "repeats": WORDS | {"tokens", "tagging"},
    "model": set(),
    "settings": set(),
    **dict.fromkeys(("messages", "codebook", "errors"), WORDS),
    "masked": WORDS | {"mask", "tokens"},
    "taggers": WORDS | {"llm", "tagging", "store"},
    "rules": WORDS | {"mask", "tagging", "store"},
    "tagged": WORDS | {"tagging", "taggers"},
    "retagging": WORDS | {"store", "tagging", "rules", "tagged", "taggers"},
    "pipeline": ANALYSIS - {"stats", "llm"} | {"masked", "rules", "tagged", "taggers"},
    "findings": WORDS | {"store", "stats", "comparing"},
    "comparing": WORDS | {"stats"},
    "drivers_verb": WORDS | {"drivers_json", "findings", "printed", "wording", "wording_closer"},
    "drivers_json": WORDS | {"stats", "findings"},
    "checked": WORDS | {"store", "stats"},
    "scripts": WORDS | {"store", "repeats"},
    "suggestions": WORDS | {"store", "tagging"},
    "wording": WORDS | {"stats", "llm", "suggestions"},
    "wording_closer": WORDS | {"stats", "comparing", "wording"},
    "report": WORDS | {"store", "findings", "wording", "wording_closer"},
    "arguments": WORDS | {"comparing", "findings", "pipeline", "scripts", "suggestions", "taggers"},
    "__main__": WORDS
    | {"store", "findings", "drivers_verb", "rules", "pipeline", "report", "scripts", "wording"}
    | {"arguments", "house_verbs", "printed", "suggestions", "taggers"},
    "house_verbs": WORDS | {"checked", "rules", "retagging", "printed"},
}
# A library, and the only part of analysis/ that may import it ("": none may).
KEEPERS = {"streamlit": "", "plotly": "", "konlpy": "tokens", "deltalake": "store"}
KEEPERS |= {"duckdb": "store", "pandas": "comparing report store", "sklearn": "tagging"}
# What can send something to another machine.
NETWORK = ("urllib.request", "http", "socket", "ssl", "requests", "httpx", "aiohttp", "urllib3")
SQL = re.compile(r"\b(SELECT\s.+\sFROM|INSERT\s+INTO|DELETE\s+FROM|CREATE\s+\w+)\b", re.DOTALL)
HANGUL = re.compile(r"[ㄱ-ㆎ가-힣]")
LONGEST, LONGEST_PAGE = 320, 80
TABLES = {"pages/parts/text.py"}  # one sentence a line: data, not code

SOURCES = [ROOT / "app.py", *sorted((ROOT / "analysis").rglob("*.py"))]
SOURCES += sorted((ROOT / "pages").rglob("*.py"))
MODULES = [pytest.param(path, id=str(path.relative_to(ROOT))) for path in SOURCES]
IN_ANALYSIS = [one for one in MODULES if one.id.startswith("analysis/")]
PARTS = [one for one in MODULES if str(one.id).startswith(("app", "pages/parts/"))]
PAGES = [one for one in MODULES if re.match(r"pages/(?!parts/)\w+/", str(one.id))]


def imports(path: Path) -> set[str]:
    """Every module that is imported anywhere in a file, `from a import b` as a.b."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            found |= {f"{node.module}.{name.name}" for name in node.names}
    return found


def literals(path: Path) -> list[str]:
    """Every text of a file that is no docstring."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    texts = (node for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return [one.value for one in texts if isinstance(one.value, str) and id(one) not in said]


def part(path: Path) -> str:
    """The part of analysis/ that a module is, or is in."""
    return path.relative_to(ROOT / "analysis").parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", IN_ANALYSIS)
def test_analysis_imports_only_what_its_layer_may(path):
    own = part(path)
    used = {name.split(".")[1] for name in imports(path) if name.startswith("analysis.")}
    assert used <= ARROWS.get(own, set()) | {own}
    assert not {name for name in imports(path) if name.split(".")[0] in ("pages", "app")}


@pytest.mark.parametrize("path", IN_ANALYSIS)
def test_library_stays_with_its_keeper(path):
    used = {name.split(".")[0] for name in imports(path)} & KEEPERS.keys()
    assert all(part(path) in KEEPERS[library].split() for library in used)


@pytest.mark.parametrize("path", MODULES)
def test_only_the_language_models_client_sends_anything(path):
    sends = [
        name
        for name in imports(path)
        if any(name == one or name.startswith(f"{one}.") for one in NETWORK)
    ]
    assert not sends or path == ROOT / "analysis" / "llm" / "client.py"


@pytest.mark.parametrize("path", MODULES)
def test_sql_stays_in_the_store_and_the_environment_in_settings(path):
    if "analysis/store" not in path.as_posix():
        assert not [text for text in literals(path) if SQL.search(text)]
    if path != ROOT / "analysis" / "settings.py":
        assert not re.search(r"\benviron\b|\bgetenv\b", re.sub(r"#.*", "", _code(path)))


@pytest.mark.parametrize("path", PARTS)
def test_what_pages_share_takes_answers_and_no_steps(path):
    used = {name.split(".")[1] for name in imports(path) if name.startswith("analysis.")}
    assert not used & {"ingest", "mask", "masked", "tokens", "tagging", "demo", "llm"}


@pytest.mark.parametrize("path", PAGES)
def test_page_is_a_table_of_contents(path):
    allowed = ("__future__", "streamlit", "pages.parts")
    assert not {name for name in imports(path) if not name.startswith(allowed)}
    assert not [text for text in literals(path) if HANGUL.search(text)]
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_PAGE


@pytest.mark.parametrize("path", MODULES)
def test_module_is_short_and_a_package_has_no_code(path):
    if path.relative_to(ROOT).as_posix() not in TABLES:
        assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST
    if path.name == "__init__.py":
        body = ast.parse(path.read_text(encoding="utf-8")).body
        assert all(isinstance(node, ast.Expr) for node in body)


@pytest.mark.parametrize("path", MODULES)
def test_module_names_no_author(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"@author|__author__|copyright|TODO\(|signed-off|co-authored", text, re.I)


def _code(path: Path) -> str:
    """The code of a file without its texts."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            node.value = ""
    return ast.unparse(tree)
