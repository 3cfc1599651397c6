"""Figures that do not add up: votes, people, sheets, seats (law.md has no number for these)."""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.congress import Body
from app.domain.evaluation import Poll, PollSheet
from app.domain.facts import Record, facts_of, join_names
from app.domain.representatives import Count
from app.domain.survey import AnswerCount, Question, QuestionKind, Survey
from app.domain.union import Side
from app.domain.voters import uneven_numbers
from app.rules.findings import Finding, Grade, Where
from app.rules.ground import Found, Ground
from app.rules.record_names import name_of

_VOTING_ORDER = (("present", "expected"), ("issued", "present"), ("returned", "issued"))
_PARTS_OF_STAFF = (
    "female_staff",
    "male_staff",
    "migrant_staff",
    "frontline_staff",
    "disabled_staff",
    "minor_staff",
)


def data_count_order(ground: Ground) -> Found:
    """实到 ≤ 应到, 发出 ≤ 实到, 收回 ≤ 发出; fewer returned than issued needs a written reason."""
    rows: list[tuple[str, Record]] = [("counts", each) for each in ground.case.counts]
    rows += [("sessions", each) for each in ground.case.sessions]
    found: list[Finding] = []
    looked = False
    for collection, held in rows:
        for smaller, larger in _VOTING_ORDER:
            less, more = getattr(held, smaller, None), getattr(held, larger, None)
            if less is None or more is None:
                continue
            looked = True
            if less > more:
                found.append(_more_than(ground, "data_count_order", collection, held, smaller, larger))
    for count in ground.case.counts:
        issued, returned = count.issued, count.returned
        if issued is not None and returned is not None and returned < issued and not count.note:
            found.append(
                ground.finding(
                    "data_count_order",
                    Grade.EXPLAIN,
                    Where("counts", count.id, "note"),
                    f"{_what(count)}发出 {count.issued} 张，收回 {count.returned} 张，没有写原因",
                    more="unreturned",
                )
            )
        parts = (count.valid, count.invalid)
        if (
            count.returned is not None
            and None not in parts
            and sum(each or 0 for each in parts) != count.returned
        ):
            found.append(
                ground.finding(
                    "data_count_order",
                    Grade.MUST,
                    Where("counts", count.id, "valid"),
                    f"{_what(count)}有效 {count.valid} 张加无效 {count.invalid} 张，"
                    f"不等于收回 {count.returned} 张",
                    more="valid",
                )
            )
        elif count.returned is not None and count.valid is not None and count.valid > count.returned:
            found.append(_more_than(ground, "data_count_order", "counts", count, "valid", "returned"))
    return found if looked or found else None


def data_vote_sum(ground: Ground) -> Found:
    """有效 = 赞成 + 反对 + 弃权, of the whole vote and of each representative."""
    found: list[Finding] = []
    looked = False
    for count in ground.case.counts:
        votes = [count.in_favour, count.against, count.abstained]
        if None in votes:
            if count.in_favour is not None and count.valid is not None and count.in_favour > count.valid:
                looked = True
                found.append(_more_than(ground, "data_vote_sum", "counts", count, "in_favour", "valid"))
            continue
        cast = sum(each or 0 for each in votes)
        base, name = (count.valid, "有效") if count.valid is not None else (count.present, "实到")
        looked = looked or base is not None
        if base is None or cast == base or (name == "实到" and cast < base):
            continue
        found.append(
            ground.finding(
                "data_vote_sum",
                Grade.MUST,
                Where("counts", count.id, "in_favour"),
                f"{_what(count)}赞成 {count.in_favour}、反对 {count.against}、弃权 {count.abstained}，"
                f"合计 {cast}，{name}是 {base}",
            )
        )
    for each in ground.case.representatives:
        votes = [each.in_favour, each.against, each.abstained]
        election = _count_of_side(ground, each.side)
        if election is None or election.valid is None or each.in_favour is None:
            continue
        looked = True
        cast = sum(vote or 0 for vote in votes)
        if cast > election.valid:
            found.append(
                ground.finding(
                    "data_vote_sum",
                    Grade.MUST,
                    Where("representatives", each.id, "in_favour"),
                    f"{each.name}的得票合计 {cast}，有效票只有 {election.valid} 张",
                )
            )
    return found if looked else None


