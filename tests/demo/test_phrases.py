"""The banks are large, whole and usable in every industry; particles follow the last sound."""

import re

import pytest

from analysis.demo import phrases, plans
from analysis.errors import UnreadableFile

BANKS = tuple(phrases.banks().values())
APOLOGY = re.compile("죄송|사과|미안|송구|면목|사죄")
MAY_APOLOGISE = {"agent.apology_plain", "agent.apology_specific", "agent.softener_refusal"}
PERSONAL = re.compile(
    r"(?<!\d)01[016-9][- .]?\d{3,4}[- .]?\d{4}(?!\d)"
    r"|(?<!\d)\d{6}-[1-8]\d{6}(?!\d)|(?<!\d)\d{4}-\d{4}-\d{4}-\d{4}(?!\d)|[\w.]+@[\w.]+"
)


@pytest.mark.parametrize("bank", BANKS, ids=lambda bank: bank.act)
def test_bank_has_many_distinct_wordings(bank):
    least = 12 if bank.act.startswith("review.") else 40
    assert len({re.sub(r"[\s.!?~^ㅠㅜㅋㅎ]", "", w.text) for w in bank.wordings}) >= least


@pytest.mark.parametrize("bank", BANKS, ids=lambda bank: bank.act)
def test_slots_of_bank_are_known(bank):
    used = {slot for w in bank.wordings for slot in re.findall(r"\{(\w*)\}", w.text)}
    assert used <= phrases.SLOTS


@pytest.mark.parametrize("bank", BANKS, ids=lambda bank: bank.act)
def test_bank_names_only_known_topics_and_industries(bank):
    topics = {topic for w in bank.wordings for topic in w.topics}
    named = {industry for w in bank.wordings for industry in w.industries}
    questions = {q for i in phrases.industries().values() for q in i["questions"]}
    assert named <= set(phrases.industries())
    assert topics <= set(plans.CODEBOOK_TOPIC) | questions


@pytest.mark.parametrize("bank", BANKS, ids=lambda bank: bank.act)
def test_bank_holds_no_personal_data(bank):
    assert not [w.text for w in bank.wordings if PERSONAL.search(w.text)]


@pytest.mark.parametrize(
    "bank",
    [b for b in BANKS if b.speaker == "agent" and b.act not in MAY_APOLOGISE],
    ids=lambda bank: bank.act,
)
def test_agent_apologises_only_where_an_apology_is_planted(bank):
    assert not [w.text for w in bank.wordings if APOLOGY.search(w.text)]


@pytest.mark.parametrize("act", ["agent.apology_plain", "agent.apology_specific"])
def test_every_planted_apology_says_so(act):
    assert all(APOLOGY.search(w.text) for w in phrases.banks()[act].wordings)


def test_softened_refusals_hold_no_full_apology():
    full = re.compile(r"죄송(?!하지만|합니다만|한데요)|사과|송구|면목")
    assert not [
        w for w in phrases.banks()["agent.softener_refusal"].wordings if full.search(w.text)
    ]


@pytest.mark.parametrize("industry", tuple(phrases.industries()))
def test_every_topic_of_an_industry_has_openings_and_answers(industry):
    banks, described = phrases.banks(), phrases.industries()[industry]
    few = []
    for topic in described["topics"]:
        acts = [f"customer.open.{topic}"]
        if topic != plans.CANCELLATION:
            acts += ["agent.explain", "agent.shift", "agent.grant", "agent.next_step"]
            acts += ["agent.apology_specific", f"review.topic.{topic}"]
        few += [
            (act, topic)
            for act in acts
            if len(banks[act].fitting(industry=industry, topic=topic)) < 2
        ]
    for question in described["questions"]:
        for act in ("customer.open.question", "agent.answer"):
            if len(banks[act].fitting(industry=industry, topic=question)) < 2:
                few.append((act, question))
    assert not few


@pytest.mark.parametrize(
    ("template", "product", "expected"),
    [
        ("{product}가 안 와요", "운동화", "운동화가 안 와요"),
        ("{product}가 안 와요", "겨울 패딩", "겨울 패딩이 안 와요"),
        ("{product}을 샀는데", "유심", "유심을 샀는데"),
        ("{product}을 샀는데", "렌터카", "렌터카를 샀는데"),
        ("{product}로 바꿔 주세요", "마라탕", "마라탕으로 바꿔 주세요"),
        ("{product}으로 바꿔 주세요", "영화 티켓몰", "영화 티켓몰로 바꿔 주세요"),
        ("{product}는요?", "알뜰 33", "알뜰 33은요?"),
        ("{product}이에요", "비데", "비데예요"),
        ("{product} 이거요", "비데", "비데 이거요"),
        ("{product}", "비데", "비데"),
    ],
)
def test_particle_follows_the_last_sound(template, product, expected):
    assert phrases.fill(template, {"product": product}) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("왜 돈이 빠져나갔어", True),
        ("환불해줘라", True),
        ("왜 돈이 빠져나갔어요?", False),
        ("확인 부탁드립니다.", False),
        ("이게 말이 됩니까", False),
    ],
)
def test_casual_speech_is_told_from_polite(text, expected):
    assert phrases.is_casual(text) is expected


def test_broken_bank_is_named_in_the_error(tmp_path, monkeypatch):
    folder = tmp_path / "sample" / "phrases"
    folder.mkdir(parents=True)
    (folder / "agent_broken.json").write_text('{"act": "agent.broken"}', encoding="utf-8")
    monkeypatch.setattr(phrases.settings, "DATA", tmp_path)
    with pytest.raises(UnreadableFile, match=r"agent_broken\.json"):
        phrases.banks.__wrapped__()
