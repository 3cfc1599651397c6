"""Stage 4: the sign-in sheet (F-31) and the minutes (F-32) of a bargaining meeting."""

from __future__ import annotations

from dataclasses import replace

from app.documents.blocks import (
    FORM,
    Align,
    Block,
    Cell,
    Column,
    Document,
    KeyValue,
    KeyValues,
    Row,
    Run,
    SignatureArea,
    SignatureField,
    Subtitle,
    Table,
    Text,
    Title,
    blank,
    body,
    heading1,
    heading2,
)
from app.documents.kinds import LetterContext, Subject
from app.documents.letters.citing import article_note
from app.documents.letters.frame import paper
from app.documents.letters.parties import (
    chief,
    chief_word,
    kind_of,
    party_name,
    sitting,
    talks_name,
    workplace,
)
from app.documents.letters.words import (
    chinese_number,
    day_text,
    ended,
    joined,
    label_of,
    listed,
    on_day,
    shown,
    with_unit,
)
from app.domain.case import Case
from app.domain.facts import join_names
from app.domain.negotiation import Meeting, Position, RoundResult
from app.domain.representatives import Recorder, Representative, Role
from app.domain.stages import Stage
from app.domain.survey import Topic, TopicDecision
from app.domain.union import Side
from app.rules.wording import MinutesSigners

MINUTES_PAGE = replace(FORM, body_size=14, line_pitch=23, title_size=20, table_size=12)
"""Minutes are read and signed page by page: 四号 text, form margins."""

_SPARE_ROWS = 3


def meeting_subjects(case: Case) -> tuple[Subject, ...]:
    """One paper for each meeting; a blank one before the first."""
    held = tuple(
        Subject(one.id, f"第{one.number}次会议 {day_text(one.held_on)}".rstrip() if one.number else one.title)
        for one in case.meetings
    )
    return held or (Subject(),)


def minutes_missing(case: Case, subject: Subject) -> tuple[str, ...]:
    """Facts the minutes still lack."""
    meeting = _meeting(case, subject)
    found = []
    if meeting.held_on is None:
        found.append("会议日期")
    if not meeting.place:
        found.append("地点")
    if not meeting.chair:
        found.append("主持人")
    if case.find("recorders", meeting.recorder) is None:
        found.append("记录员")
    if not any(held.meeting == meeting.id for held in case.positions):
        found.append("双方主张")
    return tuple(found)


def sign_in(context: LetterContext, subject: Subject) -> Document:
    """Write the sign-in sheet of a meeting (F-31): both sides by roster, recorder, guests, spare lines."""
    case = context.case
    meeting = _meeting(case, subject)
    title = f"{talks_name(case)}会议签到表"
    rows: list[Row] = []
    for side in Side:
        rows.append(Row((_whole_row(f"{side.label}：{party_name(case, side)}"),), group=True))
        people = sitting(case, side)
        for number, person in enumerate(people, start=1):
            rows.append(_sign_row(number, person.name, _post(case, person), label_of(person.role)))
        for number in range(len(people) + 1, max(len(people), _SPARE_ROWS) + 1):
            rows.append(_sign_row(number, "", "", ""))
    recorder: Recorder | None = case.find("recorders", meeting.recorder)
    rows.append(Row((_whole_row("记录员和列席人员"),), group=True))
    others = [(recorder.name, recorder.post, "记录员")] if recorder is not None else [("", "", "记录员")]
    for name in meeting.observers:
        adviser = next((held for held in case.advisers if held.name == name), None)
        others.append((name, adviser.identity if adviser else "", "协商顾问" if adviser else "列席"))
    others += [("", "", "列席")] * 2
    rows += [_sign_row(number, *other) for number, other in enumerate(others, start=1)]
    columns = (
        Column(12, Align.CENTER), Column(24), Column(46), Column(24, Align.CENTER), Column(34), Column(24)
    )  # fmt: skip
    head = ("序号", "姓名", "职务（岗位）", "身份", "签名", "到会时间")
    blocks: list[Block] = [Title(title), Subtitle(_order(meeting)), _facts(case, meeting)]
    blocks.append(Table(columns, tuple(rows), (head,)))
    return paper(context, "meeting_sign_in", Stage.NEGOTIATION, title, blocks, page=FORM)


