"""The papers themselves: what they say, in whose words, and that they can always be made."""

from __future__ import annotations

import dataclasses
import os
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.documents.blocks import Document, Table, plain, texts
from app.documents.catalogue import CATALOGUE, kind_named
from app.documents.kinds import LetterContext, Subject
from app.documents.letters.binder_pages import (
    CatalogueRow,
    binder_catalogue,
    binder_cover,
    binder_notes,
    binder_slip,
    package_cover,
    qr_png,
)
from app.documents.pdf import page_count, render_pdf
from app.domain.case import Case, collections, is_single
from app.domain.congress import Congress, Delegate, Purpose, Session
from app.domain.evidence import Explanation, ExplanationKind
from app.domain.facts import Kind, Sensitivity, facts_of
from app.domain.offer import Offer, Proposer, Reminder
from app.domain.representatives import Count, Representative, Role
from app.domain.stages import Stage
from app.domain.survey import BottomLine
from app.domain.union import Cycle, Form, Side
from app.exchange.case_file import load_case
from app.forms.pages import PAGES
from app.paths import resource
from app.rules.calendars import load_calendar
from app.rules.findings import Checkup, Deadline, Finding, Grade, Read, Source, Where
from app.rules.pack import RulePack, load_packs
from app.rules.wording import MinutesSigners
from tests.documents.flat_text import flat_text

GOLDEN = Path(__file__).parent / "golden"
EXAMPLES = ("shandong-linyi-single", "weihai-express-industry", "tianjin-hedong-area")
A_DAY = date(2026, 11, 10)
PACKS = load_packs()
CALENDAR = load_calendar()


def example(name: str) -> Case:
    return load_case(resource(f"examples/{name}.json").read_bytes(), name=name)


def context_of(case: Case, pack: RulePack | None = None, checkup: Checkup | None = None) -> LetterContext:
    return LetterContext(
        case=case,
        pack=pack or (PACKS.for_cycle(case.cycle) if case.cycle.region else PACKS.national),
        calendar=CALENDAR,
        on=A_DAY,
        checkup=checkup,
        journal_head="0123456789abcdef" * 4,
    )


def make(context: LetterContext, key: str, subject: str | None = None) -> Document:
    kind = kind_named(key)
    assert kind is not None
    subjects = kind.subjects(context.case)
    chosen = subjects[0] if subject is None else next(each for each in subjects if each.id == subject)
    return kind.build(context, chosen)


def all_papers(context: LetterContext) -> list[tuple[str, Subject, Document]]:
    return [
        (kind.key, subject, kind.build(context, subject))
        for kind in CATALOGUE
        if kind.applies(context.case)
        for subject in kind.subjects(context.case)
    ]


def every_word(document: Document) -> str:
    return "\n".join(plain(text) for text in texts(document.blocks)) + document.title + document.page_sign


# --- what they say ------------------------------------------------------------------------------------


@pytest.fixture
def may_update(request: pytest.FixtureRequest) -> bool:
    wanted: bool = request.config.getoption("--update-golden")
    if wanted and os.environ.get("CI"):
        pytest.fail("expected texts are rewritten by hand and read, never by CI", pytrace=False)
    return wanted


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("key", [kind.key for kind in CATALOGUE if kind.key != "checkup"])
def test_papers_say_what_they_said(name: str, key: str, may_update: bool) -> None:
    context = context_of(example(name))
    kind = kind_named(key)
    assert kind is not None
    made = "\n".join(flat_text(kind.build(context, subject)) for subject in kind.subjects(context.case))
    file = GOLDEN / name / f"{key}.txt"
    if may_update and made:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(made, encoding="utf-8", newline="\n")
    assert made == (file.read_text(encoding="utf-8") if file.exists() else "")


def test_every_paper_named_on_a_page_is_declared_once() -> None:
    keys = [kind.key for kind in CATALOGUE]
    assert len(keys) == len(set(keys))
    wanted = {key for page in PAGES for step in page.steps for key in step.documents}
    assert wanted
    assert wanted <= set(keys)