def data_count_attendance(ground: Ground) -> Found:
    """The sign-in sheet and the tally of one vote tell the same numbers; the tally's are those at the vote."""
    found, looked = [], False
    for count in ground.case.counts:
        session = ground.case.find("sessions", count.session)
        if session is None:
            continue
        looked = looked or any(
            None not in (getattr(session, fact), getattr(count, fact)) for fact in ("expected", "present")
        )
        said = uneven_numbers(ground.case, session, count)
        if said:
            found.append(
                ground.finding(
                    "data_count_attendance",
                    Grade.EXPLAIN,
                    Where("sessions", session.id, said[0][0]),
                    f"{_what(count)}：{'；'.join(words for _, words in said)}",
                    related=(Where("counts", count.id, said[0][0]),),
                    more=count.id,
                )
            )
    return found if looked or found else None


def data_denominator(ground: Ground) -> Found:
    """应到 is all delegates (or all staff); a smaller one shrinks the threshold unseen."""
    congress = ground.case.congress
    total = congress.delegates
    if congress.body is Body.ALL_STAFF:
        total = ground.case.enterprise.staff
    if total is None:
        return None
    found = []
    for session in ground.case.sessions:
        vote = ground.milestones.vote_of(session)
        expected = (vote.expected if vote else None) or session.expected
        if expected is None or session.purpose is None:
            continue
        if expected != total:
            found.append(
                ground.finding(
                    "data_denominator",
                    Grade.EXPLAIN,
                    Where("sessions", session.id, "expected"),
                    f"{session.name or '会议'}应到 {expected} 人，登记的全体是 {total} 人；"
                    "分母是全体，不是到会的人",
                    related=(Where("congress", "congress", "delegates"),),
                )
            )
    return found


def data_congress_sum(ground: Ground) -> Found:
    """The kinds of delegates and the seats of enterprises add up to all delegates."""
    congress = ground.case.congress
    if congress.delegates is None:
        return None
    found = []
    kinds = [congress.frontline, congress.technical, congress.admin, congress.management]
    where = Where("congress", "congress", "delegates")
    if None not in kinds and sum(each or 0 for each in kinds) != congress.delegates:
        said = f"各类代表合计 {sum(each or 0 for each in kinds)} 人，代表总数是 {congress.delegates} 人"
        found.append(ground.finding("data_congress_sum", Grade.MUST, where, said))
    seats = [each.congress_seats for each in ground.case.covered_enterprises]
    if seats and None not in seats and sum(each or 0 for each in seats) != congress.delegates:
        said = f"各企业代表名额合计 {sum(each or 0 for each in seats)} 名，代表总数是 {congress.delegates} 人"
        found.append(ground.finding("data_congress_sum", Grade.MUST, where, said, more="seats"))
    if len(ground.case.delegates) > congress.delegates:
        said = f"职工代表名册有 {len(ground.case.delegates)} 人，代表总数是 {congress.delegates} 人"
        found.append(ground.finding("data_congress_sum", Grade.MUST, where, said, more="roster"))
    if congress.women is not None and congress.women > congress.delegates:
        said = f"女代表 {congress.women} 人，多于代表总数 {congress.delegates} 人"
        found.append(ground.finding("data_congress_sum", Grade.MUST, where, said, more="women"))
    return found


def data_survey_order(ground: Ground) -> Found:
    """发放 ≥ 收回 ≥ 有效; online and paper add up to the total."""
    if not ground.case.surveys:
        return None
    found: list[Finding] = []
    for survey in ground.case.surveys:
        for smaller, larger in _survey_orders():
            less, more = getattr(survey, smaller), getattr(survey, larger)
            if less is not None and more is not None and less > more:
                found.append(_more_than(ground, "data_survey_order", "surveys", survey, smaller, larger))
        for whole in ("issued", "returned", "valid"):
            total = getattr(survey, whole)
            parts = [getattr(survey, f"{whole}_online"), getattr(survey, f"{whole}_paper")]
            if total is not None and None not in parts and sum(parts) != total:
                label = facts_of(Survey)[whole].label
                found.append(
                    ground.finding(
                        "data_survey_order",
                        Grade.MUST,
                        Where("surveys", survey.id, whole),
                        f"{label} {total} 份，线上 {parts[0]} 份加纸质 {parts[1]} 份是 {sum(parts)} 份",
                        more=whole,
                    )
                )
    return found


def _survey_orders() -> Iterator[tuple[str, str]]:
    for ending in ("", "_online", "_paper"):
        yield f"returned{ending}", f"issued{ending}"
        yield f"valid{ending}", f"returned{ending}"