def minutes(context: LetterContext, subject: Subject) -> Document:
    """Write the minutes (F-32): agenda, claim and answer topic by topic, result, summary, who signs.

    The four steps are those of 《规定》34条; the signature area follows the pack (山东: all present
    representatives; elsewhere both chiefs). Every page ends with a line for marks, so that none is exchanged.
    """
    case, pack = context.case, context.pack
    meeting = _meeting(case, subject)
    title = f"{talks_name(case)}会议记录"
    positions = [held for held in case.positions if meeting.id and held.meeting == meeting.id]
    topics = _topics(case, positions)
    chair = joined(shown(meeting.chair, 5), f"（{meeting.chaired_by.label}）" if meeting.chaired_by else "")
    agenda = listed([topic.name for topic in topics]) if topics else (blank(24),)
    blocks: list[Block] = [
        Title(title),
        Subtitle(_order(meeting)),
        _attendance(context, meeting),
        heading1("一、宣布议程和会议纪律"),
        body(joined("主持人", chair, "宣布会议议程和纪律。本次协商：", agenda, "。")),
        heading1("二、提出要求和回应"),
    ]
    for number, topic in enumerate(topics, start=1):
        position = next((held for held in positions if held.topic == topic.id), Position())
        blocks += _exchange(number, topic, position)
    if not topics:
        for number in range(1, 4):
            blocks += _exchange(number, Topic(), Position())
    blocks += [heading1("三、归纳意见"), *_summary(case, meeting, positions)]
    if meeting.next_meeting_on or any(held.result is not RoundResult.AGREED for held in positions):
        blocks.append(body(joined("双方商定下次会议日期：", on_day(meeting.next_meeting_on), "。")))
    if meeting.unsigned:
        why = f"（{meeting.unsigned_reason}）" if meeting.unsigned_reason else ""
        blocks.append(body(f"没有签字的代表：{join_names(meeting.unsigned)}{why}。"))
    blocks.append(body(joined("散会时间：", shown(meeting.ends, 5), "。")))
    note = article_note(case, pack, "minutes_sign")
    blocks.append(
        body(f"签字要求：{pack.wording.of(kind_of(case)).minutes_signers_text.rstrip('。')}{note}。")
    )
    blocks += _minutes_signatures(context, meeting)
    return paper(
        context,
        "minutes",
        Stage.NEGOTIATION,
        title,
        blocks,
        page=MINUTES_PAGE,
        page_sign="本页记录人：＿＿＿＿＿＿＿　双方首席代表：＿＿＿＿＿＿＿　＿＿＿＿＿＿＿",
    )


def _meeting(case: Case, subject: Subject) -> Meeting:
    found: Meeting | None = case.find("meetings", subject.id)
    return found or Meeting()


def _order(meeting: Meeting) -> Text:
    return f"第{meeting.number}次会议" if meeting.number else joined("第", blank(2), "次会议")


def _when(meeting: Meeting) -> Text:
    times = f" {meeting.starts}—{meeting.ends}" if meeting.starts and meeting.ends else ""
    start = f" {meeting.starts}" if meeting.starts and not times else ""
    return joined(on_day(meeting.held_on), times or start)


def _facts(case: Case, meeting: Meeting) -> KeyValues:
    recorder: Recorder | None = case.find("recorders", meeting.recorder)
    chaired = f"{meeting.chair}（{meeting.chaired_by.label}）" if meeting.chaired_by else meeting.chair
    return KeyValues(
        (
            KeyValue("时间", _when(meeting)),
            KeyValue("地点", meeting.place + ("（线上）" if meeting.online else "")),
            KeyValue("主持人", chaired),
            KeyValue("记录员", recorder.name if recorder else ""),
        ),
        label_width=0.24,
        row_height=9.0,
    )


def _attendance(context: LetterContext, meeting: Meeting) -> KeyValues:
    case = context.case
    recorder: Recorder | None = case.find("recorders", meeting.recorder)
    outside = "，不是协商代表" if recorder is not None and recorder.is_representative is False else ""
    recorder_words = f"{recorder.name}（{recorder.post}{outside}）" if recorder is not None else ""
    items = list(_facts(case, meeting).items[:3])
    items.append(KeyValue("记录员", recorder_words))
    numbers = {Side.WORKER: meeting.workers_present, Side.EMPLOYER: meeting.employers_present}
    for side in Side:
        here = _present(case, meeting, side)
        count = f"{numbers[side]}人：" if numbers[side] is not None else ""
        items.append(
            KeyValue(f"{side.label}到会", count + join_names(person.name for person in here), span=2)
        )
    nobody = "无" if meeting.held_on is not None else ""
    items.append(KeyValue("缺席", join_names(meeting.absent) or nobody))
    items.append(KeyValue("列席", join_names(meeting.observers) or nobody))
    return KeyValues(tuple(items), label_width=0.3, row_height=9.0)


