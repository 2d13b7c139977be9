"""Invented texts about a few matters, for the tests of suggested topics."""

from __future__ import annotations

import random

# What is said about each matter: each text takes some of these.
MATTERS = {
    "parking": (
        "주차장 출구가 안 열려요",
        "주차 요금이 두 배로 나왔어요",
        "차단기가 차량 번호판을 못 읽어요",
        "주차 할인권을 등록하고 싶어요",
        "주차장 입구에 차량이 밀려 있어요",
        "방문 차량 번호판을 등록해 주세요",
    ),
    "lesson": (
        "수영 강습 시간표를 알고 싶어요",
        "강습 반을 초급으로 옮길 수 있나요",
        "수영 강사가 바뀌었나요",
        "초급 강습에 대기자가 많나요",
        "수영장 레인이 너무 붐벼요",
        "강습 시간표가 언제 나오나요",
    ),
    "refund": (
        "환불이 아직 안 들어왔어요",
        "카드 취소 금액이 달라요",
        "환불 규정을 알려 주세요",
        "결제한 금액을 돌려 주세요",
        "카드로 환불해 주세요",
        "취소한 결제가 그대로예요",
    ),
}


def texts(matter: str, number: int, *, seed: int = 7) -> list[str]:
    """So many texts about a matter, each of three things that are said about it."""
    drawn = random.Random(f"{matter} {seed}")
    return [". ".join(drawn.sample(MATTERS[matter], 3)) for _ in range(number)]