def test_the_same_case_gives_the_same_paper() -> None:
    context = context_of(example(EXAMPLES[0]))
    first, again = all_papers(context), all_papers(context)
    assert [document for *_, document in first] == [document for *_, document in again]


@pytest.mark.parametrize("name", EXAMPLES)
def test_words_are_plain_and_nothing_is_left_of_templates(name: str) -> None:
    odd = re.compile(r"您|抱歉|请稍候|！|None|\{|\}|（）|：：|。。|，。|；。|、。|、、")
    case = dataclasses.replace(example(name), questions=())  # their stems are the user's own words
    for key, subject, document in all_papers(context_of(case)):
        found = odd.search(every_word(document))
        assert found is None, (key, subject.title, found)


# --- what must never be in them -----------------------------------------------------------------------


def with_canaries(case: Case, sensitivity: Sensitivity, canary: str) -> Case:
    """Write a mark into every fact of one sensitivity."""
    for collection, record_class in collections().items():
        secret = {
            fact.name: canary
            for fact in facts_of(record_class).values()
            if fact.sensitivity is sensitivity and fact.kind in (Kind.TEXT, Kind.LONG_TEXT)
        }
        for held in case.records(collection):
            if secret:
                case = case.with_record(collection, held.replace(**secret))
    return case


@pytest.mark.parametrize("name", EXAMPLES)
def test_own_bottom_lines_are_in_no_paper(name: str) -> None:
    case = example(name)
    for number, topic in enumerate(case.topics):
        case = case.with_record("bottom_lines", BottomLine(id=f"line-{number}", topic=topic.id))
    case = with_canaries(case, Sensitivity.BOTTOM_LINE, "金丝雀底线")
    assert case.bottom_lines[0].floor == "金丝雀底线"
    context = context_of(case)
    papers = all_papers(context)
    assert len({key for key, *_ in papers}) > 14
    for key, subject, document in papers:
        assert "金丝雀底线" not in every_word(document), key
        kind = kind_named(key)
        assert kind is not None
        assert "金丝雀底线" not in "".join(kind.missing(case, subject))


def test_letters_do_not_even_name_the_bottom_lines() -> None:
    folder = Path(__file__).parents[2] / "app" / "documents"
    files = list(folder.rglob("*.py"))
    assert len(files) > 20
    assert [file.name for file in files if "bottom_line" in file.read_text(encoding="utf-8").lower()] == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_personal_data_is_only_in_papers_marked_for_it(name: str) -> None:
    case = example(name).with_record("delegates", Delegate(id="delegate-1", name="王芳"))
    case = with_canaries(case, Sensitivity.PERSONAL, "金丝雀个人")
    seen = {key for key, _, document in all_papers(context_of(case)) if "金丝雀个人" in every_word(document)}
    assert seen == {kind.key for kind in CATALOGUE if kind.personal}


def test_ballots_carry_no_mark_that_tells_one_from_another() -> None:
    document = make(context_of(example(EXAMPLES[0])), "ballot", "session-2")
    assert (document.footer, document.show_page_numbers, document.page_sign) == ("", False, "")
    assert page_count(render_pdf(document)) == 1


# --- they can always be made --------------------------------------------------------------------------


def test_an_empty_case_yields_blank_papers() -> None:
    papers = all_papers(context_of(Case()))
    assert {"topic_register", "representatives_roster", "ballot", "tally", "checkup"} <= {
        key for key, *_ in papers
    }
    for _key, _subject, document in papers:
        assert page_count(render_pdf(document)) >= 1


def blank_records() -> Case:
    """A case with one record of each kind in which nothing is known."""
    case = Case()
    for collection, record_class in collections().items():
        if not is_single(collection):
            case = case.with_record(collection, record_class(id=f"{collection}-1"))
    return case


