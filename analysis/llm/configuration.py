"""Where the language model is and what it may cost: the settings, checked."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from analysis import settings
from analysis.errors import BadSetting
from analysis.messages import gettext as _

_PATH = "/chat/completions"
_MOST_PARALLEL = 64
_LONGEST_WAIT = 3_600
_DEAREST = 1_000_000_000
# Names as servers give them: gpt-4o-mini, llama3.1:8b, org/model-name.
_MODEL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/@-]{0,199}")
# What a header may hold.
_KEY = re.compile(r"[\x21-\x7e]{1,4096}")
_BUDGET = re.compile(r"(\d{1,12}(?:\.\d{1,6})?)(tokens)?")


class Secret:
    """A key that shows itself to nobody who does not ask for it by name."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def __repr__(self) -> str:
        return "***"

    def reveal(self) -> str:
        """The key itself, for the header of a request and for nothing else."""
        return self._value


@dataclass(frozen=True, slots=True)
class Budget:
    """The most that may be spent: an amount of money, or a number of tokens."""

    amount: float
    in_tokens: bool


@dataclass(frozen=True, slots=True)
class Configuration:
    """A language model that can be asked. Prices are per million tokens, `timeout` in seconds."""

    url: str
    model: str
    key: Secret | None
    price_in: float | None
    price_out: float | None
    currency: str
    parallel: int
    timeout: float
    budget: Budget | None

    @property
    def address(self) -> str:
        """Scheme and host, as shown to people."""
        return "{0.scheme}://{0.netloc}".format(urlsplit(self.url))

    def cost(self, tokens_in: float, tokens_out: float) -> float | None:
        """What so many tokens cost, or None where no prices are set."""
        if self.price_in is None or self.price_out is None:
            return None
        return (tokens_in * self.price_in + tokens_out * self.price_out) / 1_000_000


def configured() -> Configuration | None:
    """The language model of this installation, or None where none is set.

    Raises BadSetting, which shows neither a key nor an address with a password in it.
    """
    url = settings.language_model("URL")
    if not url:
        return None
    model = settings.language_model("MODEL")
    if not _MODEL.fullmatch(model):
        raise BadSetting("SAGWA_LLM_MODEL", model, _("그 주소에 있는 모델의 이름을 넣어 주세요."))
    price_in, price_out = _price("PRICE_IN"), _price("PRICE_OUT")
    if (price_in is None) != (price_out is None):
        raise BadSetting(
            "SAGWA_LLM_PRICE_IN, SAGWA_LLM_PRICE_OUT",
            "",
            _("단가는 둘 다 넣거나 둘 다 비워 주세요."),
        )
    spent = settings.language_model("BUDGET")
    return Configuration(
        url=_url(url),
        model=model,
        key=_key(),
        price_in=price_in,
        price_out=price_out,
        currency=settings.language_model("CURRENCY") or "USD",
        parallel=int(_number("PARALLEL", 4, 1, _MOST_PARALLEL)),
        timeout=_number("TIMEOUT", 60, 1, _LONGEST_WAIT),
        budget=budget(spent, "SAGWA_LLM_BUDGET", priced=price_in is not None) if spent else None,
    )


def budget(text: str, name: str, *, priced: bool) -> Budget:
    """A limit as it was given under that name: `2.5` is money, `500000tokens` are tokens.

    Raises BadSetting for anything else, and for money where no prices are set.
    """
    found = _BUDGET.fullmatch(text)
    if found is None:
        raise BadSetting(name, text, _("2.5(금액)나 500000tokens(토큰 수)처럼 써 주세요."))
    if not found[2] and not priced:
        raise BadSetting(
            name,
            text,
            _(
                "금액으로 제한하려면 SAGWA_LLM_PRICE_IN과 SAGWA_LLM_PRICE_OUT을 먼저 설정하거나, "
                "500000tokens처럼 토큰 수로 써 주세요."
            ),
        )
    return Budget(float(found[1]), bool(found[2]))


def _url(text: str) -> str:
    """The address to post to; http and https only, with nothing secret in it."""
    shown = "***" if "@" in text or "?" in text else text
    try:
        parts = urlsplit(text)
        whole = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        whole = False
    if not whole or not text.isascii() or re.search(r"[\s@?#\\\x00-\x1f]", text):
        raise BadSetting(
            "SAGWA_LLM_URL",
            shown,
            _(
                "http:// 또는 https:// 로 시작하는 주소를 넣어 주세요. "
                "비밀번호나 ? # 뒤의 내용은 넣지 않습니다."
            ),
        )
    text = text.rstrip("/")
    return text if text.endswith(_PATH) else text + _PATH


def _key() -> Secret | None:
    key, file = settings.language_model("KEY"), settings.language_model("KEY_FILE")
    if file:
        try:
            key = Path(file).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            raise BadSetting(
                "SAGWA_LLM_KEY_FILE", file, _("키가 든 파일을 읽을 수 없습니다.")
            ) from None
    if not key and not file:
        return None
    if not _KEY.fullmatch(key):
        raise BadSetting(
            "SAGWA_LLM_KEY_FILE" if file else "SAGWA_LLM_KEY",
            "***",
            _("키는 빈칸 없는 영문자, 숫자, 기호 한 줄이어야 합니다."),
        )
    return Secret(key)


def _price(name: str) -> float | None:
    return _number(name, 0, 0, _DEAREST) if settings.language_model(name) else None


def _number(name: str, default: float, least: float, most: float) -> float:
    text = settings.language_model(name)
    if not text:
        return default
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not (least <= number <= most):
        expected = _("{least}보다 작지 않고 {most}보다 크지 않은 수를 넣어 주세요.")
        raise BadSetting(f"SAGWA_LLM_{name}", text, expected.format(least=least, most=most))
    return number