def data_answers(ground: Ground) -> Found:
    """Answers never outnumber the sheets they stand on, nor a group the whole."""
    case = ground.case
    questions = {each.id: each for each in case.questions}
    surveys = {each.id: each for each in case.surveys}
    only = case.surveys[0] if len(case.surveys) == 1 else None
    totals = {(each.question, each.group): each for each in case.answer_counts if not each.group_question}
    found = []
    for answers in case.answer_counts:
        question = questions.get(answers.question)
        if question is None or not answers.numbers:
            continue
        survey = surveys.get(question.survey) or only
        sheets = (
            question.asked_count if question.asked_count is not None else (survey.valid if survey else None)
        )
        said = _too_many(question, answers, sheets)
        whole = totals.get((answers.question, answers.row))
        if said is None and answers.group_question and whole is not None:
            pairs = zip(answers.numbers, whole.numbers, strict=False)
            if any(part > total for part, total in pairs):
                told = f"“{answers.row}”这一行，" if answers.row else ""
                said = f"{told}“{answers.group}”一组的人数多于全体的人数"
        if question.options and len(answers.numbers) > len(question.options):
            said = f"有 {len(answers.numbers)} 个人数，选项只有 {len(question.options)} 个"
        if said is not None:
            number = f"第 {question.number} 题" if question.number is not None else "一道题"
            found.append(
                ground.finding(
                    "data_answers",
                    Grade.MUST,
                    Where("answer_counts", answers.id, "numbers"),
                    f"{number}{said}",
                    related=(Where("questions", question.id),),
                )
            )
    return found if case.answer_counts else None


def _too_many(question: Question, answers: AnswerCount, sheets: int | None) -> str | None:
    if sheets is None:
        return None
    total = sum(answers.numbers)
    if question.kind in (QuestionKind.SINGLE, QuestionKind.MATRIX) and total > sheets:
        return f"各选项合计 {total} 人，应答只有 {sheets} 份"
    if question.kind is QuestionKind.MULTIPLE:
        if max(answers.numbers) > sheets:
            return f"有一项选了 {max(answers.numbers)} 人，应答只有 {sheets} 份"
        if question.at_most is not None and total > sheets * question.at_most:
            return f"各选项合计 {total} 人次，最多只能有 {sheets * question.at_most} 人次"
    return None


def data_headcount(ground: Ground) -> Found:
    """Men and women, departments and parts of the staff against the total."""
    enterprise, case = ground.case.enterprise, ground.case
    total = enterprise.staff
    if total is None:
        return None
    found = []
    at = Where("enterprise", "enterprise", "staff")
    men, women = enterprise.male_staff, enterprise.female_staff
    if men is not None and women is not None and men + women != total:
        said = f"男职工 {men} 人加女职工 {women} 人，不等于职工总数 {total} 人"
        found.append(ground.finding("data_headcount", Grade.MUST, at, said, more="sexes"))
    for fact in _PARTS_OF_STAFF:
        part = getattr(enterprise, fact)
        if part is not None and part > total:
            found.append(_more_than(ground, "data_headcount", "enterprise", enterprise, fact, "staff"))
    sums = (
        ("staff", "人数", total),
        ("female", "女职工", women),
        ("migrant", "农民工", enterprise.migrant_staff),
        ("members", "会员", case.union.members),
    )
    for fact, label, known in sums:
        parts = [getattr(each, fact) for each in case.departments]
        if parts and None not in parts and known is not None and sum(parts) != known:
            said = f"各部门{label}合计 {sum(parts)} 人，登记的是 {known} 人"
            found.append(ground.finding("data_headcount", Grade.MUST, Where("departments"), said, more=fact))
    union = case.union
    if (
        union.members is not None
        and union.female_members is not None
        and union.female_members > union.members
    ):
        found.append(_more_than(ground, "data_headcount", "union", union, "female_members", "members"))
    return found


def data_covered_sum(ground: Ground) -> Found:
    """Covered enterprises add up to the totals of the cycle."""
    covered, enterprise = ground.case.covered_enterprises, ground.case.enterprise
    if not covered or not ground.milestones.is_regional:
        return None
    found = []
    for fact, total_fact in (
        ("staff", "staff"),
        ("female_staff", "female_staff"),
        ("migrant_staff", "migrant_staff"),
        ("outsourced_staff", "outsourced_staff"),
    ):
        parts, total = [getattr(each, fact) for each in covered], getattr(enterprise, total_fact)
        label = facts_of(type(enterprise))[total_fact].label
        if total is not None and None not in parts and sum(parts) != total:
            found.append(
                ground.finding(
                    "data_covered_sum",
                    Grade.MUST,
                    Where("enterprise", "enterprise", total_fact),
                    f"{len(covered)} 家企业{label}合计 {sum(parts)} 人，登记的是 {total} 人",
                    more=fact,
                )
            )
    for each in covered:
        for fact in ("female_staff", "migrant_staff", "special_staff"):
            part = getattr(each, fact)
            if part is not None and each.staff is not None and part > each.staff:
                found.append(
                    _more_than(ground, "data_covered_sum", "covered_enterprises", each, fact, "staff")
                )
    return found