@pytest.mark.parametrize("form", [None, Form.SINGLE, Form.AREA])
def test_records_in_which_nothing_is_known_yield_papers_with_gaps(form: Form | None) -> None:
    case = dataclasses.replace(blank_records(), cycle=Cycle(id="cycle", form=form))
    papers = all_papers(context_of(case))
    assert {key for key, *_ in papers} >= {"offer", "reply", "reminder", "minutes", "agreement", "resolution"}
    for key, _subject, document in papers:
        assert page_count(render_pdf(document)) >= 1, key
        if key in ("offer", "reply", "minutes", "agreement"):
            assert "_" in flat_text(document), f"{key} has no gap to write in"


@settings(max_examples=25)
@given(st.sets(st.sampled_from([name for name in collections() if not is_single(name)])))
def test_any_part_of_a_year_may_still_be_missing(gone: set[str]) -> None:
    case = dataclasses.replace(example(EXAMPLES[0]), **{name: () for name in gone})  # type: ignore[arg-type]
    context = context_of(case)
    for kind in CATALOGUE:
        for subject in kind.subjects(case):
            kind.missing(case, subject)
            assert kind.build(context, subject).blocks


def test_names_of_fifty_two_characters_and_rare_ones_fit() -> None:
    case = example(EXAMPLES[0])
    long = "临沂市罗庄区砺石街道盛石路" * 3 + "精密机械铸造加工股份有限公司"
    assert len(long) > 52
    long = long[-52:]
    case = dataclasses.replace(
        case,
        union=case.union.replace(name=long),
        enterprise=case.enterprise.replace(name=long),
        representatives=tuple(
            person.replace(name="㐆䶮", post=long) if number == 0 else person
            for number, person in enumerate(case.representatives)
        ),
        agreements=tuple(held.replace(name=f"{long}工资专项集体合同") for held in case.agreements),
        topics=tuple(held.replace(name=long) for held in case.topics),
    )
    for key, _subject, document in all_papers(context_of(case)):
        assert page_count(render_pdf(document)) >= 1, key
    assert "㐆䶮" in flat_text(make(context_of(case), "representatives_roster"))


# --- the pack decides ---------------------------------------------------------------------------------


def test_the_reply_period_comes_from_the_pack() -> None:
    case = example(EXAMPLES[0])
    here = flat_text(make(context_of(case), "offer"))
    nationwide = flat_text(make(context_of(case, PACKS.national), "offer"))
    assert "之日起10日内书面答复（《山东省企业工资集体协商条例》第21条）" in here
    assert "之日起20日内书面答复" in nationwide
    assert "山东省" not in nationwide


def _worded(**changes: object) -> RulePack:
    pack = PACKS.region("山东")
    return dataclasses.replace(pack, wording=dataclasses.replace(pack.wording, **changes))  # type: ignore[arg-type]


def test_names_and_copies_come_from_the_pack() -> None:
    case = example(EXAMPLES[0])
    case = dataclasses.replace(
        case, signings=(), agreements=tuple(a.replace(name="") for a in case.agreements)
    )
    pack = _worded(
        offer="协商意向书", agreement_wage="工资集体协议", agreement_copies=9, agreement_word="协议"
    )
    kind = kind_named("offer")
    assert kind is not None
    assert kind.name(pack, case) == "协商意向书"
    assert make(context_of(case, pack), "offer").title == "工资集体协商意向书"
    agreement = flat_text(make(context_of(case, pack), "agreement"))
    assert "工资集体协议" in agreement
    assert "本协议一式9份" in agreement
    assert "6份" not in agreement


def test_who_signs_the_minutes_follows_the_pack() -> None:
    case = example(EXAMPLES[0])
    everyone = flat_text(
        make(context_of(case, _worded(minutes_signers=MinutesSigners.ALL_PRESENT)), "minutes")
    )
    chiefs = flat_text(make(context_of(case, _worded(minutes_signers=MinutesSigners.CHIEFS)), "minutes"))
    assert everyone.count("签：") == 10 + 2
    assert chiefs.count("签：") == 2 + 2
    assert "签：逄海砚" in everyone
    assert "签：逄海砚" not in chiefs


