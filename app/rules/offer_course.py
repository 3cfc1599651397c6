"""What follows a reply, and the steps after silence or refusal: what can be done now, and why (F-22, F-23).

The order is custom; the articles say only who may act, so every step can be recorded at any time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.domain.case import Case
from app.domain.facts import Choice, join_names
from app.domain.offer import Conclusion, EscalationStep, Proposer, Reply
from app.domain.union import AgreementKind, Form
from app.rules.dates_in_words import day_words
from app.rules.findings import Checkup, Deadline, Source, Verdict
from app.rules.pack import RulePack


class Possible(Choice):
    """Where one step of the ladder stands."""

    DONE = "done", "已办"
    NOW = "now", "现在可以办"
    LATER = "later", "还不用"


@dataclass(frozen=True, slots=True)
class CourseStep:
    """One step of the ladder.

    Attributes:
        key: ``reminder``, else the value of an :class:`EscalationStep`.
        name: what it is, in words.
        possible: whether it is done, can be done now, or is not needed yet.
        why: the reason in one sentence.
        says: what the region's text says, empty where nothing is laid down.
        sources: the articles behind ``says``.
    """

    key: str
    name: str
    possible: Possible
    why: str
    says: str = ""
    sources: tuple[Source, ...] = ()


def reply_effect(case: Case, pack: RulePack, reply: Reply) -> str:
    """Return in one sentence what a reply brings about; empty while its conclusion is not written."""
    of_employer = _of_employer(case, reply)
    match reply.conclusion:
        case Conclusion.AGREE:
            return "同意协商：从答复日起算协商期限，双方会前互相提供资料。"
        case Conclusion.PARTLY:
            return "部分同意：同意的先谈，没同意的写明理由，会上再议。"
        case Conclusion.REFUSE:
            text = pack.rule("refuse_ban", *_cell(case))
            says = text.says if text is not None else ""
            step = "先问清理由，再看“催告与提请”里能办什么。" if of_employer else "要书面写明理由。"
            return f"拒绝协商：{says}{step}"
    return ""


def course(case: Case, pack: RulePack, checkup: Checkup) -> tuple[CourseStep, ...]:
    """Return the ladder after silence or refusal, from the union's own letter upwards."""
    due = [each for each in checkup.deadlines if each.rule == "reply_due" and not each.estimated]
    overdue = [each for each in due if each.verdict is Verdict.OVERDUE]
    refused = [each for each in case.replies if each.conclusion is Conclusion.REFUSE]
    trouble = bool(overdue or refused)
    ask = "逾期没有答复" if overdue else "书面拒绝了" if refused else ""
    first = _reminder(case, pack, due, overdue, refused, checkup.on)
    asked = _recorded(case, EscalationStep.ASK_UPPER_UNION)
    steps = [first]
    silence, refuse = pack.rule("silence_effect", *_cell(case)), pack.rule("refuse_ban", *_cell(case))
    behind = silence if overdue or refuse is None else refuse
    for step in EscalationStep:
        done = _recorded(case, step)
        if done is not None:
            possible, why = Possible.DONE, _done_words(done, checkup.on)
        elif step in (EscalationStep.UPPER_LETTER_1, EscalationStep.UPPER_LETTER_2):
            possible = Possible.NOW if asked is not None else Possible.LATER
            why = "本会不发这份文书；上级发了，把日期和文号登记下来"
        elif step is EscalationStep.ASK_MEDIATION:
            possible, why = Possible.LATER, "谈不成、签不了时用；办法见协商会议阶段"
            if refused:
                possible, why = Possible.NOW, "企业方书面拒绝了，可以书面申请"
        elif not trouble:
            possible, why = Possible.LATER, "企业方没有逾期，也没有拒绝"
        elif overdue and first.possible is Possible.NOW:
            possible, why = Possible.LATER, f"{ask}；先发{pack.wording.reminder}，再提请"
        else:
            possible, why = Possible.NOW, f"企业方{ask}，可以提请"
        text = pack.rule("mediation_apply", *_cell(case)) if step is EscalationStep.ASK_MEDIATION else behind
        wanted = text is not None and not text.silent and step is not EscalationStep.UPPER_LETTER_2
        steps.append(
            CourseStep(
                step.value,
                step.label,
                possible,
                why,
                text.says if wanted and text is not None else "",
                text.sources if wanted and text is not None else (),
            )
        )
    return tuple(steps)


def _reminder(
    case: Case,
    pack: RulePack,
    due: list[Deadline],
    overdue: list[Deadline],
    refused: list[Reply],
    on: date,
) -> CourseStep:
    name = f"发{pack.wording.reminder}"
    sent = [each.issued_on for each in case.reminders if each.issued_on is not None]
    if sent:
        return CourseStep("reminder", name, Possible.DONE, f"{day_words(max(sent), on)}已发出")
    if overdue:
        who = join_names(each.what.removesuffix("书面答复") for each in overdue)
        last = max(each.due_holiday or each.due or on for each in overdue)
        why = f"{who}答复最迟 {day_words(last, on)}，过了还没有答复"
        return CourseStep("reminder", name, Possible.NOW, why)
    running = [each.due_holiday or each.due for each in due if each.verdict is Verdict.RUNNING]
    days = [day for day in running if day is not None]
    if days:
        why = f"答复最迟 {day_words(max(days), on)}，还没到，先不用；可以先写好"
    elif refused or case.replies:
        why = "已经有书面答复，不用催"
    elif case.deliveries:
        why = "送达的收到日期还没写，期限还没起算"
    else:
        why = f"{pack.wording.offer}还没送达，期限还没起算"
    return CourseStep("reminder", name, Possible.LATER, why)


def _recorded(case: Case, step: EscalationStep) -> date | str | None:
    """The day a step was taken; an empty text when it is recorded without one."""
    found = [each for each in case.escalations if each.step is step]
    return (found[-1].sent_on or "") if found else None


def _done_words(done: date | str, on: date) -> str:
    return f"{day_words(done, on)}登记" if isinstance(done, date) else "已登记，日期还没写"


def _of_employer(case: Case, reply: Reply) -> bool:
    offer = case.find("offers", reply.offer)
    return offer is None or offer.proposer is not Proposer.EMPLOYER


def _cell(case: Case) -> tuple[AgreementKind, Form]:
    return case.cycle.agreement_kind or AgreementKind.WAGE, case.cycle.form or Form.SINGLE