def _present(case: Case, meeting: Meeting, side: Side) -> tuple[Representative, ...]:
    return tuple(person for person in sitting(case, side) if person.name not in meeting.absent)


def _post(case: Case, person: Representative) -> str:
    place = workplace(case, person)
    return f"{place} {person.post}".strip()


def _whole_row(text: str) -> Cell:
    return Cell(text, colspan=6, align=Align.LEFT)


def _sign_row(number: int, name: str, post: str, seat: str) -> Row:
    return Row((str(number), name, post, seat, "", ""), min_height=11.0)


def _topics(case: Case, positions: list[Position]) -> list[Topic]:
    """The topics talked about, in the order of the list of topics; before the meeting those still open."""
    if positions:
        spoken = {held.topic for held in positions}
        return [topic for topic in case.topics if topic.id in spoken]
    agreed = {held.topic for held in case.positions if held.result is RoundResult.AGREED}
    return [
        topic for topic in case.topics if topic.decision is TopicDecision.OFFERED and topic.id not in agreed
    ]


def _exchange(number: int, topic: Topic, position: Position) -> list[Block]:
    name = shown(topic.name, 14)
    out: list[Block] = [heading2(joined(f"（{chinese_number(number)}）", name))]
    sides = (
        ("职工方：", "提出", position.worker_text, position.worker_value, position.worker_reason),
        ("企业方：", "回应", position.employer_text, position.employer_value, position.employer_reason),
    )
    for speaker, verb, text, value, reason in sides:
        figure = with_unit(value, topic.unit)
        said = text or (f"{verb}{figure}" if figure else "")
        if text and figure and figure not in text:
            said = f"{said}（{figure}）"
        words: list[Text] = [(Run(speaker, bold=True),), shown(said.rstrip("。"), 20), "。"]
        if reason:
            words.append(f"理由：{ended(reason)}")
        out.append(body(joined(*words)))
    results = {
        RoundResult.AGREED: "双方意见一致。",
        RoundResult.OPEN: "双方意见有分歧，继续协商。",
        RoundResult.NEXT: "留待下次会议协商。",
    }
    result: Text = results[position.result] if position.result else "一致□　分歧□　待下次□"
    out.append(body(joined((Run("结果：", bold=True),), result)))
    return out


def _summary(case: Case, meeting: Meeting, positions: list[Position]) -> list[Block]:
    out: list[Block] = [body(ended(meeting.summary))] if meeting.summary else []
    agreed, others = [], []
    for held in positions:
        topic: Topic | None = case.find("topics", held.topic)
        name = topic.name if topic is not None else ""
        if held.result is RoundResult.AGREED:
            value = with_unit(held.worker_value, topic.unit if topic else "")
            agreed.append(
                f"{name}（{value}）" if value and held.worker_value == held.employer_value else name
            )
        else:
            others.append(name)
    if agreed:
        out.append(body(f"意见一致{len(agreed)}项：{join_names(agreed)}。"))
    if others:
        out.append(body(f"还有分歧{len(others)}项：{join_names(others)}。"))
    return out or [body((blank(26),))]


def _short_role(person: Representative) -> str:
    """首席 or 代表: short, so that 30 mm are left to sign on."""
    return "首席" if person.role is Role.CHIEF else "代表"


def _minutes_signatures(context: LetterContext, meeting: Meeting) -> list[Block]:
    """Places to sign: everybody present, or both chiefs (law.md C minutes_sign); always the recorder."""
    case, pack = context.case, context.pack
    out: list[Block] = []
    if pack.wording.of(kind_of(case)).minutes_signers is MinutesSigners.ALL_PRESENT:
        for side in Side:
            people = _present(case, meeting, side)
            fields = [SignatureField(person.name, _short_role(person)) for person in people]
            fields += [SignatureField("代表")] * (_SPARE_ROWS - len(fields))
            out.append(SignatureArea(tuple(fields), title=f"{side.label}代表签字"))
    else:
        fields = []
        for side in Side:
            held = chief(case, side)
            name = f"（{held.name}）" if held is not None else ""
            fields.append(SignatureField(f"{chief_word(pack, side)}{name}", "签字"))
        out.append(SignatureArea(tuple(fields), columns=1))
    recorder: Recorder | None = case.find("recorders", meeting.recorder)
    name = recorder.name if recorder is not None else "签字"
    out.append(SignatureArea((SignatureField("记录员", name), SignatureField("日期"))))
    return out