def test_absent_representatives_get_no_place_to_sign() -> None:
    case = example(EXAMPLES[0])
    meeting = case.meetings[0].replace(absent=("戚岱云",), workers_present=4)
    text = flat_text(make(context_of(case.with_record("meetings", meeting)), "minutes"))
    assert "签：戚岱云" not in text
    assert "签：綦文竹" in text


def test_papers_for_the_authority_are_those_of_the_pack() -> None:
    case = example(EXAMPLES[0])
    assert "营业执照复印件" in flat_text(make(context_of(case), "filing_form"))
    assert "营业执照复印件" not in flat_text(make(context_of(case, PACKS.national), "filing_form"))


# --- votes --------------------------------------------------------------------------------------------


def voting_case(in_favour: int, expected: int = 52, present: int = 48) -> Case:
    session = Session(
        id="s", name="某次会议", purpose=Purpose.DELIBERATE_DRAFT, expected=expected, present=present
    )
    count = Count(
        id="c", session="s", expected=expected, present=present, issued=present, returned=present,
        valid=present, invalid=0, in_favour=in_favour, against=present - in_favour, abstained=0,
    )  # fmt: skip
    return Case(congress=Congress(id="congress", delegates=expected), sessions=(session,), counts=(count,))


@pytest.mark.parametrize(
    ("in_favour", "said"),
    [
        (27, "会议决议：通过"),
        (26, "恰好是全体职工代表的一半"),
        (25, "没有达到全体职工代表的一半"),
    ],
)
def test_a_resolution_counts_against_all_delegates(in_favour: int, said: str) -> None:
    # 25 and 26 of 48 present would be a majority of those present.
    text = flat_text(make(context_of(voting_case(in_favour)), "resolution"))
    assert said in text
    assert ("决议：通过某次" in text or "决议：通过《" in text) is (in_favour == 27)
    assert ("（草案）》没有通过" in text) is (in_favour == 25)
    open_boxes = "“半数以上”含一半，“过半数”不含，各条文的写法不一样。会议决议：通过□　没有通过□"
    assert (open_boxes in text) is (in_favour == 26), (
        "one half is left open: the words of the articles differ"
    )


def test_two_thirds_are_exact() -> None:
    assert "没有达到三分之二" in flat_text(make(context_of(voting_case(30, present=34)), "resolution"))
    assert "，达到三分之二" in flat_text(make(context_of(voting_case(30, present=35)), "resolution"))


def test_a_tally_shows_three_ratios_and_says_which_decides() -> None:
    text = flat_text(make(context_of(example(EXAMPLES[0])), "tally", "count-draft"))
    assert "| 赞成 | 41票 | 78.8% | 85.4% | 87.2%" in text
    assert "以赞成票占全体职工代表的比例判定" in text


def test_who_was_not_elected_is_said() -> None:
    case = example(EXAMPLES[0])
    beaten = next(person for person in case.candidates if person.name == "戚岱云")
    case = case.with_record("candidates", beaten.replace(in_favour=25))
    text = flat_text(make(context_of(case), "resolution", "session-1"))
    assert "戚岱云的赞成票没有达到全体职工代表的一半，没有通过。" in text


# --- marks --------------------------------------------------------------------------------------------


def finding(stage: Stage, grade: Grade = Grade.MUST, explained: bool = False) -> Finding:
    told = Explanation(
        id="e", finding="k", kind=ExplanationKind.FRANK, what_happened="晚了", made_good="补了"
    )
    return Finding(
        key="k",
        rule="reply_due",
        grade=grade,
        stage=stage,
        sentence="答复晚了 2 天",
        why="3月12日收到",
        sources=(Source("鲁工资", "21条", Read.FULL_TEXT, "山东省企业工资集体协商条例"),),
        where=Where("offers"),
        past_mending=True,
        explanation=told if explained else None,
    )


def checked(*findings: Finding, deadlines: tuple[Deadline, ...] = ()) -> Checkup:
    return Checkup(A_DAY, "shandong", "2026.1", findings, deadlines)