def data_meeting(ground: Ground) -> Found:
    """Nobody signs who was not there, nobody is there who is no representative."""
    found = []
    known = {side: len(ground.milestones.sitting(side)) for side in Side}
    former = {each.side for each in ground.case.representatives if each.left_on is not None}
    for meeting in ground.case.meetings:
        for side, present in (
            (Side.WORKER, meeting.workers_present),
            (Side.EMPLOYER, meeting.employers_present),
        ):
            if present is not None and known[side] and present > known[side] and side not in former:
                found.append(
                    ground.finding(
                        "data_meeting",
                        Grade.MUST,
                        Where("meetings", meeting.id, f"{side.value}s_present"),
                        f"第 {meeting.number} 次会议{side.label}到会 {present} 人，代表只有 {known[side]} 人",
                        more=side.value,
                    )
                )
        both = (meeting.workers_present, meeting.employers_present)
        present_all = sum(each or 0 for each in both)
        if None not in both and meeting.minutes_signed is not None and meeting.minutes_signed > present_all:
            found.append(
                ground.finding(
                    "data_meeting",
                    Grade.MUST,
                    Where("meetings", meeting.id, "minutes_signed"),
                    f"第 {meeting.number} 次会议到会代表 {present_all} 人，"
                    f"记录签字 {meeting.minutes_signed} 人",
                    more="signed",
                )
            )
    return found if ground.case.meetings else None


def data_poll(ground: Ground) -> Found:
    """The poll's own sums."""
    if not ground.case.polls:
        return None
    found = []
    for poll in ground.case.polls:
        pairs = (
            ("returned", "issued"),
            ("valid", "returned"),
            ("aware", "valid"),
            ("took_part", "valid"),
            ("employer_recognises", "employer_valid"),
        )
        for smaller, larger in pairs:
            less, more = getattr(poll, smaller), getattr(poll, larger)
            if less is not None and more is not None and less > more:
                found.append(_more_than(ground, "data_poll", "polls", poll, smaller, larger))
        marks = [
            poll.very_satisfied,
            poll.satisfied,
            poll.fairly_satisfied,
            poll.dissatisfied,
            poll.very_dissatisfied,
        ]
        total = sum(each or 0 for each in marks)
        if poll.valid is not None and None not in marks and total != poll.valid:
            found.append(
                ground.finding(
                    "data_poll",
                    Grade.MUST if total > poll.valid else Grade.EXPLAIN,
                    Where("polls", poll.id, "very_satisfied"),
                    f"满意度各档合计 {total} 人，有效答卷 {poll.valid} 份",
                    more="marks",
                )
            )
        found += _poll_sheets(ground, poll)
    return found


def _poll_sheets(ground: Ground, poll: Poll) -> list[Finding]:
    """Both tellers came to what the poll says; a poll nobody counted twice is not asked about."""
    own = [each for each in ground.case.poll_sheets if each.poll == poll.id]
    other: list[str] = []
    for name, fact in facts_of(Poll).items():
        told = [getattr(each, name, None) for each in own if name in facts_of(PollSheet)]
        known = {number for number in (*told, getattr(poll, name)) if number is not None}
        if any(number is not None for number in told) and len(known) > 1:
            other.append(fact.label)
    if not other:
        return []
    sentence = f"测评的{join_names(other)}，两人数的和登记的不一样"
    where = Where("polls", poll.id, "valid")
    return [ground.finding("data_poll", Grade.EXPLAIN, where, sentence, more="tellers")]


def _count_of_side(ground: Ground, side: Side | None) -> Count | None:
    election = ground.milestones.election(side) if side is not None else None
    if election is None:
        return None
    for each in ground.case.counts:
        if each.election == election.id or (election.session and each.session == election.session):
            return each
    return None


def _what(count: Count) -> str:
    return f"“{count.what}”" if count.what else "计票"


def _more_than(
    ground: Ground, rule: str, collection: str, held: Record, smaller: str, larger: str
) -> Finding:
    facts = facts_of(type(held))
    less, more = facts[smaller], facts[larger]
    return ground.finding(
        rule,
        Grade.MUST,
        Where(collection, held.id, smaller),
        f"{name_of(ground.case, held)}：{less.label} {getattr(held, smaller)} {less.unit}，"
        f"多于{more.label} {getattr(held, larger)} {more.unit}",
        related=(Where(collection, held.id, larger),),
        more=smaller,
    )
