"""The normal form: what it makes alike, what it leaves apart, and that its ids stay."""

import pytest

from analysis.repeats import forms

ALIKE = [
    ("확인해 드리겠습니다.", "확인해드리겠습니다~"),
    ("안녕하세요 고객님^^", "안녕하세요, 고객님! ㅎㅎ"),
    ("9,900원 결제되었습니다", "13,500원 결제되었습니다"),
    ("3월 5일 12:30에 방문합니다", "11월 20일 9:05에 방문합니다"),
    ("검토는 3일 걸립니다", "검토는 일주일 걸립니다"),
    ("주문번호 AB-123456 확인했습니다", "주문번호 20260301-77 확인했습니다"),
    ("[전화번호]로 연락드리겠습니다", "[이메일]로 연락드리겠습니다"),
    ("김민지 고객님, 반갑습니다", "고객님 반갑습니다"),
    ("고객 이서준님 맞으신가요?", "고객님 맞으신가요?"),
    ("홍*동 고객님 맞으신가요?", "고객님 맞으신가요?"),
    ("박하늘님 감사합니다", "최도윤 님 감사합니다"),
    ("상담사 정유나입니다", "상담사 오세훈입니다."),
    ("남궁민수 고객님 안녕하세요", "고객님 안녕하세요"),
    ("네네 고객님, 확인했습니다", "확인했습니다 고객님~"),
    ("ＡＢ몰입니다", "ab몰입니다"),
]
APART = [
    ("고객님께서 확인했습니다", "네, 확인했습니다"),
    ("환불해 드리겠습니다", "교환해 드리겠습니다"),
    ("지점장님께 전하겠습니다", "고객님께 전하겠습니다"),
    ("기사님이 방문합니다", "고객님이 방문합니다"),
    ("신청자님 성함 부탁드립니다", "고객님 성함 부탁드립니다"),
    ("상담사 연결입니다", "상담사입니다"),
    ("팀장님 연결은 어렵습니다", "고객님 연결은 어렵습니다"),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_numbers_names_values_spaces_and_signs_are_made_alike(one, other):
    assert forms.form(one) == forms.form(other)


@pytest.mark.parametrize(("one", "other"), APART)
def test_what_is_said_stays_apart(one, other):
    assert forms.form(one) != forms.form(other)


@pytest.mark.parametrize("text", ["", "ㅎㅎ", "^^", "😊", "..."])
def test_signs_alone_have_no_form(text):
    assert forms.form(text) == ""


def test_id_of_a_form_is_frozen():
    # Marks of earlier installations are kept by these ids.
    assert forms.form_id(forms.form("확인해 드리겠습니다.")) == "s-5f6670f29019"