def test_a_paper_is_a_draft_only_while_its_own_stage_has_something_to_mend() -> None:
    case = example(EXAMPLES[0])
    states = {
        "open": checked(finding(Stage.OFFER)),
        "other stage": checked(finding(Stage.CONGRESS)),
        "explained": checked(finding(Stage.OFFER, explained=True)),
        "softer": checked(finding(Stage.OFFER, Grade.EXPLAIN)),
        "none": checked(),
    }
    found = {name: make(context_of(case, checkup=made), "offer").draft for name, made in states.items()}
    assert found == {"open": True, "other stage": False, "explained": False, "softer": False, "none": False}


def test_a_practice_case_says_so_on_every_paper() -> None:
    case = example(EXAMPLES[0])
    case = dataclasses.replace(case, cycle=case.cycle.replace(practice=True))
    assert all("练习" in document.mark for *_, document in all_papers(context_of(case)))


def test_papers_carry_the_short_head_of_the_journal() -> None:
    document = make(context_of(example(EXAMPLES[0])), "offer")
    assert document.footer == "留痕 0123456789ab"


def test_the_checkup_lists_findings_flaws_and_due_dates_with_their_why() -> None:
    due = Deadline(
        rule="reply_due",
        stage=Stage.OFFER,
        what="书面答复",
        event="要约收到",
        start=date(2026, 3, 12),
        period="10日",
        due=date(2026, 3, 22),
        due_holiday=date(2026, 3, 23),
        actual=date(2026, 3, 25),
        why="3月12日签收，次日起算满 10 日",
        sources=(Source("鲁工资", "21条", Read.SECOND_HAND),),
        where=Where("replies"),
    )
    made = checked(finding(Stage.OFFER, explained=True), finding(Stage.SURVEY, Grade.NOTE), deadlines=(due,))
    text = flat_text(make(context_of(example(EXAMPLES[0]), checkup=made), "checkup"))
    assert (
        "必须改 | 要约与应约 | 答复晚了 2 天。 / 3月12日收到。 | 《鲁工资》21条 | 原文已核对 | 程序瑕疵"
        in text
    )
    assert "情况：晚了。" in text
    assert "补救：补了。" in text
    assert "2026年3月22日 / 顺延：2026年3月23日 | 2026年3月25日" in text
    assert "3月12日签收，次日起算满 10 日" in text
    assert "[草稿]" not in text


# --- kinds of cases -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["weihai-express-industry", "tianjin-hedong-area"])
def test_an_area_agreement_ends_with_every_enterprise_to_seal(name: str) -> None:
    case = example(name)
    document = make(context_of(case), "agreement")
    table = document.blocks[-1]
    assert isinstance(table, Table)
    assert len(table.rows) == len(case.covered_enterprises) > 5
    text = flat_text(document)
    assert f"企业方：{case.enterprise.body_name}" in text
    assert all(held.name in text for held in case.covered_enterprises)


def test_clauses_without_wording_are_told_from_their_figures() -> None:
    case = example(EXAMPLES[0])
    case = dataclasses.replace(case, clauses=tuple(held.replace(wording="") for held in case.clauses))
    text = flat_text(make(context_of(case), "agreement"))
    assert "职工年平均工资由上年的78000元调整为82680元，增长6.00%。" in text
    assert "年度工资总额由上年的2964.0万元调整为3191.448万元，增长7.67%。" in text
    assert "6—9月，铸造车间及同岗劳务派遣工：高温津贴为每人每月240元。" in text


def test_an_agreement_is_a_draft_text_until_a_vote_has_passed_it() -> None:
    case = example(EXAMPLES[0])
    before = dataclasses.replace(case, signings=(), counts=())
    assert "（草案）" in make(context_of(before), "agreement").title
    passed = dataclasses.replace(case, signings=())
    assert "（草案）" not in make(context_of(passed), "agreement").title


