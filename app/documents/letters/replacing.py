"""Stage 2, seats that change hands: the proposal to recall (罢免提议) and the notice of replacement (F-17)."""

from __future__ import annotations

from app.documents.blocks import (
    FORM,
    OFFICIAL,
    Addressee,
    Align,
    Block,
    Column,
    Document,
    Issuer,
    KeyValue,
    KeyValues,
    Row,
    Spacer,
    Table,
    Text,
    Title,
    body,
    heading1,
)
from app.documents.kinds import LetterContext, Subject
from app.documents.letters.citing import rule_articles, term_of
from app.documents.letters.frame import paper
from app.documents.letters.parties import (
    chief_word,
    party_name,
    talks_name,
    year_words,
)
from app.documents.letters.words import counted, day_text, ended, joined, label_of, on_day, shown
from app.domain.case import Case
from app.domain.representatives import Count, LeavingCause, Replacement, Representative, Role
from app.domain.stages import Stage
from app.domain.union import Side
from app.rules.pack import RulePack

_SIGNERS = 8


def replacement_subjects(case: Case) -> tuple[Subject, ...]:
    """A notice for each change of representative."""
    return tuple(Subject(each.id, _who(case, each)) for each in case.replacements)


def recall_subjects(case: Case) -> tuple[Subject, ...]:
    """A proposal for each recall; none while nobody is to be recalled."""
    return tuple(
        Subject(each.id, _who(case, each))
        for each in case.replacements
        if each.cause is LeavingCause.RECALLED
    )


def _who(case: Case, change: Replacement) -> str:
    return _person(case, change.leaving).name or change.title


def _person(case: Case, record_id: str) -> Representative:
    return case.find("representatives", record_id) or Representative()


def replacement_missing(case: Case, subject: Subject) -> tuple[str, ...]:
    """Facts the notice lacks."""
    change: Replacement = case.find("replacements", subject.id) or Replacement()
    lacks = (
        ("离任代表", change.leaving),
        ("新代表", change.arriving),
        ("空缺日期", change.vacant_on),
        ("新代表产生日期", change.filled_on),
    )
    return tuple(name for name, value in lacks if not value)


def replacement_notice(context: LetterContext, subject: Subject) -> Document:
    """Write the notice to the other side (F-17): who leaves, why, who comes and how."""
    case, pack = context.case, context.pack
    change: Replacement = case.find("replacements", subject.id) or Replacement()
    side = change.side or Side.WORKER
    other = Side.EMPLOYER if side is Side.WORKER else Side.WORKER
    gone, came = _person(case, change.leaving), _person(case, change.arriving)
    election = case.find("elections", change.election)
    title = f"关于更换{talks_name(case)}{side.label}代表的通知"
    reason = "，".join(part for part in (label_of(change.cause), change.name) if part)
    blocks: list[Block] = [
        Title(title),
        Addressee(party_name(case, other) or "\u3000" * 10),
        body(
            joined(
                f"{year_words(case)}{talks_name(case)}中，我方{_role(pack, side, gone)}",
                shown(gone.name, 4),
                "自",
                on_day(change.vacant_on),
                "起不再担任，原因：",
                shown(reason, 10),
                "。",
            )
        ),
        body(
            joined(
                "按照原来产生代表的程序，",
                on_day(change.filled_on),
                f"产生的新{_role(pack, side, came)}为",
                shown(came.name, 4),
                _details(came),
                "。",
            )
        ),
    ]
    if election is not None and election.way is not None:
        blocks.append(body(f"产生方式：{election.way.label}。"))
    articles = rule_articles(case, pack, "rep_replace")
    if articles:
        blocks.append(body(f"依据：{articles}。"))
    issuer = Issuer((party_name(case, side) or "\u3000" * 12,), day_text(change.told_other_side_on))
    blocks += [body("请予登记。"), issuer]
    return paper(context, "replacement_notice", Stage.REPRESENTATIVES, title, blocks, page=OFFICIAL)


def _role(pack: RulePack, side: Side, person: Representative) -> str:
    return chief_word(pack, side) if person.role is Role.CHIEF else "协商代表"


def _details(person: Representative) -> str:
    known = "，".join(part for part in (label_of(person.sex), person.department, person.post) if part)
    return f"（{known}）" if known else ""


def recall_proposal(context: LetterContext, subject: Subject) -> Document:
    """Write the proposal to recall a representative: who proposes, why, what follows, places to sign."""
    case, pack = context.case, context.pack
    change: Replacement = case.find("replacements", subject.id) or Replacement()
    side = change.side or Side.WORKER
    gone = _person(case, change.leaving)
    title = f"罢免（撤换）{side.label}协商代表提议书"
    form = KeyValues(
        (
            KeyValue("代表姓名", gone.name),
            KeyValue("身份", label_of(gone.role)),
            KeyValue("部门", gone.department),
            KeyValue("职务", gone.post),
            KeyValue("提出日期", day_text(change.proposed_on)),
            KeyValue("谁提出的", change.proposed_by),
            KeyValue("理由", change.name, span=2, min_height=38),
        ),
        label_width=0.3,
        row_height=10.5,
    )
    blocks: list[Block] = [Title(title), form, Spacer(0.5), heading1("一、怎样办理")]
    articles = rule_articles(case, pack, "rep_replace")
    basis = f"（{articles}）" if articles else ""
    blocks.append(body(f"提交产生代表的原会议或原工会，按原来产生代表的程序办理，并书面通知对方{basis}。"))
    term = term_of(case, pack, "rep_replace", change.vacant_on or context.on)
    if term is not None and change.vacant_on is not None:
        blocks.append(
            body(f"空缺日期：{day_text(change.vacant_on)}，自空缺之日起{term.words}内产生新的代表。")
        )
    vote: Count | None = case.find("counts", change.recall_count)
    blocks += [heading1("二、表决情况"), *(body(line) for line in _vote_lines(vote))]
    blocks += [heading1("三、提议人签名"), _signing()]
    return paper(context, "recall_proposal", Stage.REPRESENTATIVES, title, blocks, page=FORM)


def _vote_lines(vote: Count | None) -> list[Text]:
    """The numbers of the vote; what they come to is for the assembly to declare."""
    vote = vote or Count()
    lines: list[Text] = [
        joined(
            "计票日期：", on_day(vote.counted_on), "；应到", counted(vote.expected, "人"),
            "，实到", counted(vote.present, "人"), "。",
        ),
        joined(
            "同意罢免", counted(vote.in_favour, "票"), "，不同意", counted(vote.against, "票"),
            "，弃权", counted(vote.abstained, "票"), "。",
        ),
    ]  # fmt: skip
    return [*lines, f"说明：{ended(vote.note)}"] if vote.note else lines


def _signing() -> Table:
    rows = tuple(
        Row((str(number), "", "", str(number + _SIGNERS), "", ""), min_height=9.5)
        for number in range(1, _SIGNERS + 1)
    )
    columns = (Column(10, Align.CENTER), Column(36), Column(36)) * 2
    return Table(columns, rows, (("序号", "签名", "部门") * 2,))
