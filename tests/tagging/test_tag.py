"""What whole documents show, on conversations made for the tests."""

from pathlib import Path

import pytest

from analysis.codebook import ALL_TAGS, BEHAVIOURS
from analysis.ingest import sniff
from analysis.mask import mask
from analysis.model import Document, Kind, Sentiment
from analysis.tagging import labels, tag
from tests.tagging.making import chat, review

SEED = Path(__file__).parents[3] / "shared" / "seeds" / "netflix-cs-review.txt"

BAD = chat(
    "고 무료 체험 기간인데 왜 결제가 됐어요? 안내도 없었고 너무 황당하네요",
    "상 시스템상 자동으로 처리된 부분이라 저희가 도와드릴 수 없습니다.",
    "고 그럼 책임자분 바꿔 주세요",
    "상 누가 받으셔도 같은 답변이라 연결은 어렵습니다.",
    "고 됐어요. 다시는 안 씁니다",
    "상 넵 감사합니다. 좋은 하루 되세요!",
)
GOOD = chat(
    "고 어제 온 컵이 깨져 있어요. 선물할 거였는데 속상하네요",
    "상 선물 준비하셨는데 많이 속상하셨겠어요. "
    "포장이 부족했던 점 저희 잘못입니다, 진심으로 사과드립니다.",
    "상 새 제품을 오늘 발송해서 내일 오전까지 도착하도록 하겠습니다. 배송비도 저희가 부담합니다.",
    "고 와 정말 감사합니다 ㅎㅎ 덕분에 안심했어요",
    "상 내일 도착하면 확인 부탁드려요. 다시 한번 죄송합니다.",
)


def ids(document: Document) -> frozenset[str]:
    return tag.tag(document).tag_ids


@pytest.mark.parametrize(
    ("document", "there", "absent"),
    [
        (
            BAD,
            {
                "complaint",
                "escalation_request",
                "churn_intent",
                "no_apology",
                "escalation_refused",
                "responsibility_shift",
                "dismissive_closing",
                "no_next_step",
                "unexpected_charge",
            },
            {"apology", "satisfied_end", "compensation", "escalation_offered"},
        ),
        (
            GOOD,
            {"complaint", "apology", "apology_specific", "empathy", "concrete_next_step"}
            | {"satisfied_end", "compensation"},
            {"no_apology", "no_next_step", "dismissive_closing", "churn_intent"},
        ),
    ],
)
def test_chat_shows(document, there, absent):
    found = ids(document)

    assert there <= found
    assert not absent & found


def test_softener_before_a_refusal_is_no_apology():
    found = ids(
        chat(
            "고 한 번도 안 쓴 건데 환불이 왜 안 돼요? 너무하네요",
            "상 죄송하지만 규정상 환불은 어렵습니다.",
            "고 진짜 어이가 없네요",
            "상 양해 부탁드립니다.",
        )
    )

    assert "no_apology" in found
    assert "apology" not in found


@pytest.mark.parametrize("document", [BAD, GOOD])
def test_contraries_exclude_each_other(document):
    found = ids(document)

    for one, other in (("apology", "no_apology"), ("concrete_next_step", "no_next_step")):
        assert (one in found) != (other in found)


def test_absence_points_at_what_called_for_it_and_at_the_turns_searched():
    found = tag.tag(BAD).tag("no_apology")

    assert found.evidence[0].turn == 0
    assert found.searched == (1, 3, 5)


def test_evidence_lies_within_its_turn():
    for document in (BAD, GOOD):
        for found in tag.tag(document).tags:
            for place in found.evidence:
                assert 0 <= place.start < place.end <= len(document.turns[place.turn].text)


def test_what_holds_had_its_opportunity():
    tagged = tag.tag(BAD)

    assert {one for one in tagged.tag_ids if one in BEHAVIOURS} <= tagged.opportunities


def test_calm_question_has_no_complaint_behaviours():
    tagged = tag.tag(
        chat(
            "고 배송지 주소는 어디서 바꾸나요?",
            "상 마이페이지의 배송지 관리에서 바꾸시면 됩니다.",
            "고 네 감사합니다",
        )
    )

    assert not {"complaint", "no_apology", "apology", "empathy"} & tagged.tag_ids
    assert not {"no_apology", "empathy"} & tagged.opportunities
    assert "concrete_next_step" in tagged.tag_ids
    assert tagged.turn_sentiment[0] is Sentiment.NEU


@pytest.mark.parametrize(
    ("document", "cancels"),
    [
        (chat("고 요즘 안 봐서 구독 해지하고 싶어요", "상 네, 해지 처리해 드렸습니다."), True),
        (chat("고 지난달에 해지했는데 왜 또 결제됐나요?", "상 확인해 보겠습니다."), False),
    ],
)
def test_contact_made_to_cancel_is_marked(document, cancels):
    assert (tag.CANCELLATION_REQUEST in tag.tag(document).opportunities) is cancels


def test_review_tells_only_of_what_it_says():
    told = ids(
        review(
            "팀장 바꿔 달라고 하니 안 된단다. 미안하다는 말 한마디 없었고 "
            "같은 말만 세 번 반복했다. 다시는 안 쓴다."
        )
    )
    plain = ids(review("색이 사진이랑 똑같고 배송도 빨라요. 잘 쓸게요."))

    assert {"escalation_refused", "no_apology", "scripted_reply", "churn_intent"} <= told
    assert not plain & set(BEHAVIOURS)


@pytest.mark.parametrize(
    "document",
    [
        chat("고 네"),
        chat("상 안녕하세요 고객님"),
        chat("봇 챗봇입니다", "시 상담이 종료되었습니다"),
        chat("고 ", "상 "),
        chat("고 ㅋㅋㅋㅋㅋㅋ", "상 ^^"),
        review("."),
        review("좋아요"),
        Document("c-0", Kind.CHAT, ()),
    ],
)
def test_odd_documents_are_tagged_without_a_fault(document):
    tagged = tag.tag(document)

    assert tagged.tag_ids <= set(ALL_TAGS)


def test_many_at_once_are_tagged_as_one_by_one():
    together = tag.tag_all([BAD, review("다시는 안 산다."), GOOD])

    assert [one.tag_ids for one in together[::2]] == [ids(BAD), ids(GOOD)]
    assert tag.tag_all([]) == []


def test_every_tag_has_a_confidence():
    assert all(0 < found.confidence <= 1 for found in tag.tag(BAD).tags)


@pytest.mark.skipif(not SEED.exists(), reason="the shared seed text is not here")
def test_seed_text_is_read_as_a_person_reads_it():
    raw = sniff.read(SEED).documents[0]
    tagged = tag.tag(review(mask.mask(raw.turns[0].text)))

    assert tagged.sentiment is Sentiment.NEG
    assert {
        *("unexpected_charge", "trial_promo", "missing_notice", "refund", "agent_conduct"),
        *("complaint", "escalation_request", "refund_request", "churn_intent", "broken_promise"),
        *("no_apology", "escalation_refused", "responsibility_shift", "scripted_reply"),
        *("dismissive_closing", "grudging_concession", "compensation"),
    } <= tagged.tag_ids
    evidence = labels.as_json(tagged)["evidence"]
    assert any("넵 감사합니다" in excerpt for excerpt in evidence["dismissive_closing"])
    assert any("예외적으로 환불" in excerpt for excerpt in evidence["grudging_concession"])
    assert any("권한이 없다" in excerpt for excerpt in evidence["escalation_refused"])
    assert not any(word in tagged.document.text for word in ("반응형", "728x90", "관련글"))