def test_an_offer_of_the_employer_goes_to_the_union() -> None:
    case = example(EXAMPLES[0])
    offer = case.offers[0].replace(proposer=Proposer.EMPLOYER, addressee="", sealed_by=())
    text = flat_text(make(context_of(case.with_record("offers", offer)), "offer"))
    assert f"\n{case.union.name}\n" in text
    assert f"落款：{case.enterprise.name}" in text
    assert "请贵公司提供的资料" not in text


def test_a_reminder_names_delivery_and_period() -> None:
    case = example(EXAMPLES[0])
    reminder = Reminder(id="r", offer="offer-1", number="砺工协催〔2026〕1号", issued_on=date(2026, 3, 24))
    text = flat_text(make(context_of(case.with_record("reminders", reminder)), "reminder"))
    assert "2026年3月12日收到（当面送达，宁雪桥签收）" in text
    assert "应当自收到之日起10日内书面答复" in text
    assert "于___年__月__日前书面答复" in text  # left for the pen


def test_blank_receipts_are_made_before_delivery_and_filled_ones_after() -> None:
    kind = kind_named("delivery_receipt")
    assert kind is not None
    offer = Offer(id="o", number="某协约〔2026〕1号")
    assert [subject.id for subject in kind.subjects(Case(offers=(offer,)))] == ["o"]
    subjects = kind.subjects(example(EXAMPLES[0]))
    assert [subject.id for subject in subjects] == ["delivery-1"]


def test_people_who_left_are_on_no_paper() -> None:
    gone = Representative(id="x", side=Side.WORKER, role=Role.MEMBER, name="离任人", left_on=date(2026, 4, 1))
    case = example(EXAMPLES[0]).with_record("representatives", gone)
    assert all("离任人" not in every_word(document) for *_, document in all_papers(context_of(case)))


# --- pages of a folder and a package ------------------------------------------------------------------


def test_pages_of_the_folder_say_what_they_are_given() -> None:
    case, pack = example(EXAMPLES[0]), PACKS.region("山东")
    rows = [
        CatalogueRow(
            number=1, document_number="砺工协约〔2026〕1号", responsible=case.union.name, title="要约书",
            on_day=date(2026, 3, 12), pages=3, first_page=4, last_page=6, remark="复印件",
        ),
        CatalogueRow(number=2, title="[公告栏照片]"),
    ]  # fmt: skip
    listed = flat_text(binder_catalogue(case, rows))
    assert "| 序号 | 档号 | 文号 | 责任者 | 题名 | 日期 | 密级 | 页数 | 备注" in listed
    assert "| 20260312 |  | 3 | 第4—6页；复印件" in listed
    assert binder_catalogue(case, rows).page.is_landscape
    assert "审查意见书" in flat_text(binder_slip(case, "审查意见书", "还没有收到"))
    assert "还没有收到" in flat_text(binder_slip(case, "审查意见书", "还没有收到"))
    notes = flat_text(binder_notes(case, A_DAY, 12, 40, ["审查意见书"]))
    assert "本册共12件、40页。缺1件：审查意见书。" in notes
    cover = flat_text(
        package_cover(case, pack, A_DAY, 2, "ab" * 32, [("data/x.pdf", "要约书")], ["晚了 2 天"])
    )
    assert "第2号" in cover
    assert "abababab abababab" in cover
    assert "要约书 | data/x.pdf" in cover
    assert "1. 晚了 2 天。" in cover
    for document in (
        binder_cover(case, pack, A_DAY),
        binder_catalogue(case, rows),
        binder_catalogue(Case(), []),
        binder_cover(Case(), pack, A_DAY),
        package_cover(case, pack, A_DAY, 1, "", [], []),
        package_cover(case, pack, A_DAY, 1, "cd" * 32, [], []),
    ):
        assert page_count(render_pdf(document)) >= 1


def test_a_fingerprint_as_qr_is_the_same_picture_each_time() -> None:
    assert qr_png("ab" * 32) == qr_png("ab" * 32)
    assert qr_png("ab" * 32) != qr_png("ac" * 32)
    assert qr_png("ab" * 32).startswith(b"\x89PNG")
