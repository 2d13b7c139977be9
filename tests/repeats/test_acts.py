"""Greetings, identity checks and closings are told apart from what does the work."""

import pytest

from analysis.repeats import acts

EXAMPLES = [
    ("안녕하세요 고객님.", "greeting"),
    ("네네 고객님, 안녕하세요.", "greeting"),
    ("무엇을 도와드릴까요?", "greeting"),
    ("주문번호 알려주시겠어요?", "identity_check"),
    ("좋은 하루 보내세요.", "closing"),
    ("더 궁금하신 점 있으실까요?", "closing"),
    ("환불은 어렵습니다.", None),
    ("배송이 늦어 죄송합니다.", None),
    ("안녕하세요 고객님, 환불은 어렵습니다.", None),
    ("", None),
]


@pytest.mark.parametrize(("sentence", "act"), EXAMPLES)
def test_act_of_a_sentence(sentence, act):
    assert acts.of(sentence, opening=False) == act


@pytest.mark.parametrize(("opening", "act"), [(True, "greeting"), (False, "closing")])
def test_thanks_greet_at_the_beginning_and_close_later(opening, act):
    assert acts.of("이용해 주셔서 감사합니다.", opening=opening) == act
