"""What the model is told: the whole codebook, and of a document its masked text only."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from analysis import codebook
from analysis.llm import prompt
from analysis.model import MaskedText, Speaker, Turn
from tests.tagging.making import chat, review


@pytest.mark.parametrize("tag", codebook.ALL_TAGS)
def test_every_tag_stands_in_the_prompt_with_its_name(tag):
    assert f"- {tag}: {codebook.name(tag)}" in prompt.INSTRUCTIONS


@pytest.mark.parametrize("behaviour", codebook.BEHAVIOURS.values(), ids=str)
def test_every_behaviour_has_its_meaning_and_opportunity(behaviour):
    assert f"{behaviour.meaning} ({behaviour.opportunity})" in prompt.INSTRUCTIONS


def test_text_that_was_not_masked_is_refused():
    raw = replace(chat("고 네"), turns=(Turn(0, Speaker.CUSTOMER, "제 번호는 010-2345-6789예요"),))
    with pytest.raises(TypeError):
        prompt.question(raw)


def test_nothing_but_kind_speakers_and_text_is_told():
    known = replace(
        chat("고 안 왔어요"),
        id="문서-1",
        customer_id="고객-1",
        agent_id="직원-1",
        channel="앱",
        source="출처",
        title=MaskedText("제목"),
        url="https://example.com",
        started_at=datetime(2026, 3, 2),
    )
    assert prompt.question(known) == (
        '{"kind": "chat", "turns": [{"turn": 0, "speaker": "customer", "text": "안 왔어요"}]}'
    )


def test_same_text_has_one_key_whoever_wrote_it_and_another_model_another():
    one, other = (prompt.question(replace(chat("고 네"), id=name)) for name in "ab")
    assert prompt.key("m", one) == prompt.key("m", other)
    different = {prompt.key("m", one), prompt.key("n", one)}
    different |= {prompt.key("m", prompt.question(text)) for text in (chat("상 네"), review("네"))}
    assert len(different) == 4
