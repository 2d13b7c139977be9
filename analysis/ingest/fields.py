"""The fields of each kind of file, and the names that exports give their columns.

Names come from public documentation and exports of Korean and international help desks. `names`
say the field plainly; `weak` ones also mean other things and count where no plain one is there.
"""

from __future__ import annotations

from dataclasses import dataclass

from analysis.messages import mark as _


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a kind of file: its Korean label, what it means, and how columns name it."""

    name: str
    required: bool
    label: str
    meaning: str
    names: tuple[str, ...]
    weak: tuple[str, ...] = ()


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


_CUSTOMER = _names(
    "customer_id, 고객번호, 고객ID, 고객아이디, 고객코드, 고객식별번호, 회원번호, 회원ID, "
    "회원아이디, 회원코드, member_id, member_no, customer_no, customer_number, client_id, "
    "user_id, 사용자ID, 사용자번호, 유저ID, 이용자번호, 이용자ID, 가입자번호, account_id, "
    "visitor_id, subscriber_id, contact_id, end_user_id, requester_id, cust_id, userNo, 계정ID"
)
_CUSTOMER_WEAK = _names("customer, 고객, 회원, member, requester, 문의자")

CHAT: tuple[Field, ...] = (
    Field(
        "conversation_id",
        True,
        _("상담번호"),
        _("한 상담을 다른 상담과 가르는 번호. 같은 번호의 행이 한 상담입니다."),
        _names(
            "conversation_id, 상담번호, 상담ID, 상담아이디, 대화번호, 대화ID, 대화방ID, "
            "대화방번호, 채팅번호, 채팅ID, 채팅방ID, 채팅방번호, 세션ID, 세션번호, 티켓번호, "
            "티켓ID, 문의번호, 문의ID, 접수번호, 상담건번호, 상담코드, 상담이력번호, 인터랙션ID, "
            "콜ID, chat_id, chat_no, chat_key, user_chat_id, conversation_no, conversation, "
            "dialogue_id, dialog_id, ticket_id, ticket_no, ticket_number, case_id, case_number, "
            "session_id, thread_id, room_id, interaction_id, inquiry_id, call_id"
        ),
        _names("대화, 상담, 세션, 티켓, 채팅방, thread, ticket, session, room, chat, case"),
    ),
    Field(
        "customer_id",
        False,
        _("고객번호"),
        _("고객을 식별하는 번호. 이탈 여부를 담은 파일과 이어 줍니다."),
        _CUSTOMER,
        _CUSTOMER_WEAK,
    ),
    Field(
        "agent_id",
        False,
        _("상담사"),
        _("상담한 사람의 번호나 이름."),
        _names(
            "agent_id, 상담사ID, 상담사번호, 상담사, 상담사명, 상담원ID, 상담원번호, 상담원, "
            "상담원명, 담당자ID, 담당자, 담당자명, 담당상담사, 담당상담원, 매니저ID, 매니저, "
            "처리자, agent, agent_name, agent_no, manager_id, manager, assignee_id, assignee, "
            "operator_id, operator, staff_id, staff, employee_id, advisor_id, csr_id, owner_id"
        ),
        _names("사번, 직원번호"),
    ),
    Field(
        "channel",
        False,
        _("채널"),
        _("상담이 들어온 길(카카오톡, 앱, 웹, ...)."),
        _names(
            "channel, 채널, 상담채널, 인입채널, 유입채널, 접수채널, 문의채널, 인입경로, "
            "접수경로, 상담유형채널, channel_name, channel_type, contact_channel, medium, "
            "contact_medium_type, platform"
        ),
        _names("source, 플랫폼, 매체"),
    ),
    Field(
        "sent_at",
        False,
        _("보낸 시각"),
        _("메시지를 보낸 때. 모든 메시지에 있으면 이 순서로, 아니면 파일의 순서로 읽습니다."),
        _names(
            "sent_at, 보낸시간, 보낸시각, 보낸일시, 발송일시, 발송시각, 발송시간, 전송시각, "
            "전송시간, 전송일시, 메시지일시, 메시지시간, 메시지시각, 작성일시, 작성시간, "
            "작성시각, 발화시각, 발화시간, 발화일시, 대화일시, 대화시간, 대화시각, 상담일시, "
            "상담시간, 채팅시간, 등록일시, 등록시간, 생성일시, 생성시각, 일시, 시각, 시간, "
            "sent_time, send_time, sent_date, message_time, message_date, created_at, created, "
            "create_time, created_time, timestamp, datetime, date_time, posted_at, time, ts"
        ),
        _names("날짜, 일자, 작성일, 등록일, 상담일, 상담일자, 생성일, date, created_date"),
    ),
    Field(
        "speaker",
        True,
        _("발화자"),
        _("누가 말했는지: 고객, 상담사, 챗봇, 시스템."),
        _names(
            "speaker, 발화자, 발화자구분, 발화주체, 화자, 화자구분, 화자유형, 발신자, "
            "발신자구분, 발신자유형, 발신구분, 송신자, 송신자구분, 보낸사람, 보낸이, "
            "보낸사람구분, 보낸사람유형, 작성자구분, 작성자유형, 메시지구분, 메시지주체, "
            "말한사람, 대화자, 참여자구분, 참여자유형, 역할, 주체, speaker_type, speaker_role, "
            "sender, sender_type, sender_role, sent_by, person_type, author_type, author_role, "
            "actor_type, participant_role, participant_type, user_type, role, direction, from"
        ),
        _names(
            "구분, 작성자, 작성자명, 유형, author, user, type, 이름, 참여자, name, who, "
            "nickname, 닉네임"
        ),
    ),
    Field(
        "text",
        True,
        _("내용"),
        _("메시지의 글."),
        _names(
            "text, 내용, 메시지, 메세지, 메시지내용, 메세지내용, 대화내용, 대화, 상담내용, "
            "채팅내용, 채팅메시지, 발화, 발화내용, 발화문, 발언, 본문, 문장, 텍스트, 대화문, "
            "전문, message, message_text, message_body, message_content, plain_text, body, "
            "body_text, content, utterance, transcript, msg, comment"
        ),
    ),
)

REVIEW: tuple[Field, ...] = (
    Field(
        "review_id",
        False,
        _("리뷰번호"),
        _("글을 식별하는 번호. 없으면 글에서 만듭니다."),
        _names(
            "review_id, 리뷰번호, 리뷰ID, 후기번호, 후기ID, 글번호, 게시글번호, 게시글ID, "
            "게시물번호, 게시물ID, 문서번호, 문의번호, 접수번호, 민원번호, VOC번호, VOCID, "
            "응답번호, 댓글ID, post_id, article_id, comment_id, document_id, doc_id, "
            "response_id, feedback_id"
        ),
        _names("id, 번호, no, 순번, 연번, 일련번호, index"),
    ),
    Field(
        "customer_id",
        False,
        _("작성자"),
        _("글쓴이의 고객번호. 이탈 여부를 담은 파일과 이어 줍니다."),
        _CUSTOMER,
        _names(
            "작성자ID, 작성자번호, author_id, writer_id, reviewer_id, 작성자, 글쓴이, "
            "닉네임, author, writer, reviewer, user, username, user_name, nickname, 고객, 회원, "
            "customer, member"
        ),
    ),
    Field(
        "source",
        False,
        _("출처"),
        _("글이 올라온 곳(앱 마켓, 블로그, 커뮤니티, ...)."),
        _names(
            "source, 출처, 플랫폼, 사이트, 매체, 수집처, 수집채널, 게시판, 마켓, 스토어, 앱마켓, "
            "채널, 경로, platform, site, store, market, channel, media, board"
        ),
    ),
    Field(
        "posted_at",
        False,
        _("작성일"),
        _("글을 올린 때."),
        _names(
            "posted_at, 작성일, 작성일시, 작성일자, 작성시간, 작성시각, 등록일, 등록일시, "
            "등록일자, 게시일, 게시일시, 게시일자, 발행일, 리뷰일, 리뷰작성일, 후기작성일, "
            "접수일, 접수일시, 날짜, 일시, 일자, posted, post_date, posted_date, published_at, "
            "published, publish_date, review_date, created_at, created, created_date, "
            "written_at, submitted_at, timestamp, datetime, date, at"
        ),
        _names("time, 시각, 시간, 수집일, 수집일시"),
    ),
    Field(
        "url",
        False,
        _("링크"),
        _("글의 주소."),
        _names(
            "url, 링크, 주소링크, 원문링크, 원문주소, 게시글주소, 게시물주소, URL주소, link, "
            "permalink, href"
        ),
    ),
    Field(
        "title",
        False,
        _("제목"),
        _("글의 제목."),
        _names(
            "title, 제목, 글제목, 리뷰제목, 후기제목, 게시글제목, 게시물제목, subject, headline, "
            "summary"
        ),
    ),
    Field(
        "text",
        True,
        _("본문"),
        _("글 전체."),
        _names(
            "text, 본문, 내용, 리뷰, 리뷰내용, 리뷰본문, 후기, 후기내용, 글내용, 게시글, "
            "게시글내용, 게시물내용, 본문내용, 원문, 상세내용, 고객의견, 의견, 의견내용, "
            "문의내용, 민원내용, VOC내용, VOC, 불만내용, 응답내용, 주관식, 텍스트, review_text, "
            "review_body, review_content, review, content, contents, body, body_text, full_text, "
            "feedback, comment, description, article, post, 댓글, 코멘트"
        ),
    ),
)

OUTCOMES: tuple[Field, ...] = (
    Field(
        "customer_id",
        True,
        _("고객번호"),
        _("고객을 식별하는 번호. 상담 파일의 고객번호와 같아야 합니다."),
        _CUSTOMER,
        _names("customer, 고객, 회원, member, id, user, 계정, account"),
    ),
    Field(
        "observed_until",
        True,
        _("기준일"),
        _("이 표가 말해 주는 마지막 날. 이날까지 해지하지 않았으면 고객으로 봅니다."),
        _names(
            "observed_until, 기준일, 기준일자, 기준일시, 관측일, 관측종료일, 관찰종료일, 관찰일, "
            "조회일, 조회기준일, 추출일, 추출일자, 추출일시, 데이터기준일, 집계일, 집계기준일, "
            "observed_at, observation_date, observation_end, as_of, as_of_date, snapshot_date, "
            "reference_date, extracted_at, cutoff_date"
        ),
    ),
    Field(
        "started_at",
        False,
        _("가입일"),
        _("고객이 된 날."),
        _names(
            "started_at, 가입일, 가입일자, 가입일시, 최초가입일, 회원가입일, 이용시작일, "
            "구독시작일, 계약일, 계약시작일, 개통일, 시작일, 등록일, start_date, started, "
            "joined_at, join_date, signup_date, signed_up_at, sign_up_date, registered_at, "
            "registration_date, subscribed_at, subscription_start, contract_start, "
            "activation_date"
        ),
        _names("created_at, 생성일"),
    ),
    Field(
        "churned_at",
        False,
        _("해지일"),
        _("고객이 떠난 날. 비어 있으면 기준일까지 고객입니다."),
        _names(
            "churned_at, 해지일, 해지일자, 해지일시, 탈퇴일, 탈퇴일자, 탈퇴일시, 이탈일, "
            "이탈일자, 이탈일시, 구독해지일, 계약해지일, 해약일, 이용종료일, 구독종료일, 종료일, "
            "churn_date, churned_date, churn_at, cancelled_at, canceled_at, cancel_date, "
            "cancellation_date, cancelled_date, withdrawn_at, withdrawal_date, left_at, "
            "terminated_at, termination_date, ended_at, end_date, unsubscribed_at, "
            "subscription_end"
        ),
    ),
    Field(
        "churned",
        False,
        _("이탈 여부"),
        _("떠났는지 여부(1/0, Y/N). 해지일과 맞는지 살피는 데만 씁니다."),
        _names(
            "churned, 이탈여부, 이탈유무, 이탈, 해지여부, 해지유무, 탈퇴여부, churn, is_churn, "
            "is_churned, churn_flag, churn_yn, cancelled, canceled, is_cancelled, is_canceled, "
            "exited"
        ),
    ),
    Field(
        "plan",
        False,
        _("요금제"),
        _("쓰는 요금제나 등급."),
        _names(
            "plan, 요금제, 요금제명, 상품명, 이용상품, 구독상품, 가입상품, 멤버십, 멤버십등급, "
            "서비스등급, plan_name, plan_id, subscription_plan, product_plan, tier, package, "
            "membership"
        ),
        _names("등급, 상품, grade, subscription_type"),
    ),
    Field(
        "monthly_value",
        False,
        _("월요금"),
        _("한 달에 내는 금액."),
        _names(
            "monthly_value, 월요금, 월결제액, 월결제금액, 월이용료, 월이용요금, 월구독료, "
            "월매출, 월매출액, 월정액, 월납입액, 이용료, 구독료, monthly_fee, monthly_charge, "
            "monthly_charges, monthly_amount, monthly_revenue, monthly_price, mrr, arpu"
        ),
        _names("요금, 결제액, 결제금액, 금액, revenue, price, amount, fee"),
    ),
    Field(
        "currency",
        False,
        _("통화"),
        _("월요금의 통화(KRW, USD, ...)."),
        _names("currency, 통화, 통화코드, 화폐, 화폐단위, currency_code"),
    ),
)

FIELDS: dict[str, tuple[Field, ...]] = {"chat": CHAT, "review": REVIEW, "outcomes": OUTCOMES}
