"""Every sentence of the pages: Korean is the source, English comes from the catalogue."""

from __future__ import annotations

from analysis.messages import gettext


class Sentence:
    """A sentence that is looked up in the reader's language each time it is used."""

    def __init__(self, source: str) -> None:
        self.source = source

    def __get__(self, owner: object, kind: type) -> str:
        return gettext(self.source)


class t:  # noqa: N801  (read on pages like a word, not like a class)
    """The sentences, by the part of the product that says them."""

    APP = Sentence("사과 · Sagwa")
    POINTS = Sentence("%p")

    # frame
    LANGUAGE = Sentence("언어")
    FILTERS = Sentence("보는 범위")
    FILTERS_KEPT = Sentence("모든 화면에 함께 적용되고, 주소를 복사하면 그대로 공유됩니다.")
    PERIOD = Sentence("기간")
    PERIOD_ALL = Sentence("전체 기간")
    PERIOD_4W = Sentence("최근 4주")
    PERIOD_12W = Sentence("최근 12주")
    PERIOD_26W = Sentence("최근 26주")
    PERIOD_OWN = Sentence("직접 고르기")
    KIND = Sentence("종류")
    CHATS = Sentence("상담")
    REVIEWS = Sentence("리뷰")
    CHANNEL = Sentence("채널")
    TOPIC = Sentence("주제")
    ALL = Sentence("모두")
    SAMPLE_NOTICE = Sentence(
        "**지어낸 표본 자료**를 보고 있습니다. 실제 고객의 대화가 아니며, 한 번에 지울 수 있습니다."
    )
    SAMPLE_REMOVE = Sentence("표본 지우기")
    SAMPLE_LOAD = Sentence("표본 자료로 둘러보기")
    SAMPLE_LOADING = Sentence("표본 자료를 읽고 태그하는 중입니다…")
    EMPTY_STORE = Sentence(
        "아직 가져온 자료가 없습니다. 상담이나 리뷰 내보내기 파일을 올리거나, 지어낸 표본 자료로 "
        "먼저 둘러보세요. 이탈과 비교하려면 고객 결과(고객 번호와 이탈일) 파일도 필요합니다."
    )
    EMPTY_SCOPE = Sentence("이 범위에 맞는 문서가 없습니다. 왼쪽에서 기간이나 조건을 넓혀 주세요.")
    UPLOAD_OWN = Sentence("내 파일 올리기")
    UNEXPECTED = Sentence(
        "예상하지 못한 문제가 생겼습니다. 화면을 새로 고쳐도 그대로면 관리자에게 알려 주세요. "
        "기록에는 고객의 글이 남지 않습니다."
    )

    # navigation
    NAV_OVERVIEW = Sentence("개요")
    NAV_CHURN = Sentence("답변과 이탈")
    NAV_SCRIPTS = Sentence("반복되는 답변")
    NAV_CONVERSATIONS = Sentence("대화")
    NAV_RULES = Sentence("우리 규칙")
    NAV_SUGGEST = Sentence("주제 제안")
    NAV_UPLOAD = Sentence("가져오기")
    NAV_GUIDE = Sentence("도움말")

    # overview
    OVERVIEW_TITLE = Sentence("한눈에 보기")
    KPI_DOCUMENTS = Sentence("상담·리뷰")
    KPI_DOCUMENTS_HELP = Sentence("상담 {chats}건, 리뷰 {reviews}건, 고객 {customers}명")
    KPI_COMPLAINTS = Sentence("불만이 나온 비율")
    KPI_NEGATIVE = Sentence("부정으로 끝난 비율")
    KPI_KNOWN = Sentence("결과를 아는 고객")
    KPI_KNOWN_HELP = Sentence(
        "이탈 여부가 결과 파일에 있는 고객의 비율입니다. 이들만 비교에 들어갑니다."
    )
    KPI_OF = Sentence("n={n}")
    DRIVERS_HEAD = Sentence("이탈과 가장 뚜렷하게 함께 나타난 답변")
    DRIVERS_NONE = Sentence(
        "이 범위에서는 이탈률 차이가 분명한 답변이 없습니다. 기간을 넓히거나 고객 결과를 더 "
        "가져오면 "
        "달라질 수 있습니다."
    )
    DRIVERS_NO_OUTCOMES = Sentence(
        "고객 결과(이탈일) 파일이 아직 없어 이탈과 비교할 수 없습니다. 가져오기에서 결과 파일을 "
        "올려 주세요."
    )
    DRIVERS_OPEN = Sentence("자세히 보기")
    DRIVERS_HIGHER = Sentence("이탈률 +{points}%p")
    DRIVERS_LOWER = Sentence("이탈률 {points}%p")
    NOT_CAUSE = Sentence(
        "함께 나타난 차이이며 원인이라는 뜻이 아닙니다. 대괄호는 95% 신뢰구간, n은 문서 수입니다."
    )
    CHANGES_HEAD = Sentence("지난 기간과 달라진 점")
    CHANGES_PERIODS = Sentence(
        "{now_start} – {now_end} (바로 앞 같은 길이의 기간 {before_start} – {before_end}과 비교)"
    )
    CHANGES_NONE = Sentence("두 기간 사이에 분명하게 달라진 항목이 없습니다.")
    CHANGES_ROW = Sentence("{before} → {now} ({points}%p [{low}, {high}], n={n_before} → {n_now})")
    TREND_HEAD = Sentence("주별 추이")
    TREND_VOLUME = Sentence("문서 수")
    TREND_COMPLAINTS = Sentence("불만 비율")
    TREND_NEGATIVE = Sentence("부정 종료 비율")
    TREND_WEEK = Sentence("주 시작(월요일)")
    TOPICS_HEAD = Sentence("많이 나온 주제")
    TOPICS_NOTE = Sentence(
        "문서 가운데 나온 비율과 95% 구간입니다. 한 문서에 여럿일 수 있어 합이 100%를 넘습니다."
    )
    SENTIMENT_HEAD = Sentence("어떤 마음으로 끝났나")
    SENTIMENT_NOTE = Sentence("상담은 마지막 고객 말, 리뷰는 글 전체의 감정입니다.")
    BEHAVIOURS_HEAD = Sentence("답변 습관")
    BEHAVIOURS_NOTE = Sentence(
        "기회가 있던 문서 가운데 나타난 비율과 95% 구간입니다. 빨강은 아쉬운 답변, 초록은 좋은 "
        "답변입니다."
    )
    NO_TIMES = Sentence("보낸 시각이 있는 문서가 없어 추이를 그릴 수 없습니다.")
    SHARE = Sentence("비율")
    DOCUMENTS = Sentence("문서 수")

    # answers and churn
    CHURN_TITLE = Sentence("어떤 답변이 이탈과 함께 나타났나")
    HORIZON = Sentence("이탈로 보는 기간")
    HORIZON_DAYS = Sentence("{days}일")
    HORIZON_HELP = Sentence("상담이 끝난 뒤 이 날수 안에 떠난 고객을 이탈로 셉니다.")
    CANCELLATION = Sentence("해지 목적의 상담도 포함")
    CANCELLATION_HELP = Sentence(
        "해지하려고 건 상담은 이탈이 먼저 정해진 경우라 기본으로 빼고 셉니다."
    )
    CHURN_NO_OUTCOMES = Sentence(
        "비교할 고객 결과가 없습니다. 가져오기에서 고객 번호와 이탈일이 든 결과 파일을 올려 "
        "주세요. "
        "상담의 고객 번호와 같아야 이어집니다."
    )
    FOREST_HEAD = Sentence("답변이 있을 때와 없을 때의 {days}일 내 이탈률 차이")
    FOREST_AXIS = Sentence("이탈률 차이(%p)")
    FOREST_HINT = Sentence(
        "점을 누르거나 표의 행을 고르면 위에 판단이, 아래에 자세한 내용이 열립니다."
    )
    CRUDE = Sentence("그대로 비교")
    ADJUSTED = Sentence("비슷한 문서끼리 비교")
    ALIKE = Sentence(
        "속이 빈 점은 그대로 비교한 차이, 속이 찬 점은 다음이 비슷한 문서끼리 비교한 차이입니다: "
        "{names}. 건수가 적은 답변은 그 일부만 맞추며, 답변마다 무엇을 맞췄는지는 표에 있습니다. "
        "판단은 속이 찬 점이 있으면 그것을 따릅니다."
    )
    NOTHING_ALIKE = Sentence(
        "비슷한 문서끼리 비교할 수 있는 답변이 없어 그대로 비교한 차이만 보입니다. 까닭은 표에 "
        "있습니다."
    )
    FRAGILE = Sentence("약함")
    FRAGILE_NOTE = Sentence(
        "'약함'은 판단이 쉽게 흔들린다는 뜻입니다. 비슷한 문서끼리 비교하면 판단이 달라지거나, "
        "이미 맞춘 것만큼 강한 다른 무엇이 하나 더 있으면 차이가 사라질 수 있습니다."
    )
    FRAGILE_TURNS = Sentence("비슷한 문서끼리 비교하면 판단이 달라집니다.")
    FRAGILE_LIKE = Sentence(
        "'{name}'만큼 강한 다른 무엇이 하나 더 있으면 차이가 사라질 수 있습니다."
    )
    ALIKE_CHATS = Sentence("비슷한 상담끼리 비교하면")
    ALIKE_REVIEWS = Sentence("비슷한 리뷰끼리 비교하면")
    ALIKE_HIGHER = Sentence("{alike} {size}%p 높았습니다 [{low}, {high}] (n={n}).")
    ALIKE_LOWER = Sentence("{alike} {size}%p 낮았습니다 [{low}, {high}] (n={n}).")
    ALIKE_UNCLEAR = Sentence(
        "{alike} {signed}%p의 차이 [{low}, {high}]로, 아직 분명하지 않습니다 (n={n})."
    )
    NOT_ALIKE_CHATS = Sentence(
        "비슷한 상담끼리는 비교하지 못해 그대로 비교한 차이로 판단했습니다. {why}"
    )
    NOT_ALIKE_REVIEWS = Sentence(
        "비슷한 리뷰끼리는 비교하지 못해 그대로 비교한 차이로 판단했습니다. {why}"
    )
    HELD_ALIKE = Sentence("맞춘 것: {names}.")
    HELD_IN_PART = Sentence("일부 값만 맞춘 것: {names}. {reasons}")
    NOT_HELD_ALIKE = Sentence("맞추지 못한 것: {names}. {reasons}")
    EXPLAIN_AWAY = Sentence(
        "여기서 재지 못한 다른 무엇이 이 차이를 모두 설명하려면 그것이 이 답변과도 이탈과도 "
        "{estimate}배 이상으로 얽혀 있어야 하고, 분명하지 않게만 하려면 {limit}배면 됩니다(E값)."
    )
    TURN_STRATUM = Sentence(
        "전체와 방향이 반대인 묶음이 있습니다. {covariate} '{level}'에서는 차이가 {signed}%p "
        "[{low}, {high}]입니다(n={n}). 전체의 차이가 이 묶음에도 맞는다고 말하지 마세요."
    )
    TURN_WHOLE = Sentence(
        "{covariate}별로 나누어 보면 전체의 방향이 뒤집힙니다(심프슨의 역설). '{level}'에서는 "
        "차이가 {signed}%p [{low}, {high}]입니다(n={n}). 그대로 비교한 차이만 보고 말하지 마세요."
    )
    WEIGHT_HEAD = Sentence("얼마나 큰 일인가")
    WEIGHT_FEWER = Sentence(
        "이 문서들이 비슷한 문서처럼 흘렀고 이 연관이 전부라면, 이탈로 이어진 문서가 한 달에 "
        "{amount}건 [{low}, {high}] 적었을 것입니다 (답변이 있던 문서 n={n}, {months}개월)."
    )
    WEIGHT_MORE = Sentence(
        "이 문서들이 비슷한 문서처럼 흘렀고 이 연관이 전부라면, 이탈로 이어진 문서가 한 달에 "
        "{amount}건 [{low}, {high}] 많았을 것입니다 (답변이 있던 문서 n={n}, {months}개월)."
    )
    WEIGHT_MONEY = Sentence("그 고객들의 월 요금으로는 {amount} {currency} [{low}, {high}]입니다.")
    WEIGHT_CRUDE = Sentence("비슷한 문서끼리 비교하지 못해, 그대로 비교한 차이로 어림한 값입니다.")
    FOREST_HARMFUL = Sentence("아쉬운 답변")
    FOREST_HELPFUL = Sentence("좋은 답변")
    VERDICT_HIGHER = Sentence("이탈률 높음")
    VERDICT_LOWER = Sentence("이탈률 낮음")
    VERDICT_UNCLEAR = Sentence("분명하지 않음")
    VERDICT_TOO_FEW = Sentence("건수 부족")
    TAB_FIGURE = Sentence("그림")
    TAB_TABLE = Sentence("수치 표")
    REVIEWS_TOO_FEW = Sentence("리뷰에서 언급된 답변 {n}가지는 건수가 부족해 접어 두었습니다.")
    TESTS = Sentence(
        "비교한 답변 {n}가지를 함께 검정합니다. q값이 0.05보다 작고 보정한 구간이 0을 벗어나야 "
        "높음이나 낮음이라고 말합니다. "
        "그림의 구간은 여러 답변을 함께 본 것까지는 감안하지 않은 것입니다."
    )
    COL_BEHAVIOUR = Sentence("답변")
    COL_VERDICT = Sentence("판단")
    COL_EXPOSED_N = Sentence("있음 n")
    COL_EXPOSED_RISK = Sentence("있음 이탈률")
    COL_UNEXPOSED_N = Sentence("없음 n")
    COL_UNEXPOSED_RISK = Sentence("없음 이탈률")
    COL_DIFFERENCE = Sentence("차이 %p [95%]")
    COL_ADJUSTED = Sentence("비슷한 문서끼리 %p [95%]")
    COL_NOTE = Sentence("알아 둘 점")
    COL_COVARIATES = Sentence("맞춘 것")
    COL_RATIO = Sentence("위험비 [95%]")
    COL_Q = Sentence("q값")
    COL_KIND = Sentence("종류")
    PICK_BEHAVIOUR = Sentence("자세히 볼 답변")
    PICK_PLACEHOLDER = Sentence("답변을 고르세요")
    PICK_PROMPT = Sentence(
        "위 그림이나 표에서 답변을 하나 고르면 흐름, 주제·채널별 차이, 대화를 보여 드립니다."
    )
    MEANING = Sentence("{meaning}. 기회: {opportunity}.")
    OPPORTUNITY_REVIEWS = Sentence("모든 리뷰")
    FLOW_HEAD = Sentence("누가 비교에 들어갔나")
    FLOW_DOCUMENTS = Sentence("범위 안의 문서")
    FLOW_KNOWN = Sentence("결과를 아는 고객")
    FLOW_CUSTOMER = Sentence("그때 아직 고객")
    FLOW_PURPOSE = Sentence("해지 목적 제외")
    FLOW_FOLLOWED = Sentence("{days}일 추적됨")
    FLOW_ELIGIBLE = Sentence("기회 있음")
    FLOW_EXPOSED = Sentence("답변 있음")
    FLOW_UNEXPOSED = Sentence("답변 없음")
    FLOW_LOST = Sentence("-{n}")
    FLOW_SPLIT = Sentence(
        "기회가 있던 {eligible}건 = 답변 있음 {exposed}건(이탈 {exposed_churned}) + "
        "없음 {unexposed}건(이탈 {unexposed_churned})"
    )
    STRATA_TOPIC = Sentence("주제별 차이")
    STRATA_CHANNEL = Sentence("채널별 차이")
    STRATA_REVIEWS = Sentence("주제·채널별 차이는 상담만 나눠 봅니다.")
    STRATA_NONE = Sentence("나눠 볼 만큼 건수가 있는 묶음이 없습니다.")
    STRATA_NO_NAME = Sentence("(없음)")
    TIME_OPEN = Sentence("날이 지나며 얼마나 남았는지 보기")
    TIME_HELP = Sentence("켜면 계산합니다. 문서가 많으면 몇 초 걸립니다.")
    TIME_NOTE = Sentence(
        "그대로 비교한 곡선입니다(카플란-마이어). 띠는 95% 구간이고, 아래 표는 그날까지 지켜본 "
        "문서와 그 전에 떠난 문서의 수입니다. 정한 기간을 다 지켜보지 못한 "
        "문서도 지켜본 날까지 셉니다."
    )
    TIME_DAYS = Sentence("상담 뒤 날수")
    TIME_STAYED = Sentence("아직 고객인 비율")
    TIME_EXPOSED_AT_RISK = Sentence("있음: 지켜봄 n")
    TIME_EXPOSED_LEFT = Sentence("있음: 떠남 n")
    TIME_UNEXPOSED_AT_RISK = Sentence("없음: 지켜봄 n")
    TIME_UNEXPOSED_LEFT = Sentence("없음: 떠남 n")
    HAZARD_ALIKE = Sentence(
        "비슷한 문서끼리 비교하면, 아직 남은 고객이 하루에 떠날 위험은 답변이 없을 때의 "
        "{ratio}배로 나타났습니다 [{low}, {high}] (n={n})."
    )
    HAZARD_CRUDE = Sentence(
        "그대로 비교하면, 아직 남은 고객이 하루에 떠날 위험은 답변이 없을 때의 "
        "{ratio}배로 나타났습니다 [{low}, {high}] (n={n})."
    )
    EXAMPLES_HEAD = Sentence("근거가 된 대화")
    EXAMPLES_EXPOSED = Sentence("답변이 있던 대화")
    EXAMPLES_UNEXPOSED = Sentence("없던 대화")
    EXAMPLES_CHURNED = Sentence("떠난 고객만")
    EXAMPLES_COUNT = Sentence("{total}건 가운데 최근 {shown}건입니다. 행을 고르면 대화가 열립니다.")
    EXAMPLES_NONE = Sentence("해당하는 대화가 없습니다.")
    EXAMPLES_ALL = Sentence("모두 보기")

    # repeated answers
    SCRIPTS_TITLE = Sentence("상담사가 되풀이해 보낸 말")
    SCRIPTS_NOTE = Sentence(
        "숫자, 가려진 값, 고객님·상담사 곁의 이름, 띄어쓰기와 부호만 다른 문장은 같은 말로 세고, "
        "거의 같은 말은 한 묶음으로 모았습니다. 자주 보냈다는 것이 좋거나 나쁘다는 뜻은 아닙니다."
    )
    SCRIPTS_LEAST = Sentence("보낸 횟수")
    SCRIPTS_LEAST_N = Sentence("{n}번 이상")
    SCRIPTS_ACT = Sentence("말의 종류")
    SCRIPTS_MARK = Sentence("표시")
    SCRIPTS_UNMARKED = Sentence("표시 없음")
    SCRIPTS_COUNTING = Sentence("상담사의 말을 세는 중입니다…")
    SCRIPTS_FOUND = Sentence(
        "상담사 문장 {sentences}개(대화 {conversations}건) 가운데 {n}개({share})가 아래 묶음 "
        "{families}개에 듭니다. 행을 고르면 자세한 내용이 열립니다."
    )
    SCRIPTS_SHOWN = Sentence("많이 보낸 {shown}개까지만 표에 있습니다. 조건을 좁혀 보세요.")
    SCRIPTS_GIVEN_UP = Sentence(
        "서로 다른 문장이 너무 많아 드문 문장({n}번 이하로 본 것)의 일부를 세지 못했습니다. 기간을 "
        "좁혀 보세요."
    )
    SCRIPTS_NONE = Sentence("조건에 맞는 말이 없습니다. 횟수를 낮추거나 종류와 표시를 넓혀 보세요.")
    SCRIPTS_NO_AGENTS = Sentence("이 범위에는 상담사의 말이 없습니다. 왼쪽에서 조건을 넓혀 주세요.")
    SCRIPTS_PICK = Sentence("표에서 행을 고르면 표현, 상담사, 주제, 대화를 보여 드립니다.")
    COL_SCRIPT = Sentence("말")
    COL_SENT = Sentence("횟수")
    COL_SHARE = Sentence("문장 중 비율")
    COL_CONVERSATIONS = Sentence("대화")
    COL_AGENTS = Sentence("상담사")
    COL_WORDINGS = Sentence("표현")
    COL_TOPIC = Sentence("주제")
    COL_OF_AGENT = Sentence("그 상담사 문장")
    COL_OF_TOPIC = Sentence("그 주제 대화")
    COL_RATE = Sentence("비율")
    SCRIPTS_FACTS = Sentence(
        "{n}번, 상담사 문장의 {share} (n={sentences}) · 대화 {conversations}건 · 상담사 {agents}명 "
        "· 표현 {wordings}가지"
    )
    SCRIPTS_APPROVE = Sentence("승인 매크로로 표시")
    SCRIPTS_REQUIRE = Sentence("필수 문구로 표시")
    SCRIPTS_TAKE_BACK = Sentence("표시 지우기")
    SCRIPTS_MARK_KEPT = Sentence(
        "표시는 저장소 폴더에 남아 자료를 더 가져와도 그대로이고, 이 묶음의 모든 표현에 붙습니다."
    )
    SCRIPTS_WORDINGS = Sentence("표현 {n}가지")
    SCRIPTS_AGENTS = Sentence("상담사 {n}명")
    SCRIPTS_TOPICS = Sentence("주제 {n}가지")
    SCRIPTS_TOPICS_NOTE = Sentence("한 대화에 주제가 여럿일 수 있습니다.")
    SCRIPTS_NO_AGENT_IDS = Sentence("상담사 번호가 있는 대화가 없습니다.")
    SCRIPTS_NO_TOPICS = Sentence("주제가 붙은 대화가 없습니다.")
    SCRIPTS_ALL_WORDINGS = Sentence("모든 표현")
    SCRIPTS_ALL_AGENTS = Sentence("모든 상담사")
    SCRIPTS_EXAMPLES = Sentence(
        "대화 {total}건 가운데 {shown}건입니다(최근 대화와, 표현과 상담사마다 하나 이상). 행을 "
        "고르면 대화가 열립니다."
    )
    SCRIPTS_SEARCH = Sentence("이 말이 든 대화 모두 찾기")

    # conversations
    CONVERSATIONS_TITLE = Sentence("대화")
    SEARCH = Sentence("찾기")
    SEARCH_PLACEHOLDER = Sentence("글, 제목, 문서·고객 번호")
    WITH_TAGS = Sentence("있는 태그")
    WITHOUT_TAGS = Sentence("없는 태그")
    MORE_CONDITIONS = Sentence("조건과 순서 더 보기")
    ENDED = Sentence("끝난 감정")
    LEFT = Sentence("이탈 여부")
    LEFT_COUNTED = Sentence("비교에 들어간 문서({days}일)")
    LEFT_YES = Sentence("{days}일 안에 떠남")
    LEFT_NO = Sentence("{days}일 동안 남음")
    ELIGIBLE_FOR = Sentence("기회가 있던 답변")
    FOUND = Sentence("{total}건")
    FOUND_NONE = Sentence("조건에 맞는 대화가 없습니다. 검색어나 태그를 줄여 보세요.")
    COL_WHEN = Sentence("끝난 시각")
    COL_EXCERPT = Sentence("고객의 첫 말")
    COL_TAGS = Sentence("태그")
    COL_SENTIMENT = Sentence("끝 감정")
    COL_CUSTOMER = Sentence("고객")
    COL_CHANNEL = Sentence("채널")
    COL_TURNS = Sentence("말 수")
    COL_CHURNED = Sentence("이탈일")
    COL_ID = Sentence("문서")
    PICK_ROW = Sentence("행을 고르면 대화가 열립니다.")
    BACK = Sentence("목록으로")
    DOC_MISSING = Sentence(
        "그 번호의 대화가 없습니다. 되돌린 배치에 있었거나 주소가 잘못됐을 수 있습니다."
    )
    DOC_SHARE = Sentence("이 화면의 주소를 복사하면 같은 대화를 함께 볼 수 있습니다.")
    DOC_TAGS = Sentence("이 대화에 붙은 태그")
    DOC_TOPICS = Sentence("주제")
    DOC_HOUSE = Sentence("우리 규칙")
    DOC_SIGNALS = Sentence("고객")
    DOC_AGENT = Sentence("상담사")
    DOC_TOLD = Sentence("글에 나온 응대")
    DOC_OPPORTUNITIES = Sentence("기회가 있었으나 나타나지 않은 답변")
    DOC_OUTCOME = Sentence("고객의 그 뒤")
    DOC_LEFT = Sentence("{day} 이탈")
    DOC_STAYED = Sentence("{day}까지 고객으로 남음")
    DOC_UNKNOWN = Sentence("결과를 모름")
    DOC_SEARCHED = Sentence(
        "계기가 된 고객의 말에 표시했고, 그 뒤 상담사의 말 {n}개에서 찾지 못했습니다."
    )
    DOC_FILE = Sentence("파일")
    DOC_CUSTOMER = Sentence("고객")
    DOC_HIGHLIGHT = Sentence("강조할 태그")
    CHECKED = Sentence("확인")
    CHECKED_YES = Sentence("사람이 확인함")
    CHECKED_NO = Sentence("아직 확인하지 않음")
    CHECKED_DIFFERS = Sentence("프로그램과 사람이 다름")
    SORT = Sentence("순서")
    SORT_NEWEST = Sentence("최근 것부터")
    SORT_DOUBTFUL = Sentence("의심스러운 것부터")
    SORT_HELP = Sentence(
        "프로그램이 틀렸을 것 같은 태그가 많은 문서부터 보여 줍니다. 태그를 하나만 고르면 그 "
        "태그가 맞는지 가장 애매한 문서부터입니다."
    )
    CHECK_HEAD = Sentence("사람의 확인")
    CHECK_INTRO = Sentence(
        "태그마다 맞는지 골라 주세요. 같은 것을 다시 누르면 취소되고, 여러 사람이 다르면 많은 "
        "쪽을 따릅니다. 이탈 비교는 프로그램의 태그로만 합니다."
    )
    CHECK_NAME = Sentence("확인하는 사람")
    CHECK_NAME_HELP = Sentence("이 창을 닫을 때까지 기억하고, 확인과 함께 저장됩니다.")
    CHECK_NAME_FIRST = Sentence("이름을 적으면 확인을 남길 수 있습니다.")
    CHECK_NOTE = Sentence("메모(선택)")
    CHECK_NOTE_HELP = Sentence(
        "지금부터 이 대화에 남기는 확인에 함께 저장됩니다. 전화번호 같은 개인정보는 가려집니다."
    )
    CHECK_RIGHT = Sentence("맞음")
    CHECK_WRONG = Sentence("틀림")
    CHECK_THERE = Sentence("있음")
    CHECK_NOT_THERE = Sentence("없음")
    CHECK_MISSING = Sentence("프로그램이 붙이지 않은 태그")
    CHECK_ADD = Sentence("빠진 태그 더하기")
    CHECKS_HEAD = Sentence("사람이 확인한 문서: {n}건")
    CHECKS_NOTE = Sentence(
        "확인할 문서는 사람이 골랐으므로 모든 문서의 정확도가 아닙니다. 대괄호는 95% "
        "신뢰구간입니다."
    )
    COL_TAG = Sentence("태그")
    COL_CHECKED = Sentence("확인 n")
    COL_RIGHT = Sentence("맞음 [95%]")
    COL_ADDED = Sentence("사람이 더함")
    SPEAKER_CUSTOMER = Sentence("고객")
    SPEAKER_AGENT = Sentence("상담사")
    SPEAKER_BOT = Sentence("챗봇")
    SPEAKER_SYSTEM = Sentence("시스템")

    # rules of the house
    RULES_TITLE = Sentence("우리 규칙")
    RULES_INTRO = Sentence(
        "우리 회사에만 있는 주제나 말을 태그로 만듭니다. 저장하기 전에 지금 있는 대화에서 몇 "
        "건에 맞는지 바로 보입니다. 저장한 규칙은 다음에 가져오는 파일부터, 이미 가져온 "
        "문서에는 아래에서 다시 태그하면 적용됩니다."
    )
    RULE_CHOOSE = Sentence("고칠 규칙")
    RULE_NEW = Sentence("새 규칙")
    RULE_RETIRED = Sentence("{name} (쉼)")
    RULE_UNNAMED = Sentence("이름 없는 규칙")
    RULE_NAME = Sentence("이름")
    RULE_NAME_EXAMPLE = Sentence("예: 기사 방문 지연")
    RULE_GROUP = Sentence("무엇에 대한 규칙인가요")
    RULE_SPEAKER = Sentence("누구의 말에서 찾나요")
    RULE_ANYONE = Sentence("누구든지")
    RULE_CONTAINS = Sentence("이 가운데 하나가 있는 말")
    RULE_CONTAINS_HELP = Sentence("한 줄에 하나씩. 띄어쓰기와 대소문자는 가리지 않습니다.")
    RULE_WITHOUT = Sentence("다음이 들어 있으면 빼기")
    RULE_WITHOUT_HELP = Sentence(
        "한 줄에 하나씩. 같은 말(리뷰는 같은 문장)에 이 가운데 하나라도 있으면 맞지 않습니다."
    )
    RULE_AFTER = Sentence("이런 말 뒤에 나온 것만")
    RULE_AFTER_HELP = Sentence("같은 대화에서 앞서 이 가운데 하나가 나온 뒤의 말만 셉니다.")
    RULE_AFTER_TAG = Sentence("또는 이 태그의 근거가 된 말 뒤")
    RULE_REGEX = Sentence("정규식으로 쓰기")
    RULE_REGEX_HELP = Sentence("띄어쓰기를 가립니다. 너무 오래 걸리는 정규식은 쓸 수 없습니다.")
    RULE_SAVE = Sentence("저장")
    RULE_SAVED = Sentence("규칙을 저장했습니다.")
    RULE_RETIRE = Sentence("쉬게 하기")
    RULE_RESTORE = Sentence("다시 쓰기")
    RULE_START = Sentence("찾을 말을 적으면 여기에 맞는 대화가 나옵니다.")
    RULE_NO_DATA = Sentence("아직 가져온 자료가 없어 몇 건에 맞는지는 볼 수 없습니다.")
    RULE_MATCHED = Sentence("맞는 문서")
    RULE_SHARE = Sentence("{share}, n={n}")
    RULE_GAINED = Sentence("새로 맞음")
    RULE_LOST = Sentence("더는 안 맞음")
    RULE_AGAINST = Sentence("저장된 규칙에 견주어")
    RULE_CHECKED = Sentence("확인한 것 가운데 맞음")
    RULE_LIST = Sentence("보기")
    RULE_LIST_NOTE = Sentence("{total}건 가운데 고루 뽑은 {shown}건입니다.")
    RULE_LIST_EMPTY = Sentence("맞는 대화가 없습니다. 말을 더하거나 짧게 해 보세요.")

    RETAG_HEAD = Sentence("가져온 문서에 적용하기")
    RETAG_NOTE = Sentence(
        "배치 {batches}개(문서 {documents}건)가 지금의 태그 프로그램과 규칙으로 태그되지 "
        "않았습니다. 다시 태그하는 동안에도 다른 화면을 볼 수 있고, 멈춰도 끝낸 배치는 "
        "남습니다. 사람의 확인은 그대로입니다."
    )
    RETAG_START = Sentence("다시 태그")
    RETAG_PRESENT = Sentence(
        "가져온 문서가 모두 지금의 태그 프로그램과 규칙으로 태그되어 있습니다."
    )
    RETAG_PROGRESS = Sentence("{done}/{total}건 다시 태그하는 중")

    # topics nobody has named yet
    SUGGEST_TITLE = Sentence("아직 이름이 없는 주제")
    SUGGEST_INTRO = Sentence(
        "'기타'이거나 어느 주제도 뚜렷하지 않은 문서에서 같은 말이 함께 나오는 묶음입니다. "
        "한 번 찾은 제안은 자료가 늘어도 번호와 이름, 그 말을 그대로 지킵니다. 한 문서가 여러 "
        "제안에 들 수 있습니다."
    )
    SUGGEST_READING = Sentence("주제가 정해지지 않은 문서를 읽는 중입니다…")
    SUGGEST_NONE = Sentence(
        "같은 말이 함께 나오는 {least}건 이상의 묶음이 더는 없습니다. 자료를 더 가져오면 달라질 수 "
        "있습니다."
    )
    SUGGEST_NOT_HERE = Sentence("이 범위에는 제안된 주제의 문서가 없습니다.")
    SUGGEST_SIZE = Sentence("{n}건 · 범위 안 문서 {documents}건의 {share}")
    SUGGEST_SIZE_ABOUT = Sentence("약 {n}건 · 범위 안 문서 {documents}건의 {share}")
    SUGGEST_WORDS = Sentence("두드러진 말: {words}")
    SUGGEST_WEEKS = Sentence("주별 건수, {first} – {last} (가장 많은 주 {most}건)")
    SUGGEST_WEEK = Sentence("{week} 주: {n}건")
    SUGGEST_EXAMPLES = Sentence("가장 가까운 대화")
    SUGGEST_NO_TEXT = Sentence("(글 없음)")
    SUGGEST_NAME = Sentence("이름")
    SUGGEST_RENAME = Sentence("이름 바꾸기")
    SUGGEST_ACCEPT = Sentence("주제로 받아들이기")
    SUGGEST_ACCEPT_HELP = Sentence(
        "그 이름의 규칙이 두드러진 말과 함께 '우리 규칙'에 열립니다. 고친 뒤 저장하면 태그가 "
        "됩니다."
    )
    SUGGEST_DISMISS = Sentence("제안 닫기")
    SUGGEST_DISMISS_HELP = Sentence("닫은 제안은 다른 번호로도 다시 나오지 않습니다.")
    SUGGEST_REOPEN = Sentence("다시 제안하기")
    SUGGEST_ACCEPTED = Sentence("받아들인 주제 {n}가지")
    SUGGEST_DISMISSED = Sentence("닫은 제안 {n}가지")
    SUGGEST_DONE = Sentence("바꾸었습니다.")

    # upload
    UPLOAD_TITLE = Sentence("가져오기")
    UPLOAD_INTRO = Sentence(
        "상담, 리뷰, 고객 결과 파일을 놓으세요. 전화번호, 주민번호, 카드·계좌번호, 이메일은 "
        "저장하기 "
        "전에 가려지고, 가져온 것은 언제든 되돌릴 수 있습니다."
    )
    UPLOAD_DROP = Sentence("파일 놓기")
    UPLOAD_FORMATS = Sentence("CSV, TSV, XLSX, JSON, JSONL, TXT, HTML · UTF-8, UTF-16, CP949")
    UPLOAD_TAKEN_FOR = Sentence("{kind} · {format} · {encoding} · {rows}행")
    UPLOAD_KIND = Sentence("무엇인가요")
    KIND_AUTO = Sentence("내용 보고 정하기")
    KIND_OUTCOMES = Sentence("고객 결과")
    UPLOAD_PASSWORD = Sentence("엑셀 파일의 암호")
    UPLOAD_PASSWORD_HELP = Sentence("이 파일을 여는 데만 쓰고 어디에도 저장하지 않습니다.")
    UPLOAD_LOCKED = Sentence("암호로 잠긴 엑셀 파일입니다. 암호를 넣으면 내용을 보여 드립니다.")
    UPLOAD_MAPPING = Sentence("열 연결")
    UPLOAD_MAPPING_HELP = Sentence("알아보지 못한 열은 여기서 골라 주세요. *는 꼭 필요한 열입니다.")
    UPLOAD_NO_COLUMN = Sentence("(없음)")
    UPLOAD_CONSTANT = Sentence("기준일(모든 고객에 같은 날짜)")
    UPLOAD_AGENTS = Sentence("상담사로 볼 이름")
    UPLOAD_AGENTS_HELP = Sentence(
        "발화자 열에 역할 대신 이름이 있으면 상담사의 이름을 쉼표로 적어 주세요."
    )
    UPLOAD_MISSING = Sentence("아직 연결되지 않은 필수 열: {fields}")
    UPLOAD_PREVIEW = Sentence("처음 몇 행(개인정보를 가린 모습)")
    UPLOAD_LOAD = Sentence("가져오기")
    UPLOAD_LOAD_ALL = Sentence("모두 가져오기 ({n})")
    UPLOAD_PROGRESS = Sentence("{file}: {done}/{total}건 태그하는 중")
    UPLOAD_READING = Sentence("{file}: 읽는 중")
    TAGGER = Sentence("태그를 붙일 방법")
    TAGGER_BUILT_IN = Sentence("내장 태거 (이 컴퓨터 안에서만)")
    TAGGER_LLM = Sentence("언어 모델 {model}")
    TAGGER_LLM_NOTE = Sentence(
        "개인정보를 가린 글이 이 컴퓨터를 떠나 {address}(으)로 보내집니다. "
        "이름은 가려지지 않습니다."
    )
    TAGGER_ESTIMATING = Sentence("보낼 양을 어림하는 중입니다…")
    TAGGER_TOKENS = Sentence("토큰")
    TAGGER_BUDGET = Sentence(
        "한 번 가져올 때의 한도: {limit}. 넘으면 나머지는 내장 태거가 붙입니다."
    )
    REPORT_HEAD = Sentence("가져온 결과")
    REPORT_DONE = Sentence("{file}: {rows}행을 읽어 {documents}건을 가져왔습니다({seconds}초).")
    REPORT_SAME = Sentence("{file}: 이미 가져온 파일이라 바뀐 것이 없습니다(배치 {batch}).")
    REPORT_LEFT = Sentence(
        "{file}: 아직 준비되지 않아 가져오지 않았습니다. 다시 놓고 열이나 암호를 채워 주세요."
    )
    REPORT_REPLACED = Sentence("이미 있던 {n}건은 새 내용으로 바뀌었습니다.")
    REPORT_MASKED = Sentence("가린 개인정보: {counts}")
    REPORT_REJECTED = Sentence("쓰지 못한 행 {n}개")
    REPORT_WARNINGS = Sentence("썼지만 살펴볼 행 {n}개")
    REPORT_ROW = Sentence("행")
    REPORT_REASON = Sentence("이유")
    REPORT_DOWNLOAD = Sentence("보고서 내려받기(CSV)")
    REPORT_NEXT = Sentence("답변과 이탈 보기")
    BATCHES_HEAD = Sentence("가져온 배치")
    BATCHES_NONE = Sentence("아직 가져온 배치가 없습니다.")
    BATCH_UNDO = Sentence("되돌리기")
    BATCH_UNDO_ASK = Sentence(
        "{documents}건이 저장소에서 빠집니다. 다시 보려면 파일을 새로 가져와야 합니다."
    )
    BATCH_UNDONE = Sentence("배치를 되돌렸습니다.")
    BATCH_SAMPLE = Sentence("표본")
    BATCH_ROW = Sentence("**{file}** · {kind} · {documents}건 · {loaded_at} {sample} {tagger}")
    BATCH_LLM = Sentence("언어 모델 {model}")
    BATCH_FELL_BACK = Sentence("언어 모델 {model}, {n}건은 내장 태거")
    TEMPLATES_HEAD = Sentence("빈 양식 내려받기")
    TEMPLATE_CHAT = Sentence("상담 양식")
    TEMPLATE_REVIEW = Sentence("리뷰 양식")
    TEMPLATE_OUTCOMES = Sentence("고객 결과 양식")
    EXPORT_HEAD = Sentence("내보내기")
    EXPORT_NOTE = Sentence("지금 보는 범위의 문서가 한 건에 한 행으로, 태그와 근거까지 담깁니다.")
    EXPORT_PREPARE = Sentence("{suffix} 만들기")
    EXPORT_DOWNLOAD = Sentence("{suffix} 내려받기")

    # guide
    GUIDE_TITLE = Sentence("도움말")
    GUIDE_INTRO = Sentence(
        "사과는 상담과 리뷰를 읽어 태그를 붙이고, 어떤 답변이 고객 이탈과 함께 나타나는지 얼마나 "
        "확실한지와 함께 보여 줍니다."
    )
    GUIDE_TAGS = Sentence("태그의 뜻")
    GUIDE_NAME = Sentence("이름")
    GUIDE_MEANING = Sentence("뜻")
    GUIDE_OPPORTUNITY = Sentence("기회(비교 대상)")
    GUIDE_FIGURES = Sentence("수치를 읽는 법")
    GUIDE_FIGURES_TEXT = Sentence(
        "- **기회**: 그 답변이 나올 수 있던 문서만 서로 비교합니다. 불만이 없던 상담에 사과가 "
        "없다고 "
        "나쁘게 세지 않습니다.\n"
        "- **이탈률**: 상담이 끝난 뒤 정한 날수 안에 떠난 고객의 비율입니다. 그만큼 지켜보지 못한 "
        "문서, 이미 떠난 고객, 해지하려고 건 상담은 빼고 몇 건을 뺐는지 보여 줍니다. 이탈일이 "
        "날짜뿐이면 "
        "그날 0시로 보므로 상담과 같은 날의 이탈은 앞뒤를 알 수 없어 빠집니다.\n"
        "- **차이 [구간]**: 두 이탈률의 차이와 95% 신뢰구간(Newcombe)입니다. 구간이 0을 품으면 "
        "분명하지 않습니다.\n"
        "- **q값**: 여러 답변을 한꺼번에 볼 때 우연히 눈에 띄는 것을 걸러 낸 "
        "값(Benjamini–Hochberg)입니다. "
        "0.05보다 작을 때만 '높음'이나 '낮음'이라고 말합니다.\n"
        "- **건수 부족**: 한쪽이 20건, 이탈이 10건보다 적으면 순위를 매기지 않고 몇 건이 더 "
        "필요한지 "
        "알려 줍니다.\n"
        "- 모든 수치는 **함께 나타남**이며 원인이 아닙니다. 화난 고객이 나쁜 답변을 더 받고 더 "
        "많이 "
        "떠났을 수도 있습니다."
    )
    GUIDE_ADJUSTED_TEXT = Sentence(
        "- **보정**: 답변 전에 알려진 것(감정, 반복 문의, 주제, 요금제 등)이 같은 문서끼리 비교한 "
        "값입니다. 무엇을 맞췄고 무엇을 못 맞췄는지 수치 곁에 있습니다. '높음'과 '낮음'은 보정한 "
        "구간도 0의 한쪽에 있어야 하고, 보정할 수 없으면 보정하지 않은 구간으로 판단합니다.\n"
        "- **약한 판단**: 보정하기 전과 후의 판단이 다르거나, 알려진 변수만큼 강한 것이 하나 더 "
        "있으면 차이가 모두 설명될 수 있습니다(E값).\n"
        "- **하루하루의 이탈 위험**: 떠날 때까지의 시간을 결과가 닿는 데까지 비교한 "
        "값(Cox)입니다.\n"
        "- **한 달의 차이**: 비슷한 문서처럼 흘렀고 이 연관이 전부라면 달라졌을 문서의 수입니다. "
        "고객이 아니라 문서를 셉니다."
    )
    GUIDE_TERMS = Sentence("통계 말 풀이")
    GUIDE_TERMS_TEXT = Sentence(
        "- **비슷한 문서끼리 비교(보정)**: 두 쪽의 고객 감정, 주제, 가입 기간 같은 사정을 "
        "통계로 같게 맞추고 이탈률을 견준 것입니다. 맞춘 것만 같고 나머지는 다를 수 있습니다.\n"
        "- **95% 구간**: 같은 조사를 되풀이하면 스무 번에 열아홉 번은 참값을 품는 범위입니다.\n"
        "- **위험비**: 있을 때의 이탈률을 없을 때의 이탈률로 나눈 것입니다. 1이면 같습니다.\n"
        "- **약함**: 비슷한 문서끼리 비교하면 판단이 달라지거나, 이미 맞춘 것만큼 강한 무엇이 "
        "하나 더 있으면 사라질 수 있는 판단입니다.\n"
        "- **E값**: 재지 못한 무엇이 차이를 모두 설명하려면 답변과도 이탈과도 얼마나 강하게 "
        "얽혀야 하는지를 배수로 말한 것입니다. 클수록 설명해 없애기 어렵습니다.\n"
        "- **심프슨의 역설**: 전체로는 높은데 묶음마다 보면 낮은 것처럼, 나누어 보면 방향이 "
        "뒤집히는 일입니다.\n"
        "- **카플란-마이어 곡선**: 날이 지나며 아직 고객인 비율입니다. 끝까지 지켜보지 못한 "
        "문서도 지켜본 날까지 셉니다.\n"
        "- **로그순위 검정**: 두 곡선이 우연만으로 이만큼 벌어질 수 있는지 보는 검정입니다.\n"
        "- **하루에 떠날 위험의 비(위험률비)**: 그날까지 남은 고객이 그날 떠날 위험을 있을 "
        "때와 없을 때로 나눈 것입니다.\n"
        "- **비례성 확인**: 그 비가 처음부터 끝까지 비슷한지 봅니다. 달라진다면 비 하나로 "
        "말하기 어렵습니다.\n"
        "- **이중 강건 추정**: 비슷한 문서끼리 비교를 다른 방법으로 한 번 더 한 것입니다. 두 "
        "값이 가까우면 방법 탓이 적습니다.\n"
        "- **얼마나 큰 일인가**: 답변이 있던 문서 수에 차이를 곱해 한 달로 나눈 것입니다. 이 "
        "연관이 전부라고 볼 때의 크기이며, 바꾸면 줄어든다는 약속이 아닙니다."
    )
    GUIDE_SCRIPTS_TEXT = Sentence(
        "- **같은 말**: 숫자, 가려진 값, 고객님·상담사 곁의 이름, 띄어쓰기와 부호만 다른 "
        "문장입니다.\n"
        "- **묶음**: 낱말과 글자가 거의 같은 말을 가장 많이 보낸 표현에 모은 것입니다. 부정하는 "
        "말, 이미 한 일, 서로 다른 것을 말하는 문장(환불과 교환)은 모으지 않습니다. 한 번만 보낸 "
        "말은 어느 묶음에도 들지 않습니다.\n"
        "- **말의 종류**: 인사, 본인·정보 확인, 마무리 인사는 표현을 보고 가리며, 놓치는 것이 "
        "있습니다.\n"
        "- **승인 매크로·필수 문구**: 분석하는 사람이 붙이는 표시입니다. 자료를 더 가져와도 남고, "
        "언제든 지울 수 있습니다.\n"
        "- 자주 보낸 말이 이탈과 어떤 관계인지는 여기서 말하지 않습니다."
    )
    GUIDE_CHECKS = Sentence("사람의 확인")
    GUIDE_CHECKS_TEXT = Sentence(
        "- 대화 화면의 오른쪽에서 태그마다 **맞음**이나 **틀림**을 고르고, 빠진 태그를 더할 수 "
        "있습니다. 같은 것을 다시 누르면 취소됩니다.\n"
        "- 사람마다 마지막 판단만 세고, 여러 사람이 다르면 많은 쪽을 따릅니다. 같은 수면 "
        "프로그램의 태그를 그대로 둡니다.\n"
        "- 목록을 **의심스러운 것부터** 보면 프로그램이 틀렸을 것 같은 태그가 많은 문서가 먼저 "
        "나옵니다.\n"
        "- 확인은 목록과 내보내기에 보이고, 이탈 비교의 수치는 바꾸지 않습니다. 배치를 되돌려도 "
        "남았다가 같은 문서를 다시 가져오면 돌아옵니다."
    )
    GUIDE_SUGGEST_TEXT = Sentence(
        "- **주제 제안**은 '기타'이거나 어느 주제도 뚜렷하지 않은 문서 가운데, 다른 문서에는 드문 "
        "말을 함께 쓰는 20건 이상의 묶음입니다. 태그가 아니라 살펴볼 거리이며, 서로 다른 일이 한 "
        "묶음에 섞일 수 있으니 대화를 읽고 결정하세요.\n"
        "- 제안은 번호, 이름, 말을 지킵니다. 자료가 늘면 문서만 더해집니다. 닫은 제안은 다시 "
        "나오지 않고, 받아들인 제안은 '우리 규칙'에서 규칙으로 저장해야 태그가 됩니다."
    )
    GUIDE_RULES_TEXT = Sentence(
        "- 코드북에 없는 우리만의 주제나 말을 **우리 규칙** 화면에서 태그로 만듭니다. 말 하나에 "
        "적은 말 가운데 하나가 있고 뺄 말이 없으면 맞습니다. 띄어쓰기와 대소문자는 가리지 "
        "않습니다.\n"
        "- 저장하기 전에 몇 건에 맞는지, 저장된 규칙과 무엇이 달라지는지 보고, 맞는 대화마다 "
        "맞음과 틀림을 고를 수 있습니다.\n"
        "- 규칙의 태그는 대화와 내보내기에 보이고, 이탈 비교에는 들어가지 않습니다."
    )
    GUIDE_FILES = Sentence("가져올 수 있는 파일")
    GUIDE_FILES_TEXT = Sentence(
        "- **상담**: 메시지 하나가 한 행. 필요한 열은 대화 번호, 발화자, 내용입니다. 고객 번호가 "
        "있어야 "
        "이탈과 이어집니다.\n"
        "- **리뷰**: 글 하나가 한 행, 또는 글 하나가 파일 하나(.txt, .html, 저장한 "
        "티스토리·네이버 글).\n"
        "- **고객 결과**: 고객 한 명이 한 행. 고객 번호, 이탈일(남아 있으면 빈칸), 기준일(표가 "
        "말하는 날).\n"
        "- 암호로 잠긴 엑셀 파일은 놓은 뒤 암호를 물어봅니다. 암호는 저장하지 않습니다."
    )
    GUIDE_PRIVACY = Sentence("개인정보")
    GUIDE_PRIVACY_TEXT = Sentence(
        "저장, 기록, 화면에 앞서 주민번호, 전화번호, 카드번호, 계좌번호, 이메일이 가려집니다. "
        "고객 번호 "
        "자체가 전화번호나 이메일이면 되돌릴 수 없는 가명으로 바뀝니다. 자료는 이 컴퓨터의 저장소 "
        "폴더에만 "
        "남고 밖으로 나가지 않습니다. 관리자가 언어 모델을 켜 두었고 가져올 때 그것을 고르면, 가린 "
        "글만 그 주소로 보내집니다. 한 고객을 모두 지우려면 `python -m analysis forget "
        "고객번호`를 쓰세요."
    )
