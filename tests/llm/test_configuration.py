"""The settings of the language model: off by default, checked, and silent about the key."""

from __future__ import annotations

import pytest

from analysis.errors import BadSetting
from analysis.llm import configuration
from analysis.llm.configuration import Budget

KEY = "sk-geheim-0123456789"
URL = "https://llm.example.com/v1"


@pytest.fixture
def given(monkeypatch):
    """Set settings by the end of their names; gives what they make."""

    def configured(**values):
        for name, value in {"URL": URL, "MODEL": "m-1", **values}.items():
            monkeypatch.setenv(f"SAGWA_LLM_{name}", value)
        return configuration.configured()

    return configured


def test_nothing_is_configured_by_default():
    assert configuration.configured() is None


def test_model_alone_switches_nothing_on(monkeypatch):
    monkeypatch.setenv("SAGWA_LLM_MODEL", "m-1")
    assert configuration.configured() is None


def test_defaults(given):
    found = given()
    assert (found.url, found.address) == (f"{URL}/chat/completions", "https://llm.example.com")
    assert (found.key, found.budget, found.parallel, found.timeout) == (None, None, 4, 60)
    assert found.cost(10, 10) is None


@pytest.mark.parametrize(
    "url", [f"{URL}/", f"{URL}/chat/completions", f"{URL}/chat/completions/", URL]
)
def test_address_may_be_the_base_or_the_whole(given, url):
    assert given(URL=url).url == f"{URL}/chat/completions"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("URL", "ftp://example.com"),
        ("URL", "file:///etc/passwd"),
        ("URL", "example.com/v1"),
        ("URL", "https://"),
        ("URL", "https://example.com:port"),
        ("URL", "https://example.com/v1 x"),
        ("URL", "https://user:geheim@example.com/v1"),
        ("URL", "https://example.com/v1?key=geheim"),
        ("MODEL", ""),
        ("MODEL", "a b"),
        ("MODEL", "**m**"),
        ("PARALLEL", "0"),
        ("PARALLEL", "1000"),
        ("PARALLEL", "many"),
        ("TIMEOUT", "0"),
        ("TIMEOUT", "nan"),
        ("TIMEOUT", "inf"),
        ("PRICE_IN", "1"),
        ("PRICE_OUT", "-1"),
        ("BUDGET", "5"),
        ("BUDGET", "much"),
        ("KEY", "two words"),
        ("KEY", "geheim\r\nX-Other: 1"),
        ("KEY_FILE", "/none/such"),
    ],
)
def test_setting_that_cannot_be_used_is_told_by_name_and_shows_nothing_secret(given, name, value):
    with pytest.raises(BadSetting) as told:
        given(**{name: value})
    assert f"SAGWA_LLM_{name}" in str(told.value)
    assert "geheim" not in str(told.value)
    assert "two words" not in str(told.value)


def test_prices_make_the_cost(given):
    found = given(PRICE_IN="0.5", PRICE_OUT="2", CURRENCY="KRW", BUDGET="3.5")
    assert found.cost(1_000_000, 500_000) == pytest.approx(1.5)
    assert (found.currency, found.budget) == ("KRW", Budget(3.5, False))


def test_budget_in_tokens_needs_no_prices(given):
    assert given(BUDGET="500000tokens").budget == Budget(500_000, True)


def test_key_comes_from_the_environment_or_a_file_and_shows_itself_nowhere(given, tmp_path):
    file = tmp_path / "key"
    file.write_text(f"{KEY}\n", encoding="utf-8")
    for found in (given(KEY=KEY), given(KEY="other", KEY_FILE=str(file))):
        assert found.key.reveal() == KEY
        assert KEY not in f"{found!r} {found} {found.key}"
