"""Everything that leaves the program is put together, and no hidden number can be worked out from it."""

from __future__ import annotations

import dataclasses
import functools
import json
import re
from collections import Counter
from collections.abc import Callable

import pypdfium2
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from app.cli.survey_commands import _result_lines, _results_document
from app.documents.catalogue import kind_named
from app.documents.docx import render_docx
from app.documents.kinds import Subject
from app.documents.pdf import render_pdf
from app.domain.answered_sheet import AnsweredSheet
from app.domain.case import Case
from app.domain.roster import StaffGroup
from app.domain.survey import AnswerCount, GroupBy, Question, QuestionKind, Survey
from app.figures import published as decision
from app.figures import small_groups
from app.figures.published import published, published_case
from app.figures.representativeness import comparisons
from app.figures.sheet_tally import group_questions, tally
from app.figures.small_groups import FEWEST, Hidden, Mask, hide_sizes
from app.usecases.leaving import data_leaving
from app.usecases.survey_workbook import survey_workbook, tables_of
from tests.documents.test_letters import context_of
from tests.figures.attacker import (
    read_case_file,
    read_command,
    read_sentences,
    read_tables,
    tables_of_book,
    tables_of_paper,
)
from tests.figures.judge import Count, Crowd, Statements, check_truth, true_counts
from tests.figures.made_surveys import CLEAR, RISE, SEX, SHOP, WISH, Made, surveys

_SHOPS = SHOP.options
_QUESTIONS = (SHOP, SEX, RISE, WISH)


def case_of(sheets: list[AnsweredSheet]) -> Case:
    return Made(_QUESTIONS, tuple(sheets), frozenset()).case


# ---- the attack


def attack(made: Made, *, papers: bool = False) -> dict[Count, int]:
    """Return the hidden numbers that can be told from everything published, with their values."""
    case, known = made.case, made.known
    survey = case.surveys[0]
    read = Statements()
    read_tables(read, known, tables_of_book(survey_workbook(case, survey, tables_of(case, survey))))
    read_case_file(read, known, data_leaving(case))
    read_command(read, known, _results_document(case, survey))
    if papers:
        kind = kind_named("survey_summary")
        assert kind is not None
        tables, sentences = tables_of_paper(render_docx(kind.build(context_of(case), Subject("s"))))
        assert len(tables) >= len(made.questions)
        read_tables(read, known, tables)
        read_sentences(read, known, sentences)
    groupings = list(known.groupings.values())
    crowd = Crowd(known.valid, groupings, known.questions, read)
    true = true_counts(crowd, groupings, made.answers)
    check_truth(read, true)
    secret = secrets(read, true, known.valid)
    return {count: secret[count] for count in crowd.known(secret)}


def secrets(read: Statements, true: dict[Count, int], valid: int) -> dict[Count, int]:
    """The numbers nobody wrote down.

    Not secret is what follows for everyone from the answers of all, and what those did who did not say their group,
    once they are five: nobody knows who they are.
    """
    written = {
        next(iter(told)) for told, low, high in read.told if low == high and list(told.values()) == [1]
    }
    totals: Counter[tuple[str, str, str]] = Counter()
    for count, number in true.items():
        totals[count.by, count.question, count.option] += number

    def open_to_all(count: Count) -> bool:
        unnamed = true[Count(count.by, "")] if count.group == "" else FEWEST - 1
        total = totals[count.by, count.question, count.option] if count.question else 1
        return not 0 < unnamed < FEWEST or total in (0, valid)

    return {
        count: number for count, number in true.items() if count not in written and not open_to_all(count)
    }


_ATTACK = functools.partial(
    settings, deadline=None, phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip


@_ATTACK(max_examples=40)
@given(surveys())
def test_no_hidden_number_can_be_told_from_all_tables_and_data_together(made: Made) -> None:
    assert attack(made) == {}


@_ATTACK(max_examples=8)
@given(surveys())
def test_nor_with_the_printed_summary_beside_them(made: Made) -> None:
    assert attack(made, papers=True) == {}


def sheets_of(*rows: tuple[int, dict[str, object]]) -> tuple[AnsweredSheet, ...]:
    """So many sheets with these answers each."""
    plain = [answers for number, answers in rows for _ in range(number)]
    return tuple(
        AnsweredSheet(id=f"{at}", batch="b", survey="s", answers=answers)  # type: ignore[arg-type]
        for at, answers in enumerate(plain)
    )


_FIRM = SHOP.replace(options=("铸造", "装配"))
_SURE = CLEAR.replace(id="sure", number=8, stem="有把握吗")

GO_TOGETHER = Made(
    (_FIRM, SEX, CLEAR, _SURE),
    sheets_of(
        # Most of 铸造 are men, and 知道吗 tells how many: 25 of 30 here and there, of 30 of all.
        (4, {"shop": 0, "sex": 0, "clear": 0, "sure": 0}),
        (16, {"shop": 0, "sex": 0, "clear": 0, "sure": 1}),
        (5, {"shop": 0, "sex": 1, "clear": 0, "sure": 1}),
        (5, {"shop": 0, "sex": 1, "clear": 1, "sure": 1}),
        (5, {"shop": 1, "sex": 0, "clear": 0, "sure": 0}),
        (5, {"shop": 1, "sex": 0, "clear": 1, "sure": 0}),
        (16, {"shop": 1, "sex": 1, "clear": 1, "sure": 0}),
        (4, {"shop": 1, "sex": 1, "clear": 1, "sure": 1}),
    ),
    frozenset(("shop", "sex", "clear", "sure")),
)
"""铸造 有把握 is 4; 14 men are. At least 20 men are of 铸造, so at most 10 of the 14 are not: at least 4 are."""


def test_tables_that_are_safe_alone_are_not_safe_together(monkeypatch: pytest.MonkeyPatch) -> None:
    assert attack(GO_TOGETHER) == {}
    monkeypatch.setattr(decision, "_linked", lambda _crossings, tables: tuple(tables))
    assert attack(GO_TOGETHER)[Count("shop", "铸造", "sure", "知道")] == 4


def _found(
    monkeypatch: pytest.MonkeyPatch, broken: Callable[[pytest.MonkeyPatch], None], number: int
) -> bool:
    """Whether the attack finds something in ``number`` surveys of a program that hides too little."""
    broken(monkeypatch)
    found: list[dict[Count, int]] = []

    @settings(max_examples=number, deadline=None, phases=(Phase.generate,), derandomize=True, database=None)
    @given(surveys(most=40))
    def look(made: Made) -> None:
        if not found and (told := attack(made)):
            found.append(told)

    look()
    return bool(found)


def _only_small_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(small_groups._Hiding, "_known", lambda _self: [])
    monkeypatch.setattr(small_groups._Hiding, "_too_little", lambda _self: iter(()))


def _only_small_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(small_groups, "_cannot_be_told", lambda _sizes, _found: True)


def _not_what_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget that what the hidden groups chose together can be worked out."""
    run = small_groups._Hiding.run

    def forget(self: small_groups._Hiding) -> Mask:
        for at, group in enumerate(self._groups):
            if not group.worded:
                self._inside[at] = [None] * len(self._inside[at])
                self._rows[at] = None
        return run(self)

    monkeypatch.setattr(small_groups._Hiding, "run", forget)


@pytest.mark.parametrize("broken", [_only_small_numbers, _only_small_groups, _not_what_is_left])
def test_the_attack_finds_what_a_program_gives_away_that_hides_too_little(
    monkeypatch: pytest.MonkeyPatch, broken: Callable[[pytest.MonkeyPatch], None]
) -> None:
    assert _found(monkeypatch, broken, 40)


def test_where_everybody_ticked_all_that_was_allowed_the_ticks_of_a_group_add_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    two = WISH.replace(options=("工资", "餐补", "工时", "休假"))
    rows = [
        (3, {"shop": 0, "wish": (0, 1)}), (9, {"shop": 0, "wish": (1, 2)}), (8, {"shop": 0, "wish": (2, 3)}),
        (9, {"shop": 1, "wish": (0, 1)}), (6, {"shop": 1, "wish": (1, 2)}), (7, {"shop": 1, "wish": (2, 3)}),
    ]  # fmt: skip
    made = Made((_FIRM, two), sheets_of(*rows), frozenset(("shop", "wish")))
    assert attack(made) == {}

    def any_number(self: small_groups._Hiding, groups: object, adds_up: bool, _each: int) -> None:
        plain(self, groups, adds_up, 100)  # type: ignore[arg-type]

    plain = small_groups._Hiding.__init__
    monkeypatch.setattr(small_groups._Hiding, "__init__", any_number)
    assert attack(made)[Count("shop", "铸造", "wish", "工资")] == 3


def test_a_group_that_all_chose_one_answer_is_not_shown() -> None:
    """It would tell of each of its people what they chose; nobody wrote that down, and it is not known."""
    rows = [(12, {"shop": 0, "clear": 0}), (9, {"shop": 1, "clear": 0}), (9, {"shop": 1, "clear": 1})]
    made = Made((_FIRM, CLEAR), sheets_of(*rows), frozenset(("shop", "clear")))
    (table,) = published(made.case, made.case.surveys[0]).tables
    assert table.rows[0].numbers == (None, None)
    assert attack(made) == {}


def test_two_surveys_of_a_year_are_decided_each_for_itself() -> None:
    """Sheets belong to one survey and nothing of a person is on two of them, so there is nothing to take away."""
    made = GO_TOGETHER
    second = [each.replace(id=f"{each.id}2", survey="s2") for each in made.questions]
    case = made.case
    sheets = [
        dataclasses.replace(
            sheet, survey="s2", answers={f"{name}2": held for name, held in sheet.answers.items()}
        )
        for sheet in made.sheets[:-3]
    ]
    both = dataclasses.replace(
        case,
        surveys=(*case.surveys, Survey(id="s2", title_text="第二次", valid=len(sheets))),
        questions=(*case.questions, *second),
        answer_counts=(*case.answer_counts, *tally(second, sheets, by=group_questions(second))),
    )
    assert published(both, both.surveys[0]).tables == published(case, case.surveys[0]).tables


@given(surveys(most=30))
@settings(max_examples=5, deadline=None, phases=(Phase.generate,))
def test_the_printed_page_says_what_the_word_file_says(made: Made) -> None:
    """So what the attack reads in the one stands in the other: every number of the tables, none more."""
    kind = kind_named("survey_summary")
    assert kind is not None
    document = kind.build(context_of(made.case), Subject("s"))
    with pypdfium2.PdfDocument(render_pdf(document)) as pdf:
        printed = "\n".join(page.get_textpage().get_text_range() for page in pdf)
    tables, sentences = tables_of_paper(render_docx(document))
    shares = re.compile(r"\d+\.\d%")
    said = [
        f"{cell:.1%}" for rows in tables.values() for row in rows for cell in row
        if isinstance(cell, float) and cell <= 1
    ]  # fmt: skip
    told = shares.findall(" ".join(sentences))
    first = shares.findall(printed)
    assert set(said) <= set(first) <= {*said, *told} | _rates(made)
    assert len(said) > len(made.questions)


def _rates(made: Made) -> set[str]:
    """回收率 and 有效率, which stand in the first table."""
    return {"90.0%", f"{len(made.sheets) / 90:.1%}"}


def test_the_command_line_says_in_words_what_it_says_as_data() -> None:
    case = GO_TOGETHER.case
    document = _results_document(case, case.surveys[0])
    lines = list(_result_lines(document))
    assert "    铸造  ※、※" in lines
    shown = {number for line in lines for number in re.findall(r"\d+", line)}
    assert shown <= set(re.findall(r"\d+", json.dumps(document)))


# ---- which groups


@given(st.lists(st.integers(0, 12), min_size=2, max_size=7))
def test_hidden_groups_have_company_and_are_five_together(sizes: list[int]) -> None:
    hidden = hide_sizes(sizes)
    inside = [size for size, why in zip(sizes, hidden, strict=True) if why is not None]
    assert all(why is not None for size, why in zip(sizes, hidden, strict=True) if size < FEWEST)
    assert len(inside) != 1
    if Hidden.WHOLE in hidden:
        assert set(hidden) == {Hidden.WHOLE}
    elif inside:
        assert sum(inside) >= FEWEST


def test_large_groups_are_shown() -> None:
    assert hide_sizes([5, 6, 7]) == (None, None, None)
    assert hide_sizes([30, 3, 9]) == (None, Hidden.SMALL, Hidden.GUARD)


def test_groups_whose_words_would_tell_their_sizes_are_all_hidden_without_words() -> None:
    assert hide_sizes([4, 4]) == (Hidden.WHOLE, Hidden.WHOLE)


def _plain_case(numbers: tuple[int, ...], valid: int) -> Case:
    """Shops with these sheets; everybody of them chose 中."""
    shop, rise = SHOP, RISE
    counts = [AnswerCount(id="whole", question="shop", numbers=numbers)]
    counts.append(AnswerCount(id="all", question="rise", numbers=(0, sum(numbers), 0)))
    counts += [
        AnswerCount(id=f"by{at}", question="rise", group=name, group_question="shop", numbers=(0, number, 0))
        for at, (name, number) in enumerate(zip(_SHOPS, numbers, strict=True))
    ]
    return Case(
        surveys=(Survey(id="s", title_text="调查", valid=valid),),
        questions=(shop, rise),
        answer_counts=tuple(counts),
        staff_groups=tuple(
            StaffGroup(id=name, by=GroupBy.DEPARTMENT, name=name, people=people)
            for name, people in zip(_SHOPS, (100, 40, 30, 30), strict=True)
        ),
    )


def test_small_groups_are_in_no_case_file_that_leaves() -> None:
    case = _plain_case((60, 3, 20, 30), 113)
    left = {each["id"] for each in json.loads(data_leaving(case))["answer_counts"]}
    assert left == {
        "all",
        "by0",
        "by3",
    }  # 3 sheets, and the 20 beside them, are hidden; so are the shops as a whole
    assert {each.id for each in case.answer_counts} > left


def test_those_who_left_the_group_out_are_a_small_group_as_well() -> None:
    case = _plain_case((60, 10, 20, 30), 122)  # two did not say; what is left over would be their answers
    decided = published(case, case.surveys[0])
    assert decided.groupings[0].names[-1] == "没有填"
    assert decided.groupings[0].hidden == (None, Hidden.GUARD, None, None, Hidden.SMALL)


def test_a_question_asked_of_three_is_not_shown() -> None:
    case = _plain_case((60, 10, 20, 30), 120)
    few = Question(
        id="few", survey="s", number=5, kind=QuestionKind.SINGLE, stem="哺乳室", options=("有", "没有"),
        asked_of="哺乳期女职工", asked_count=3,
    )  # fmt: skip
    counts = (*case.answer_counts, AnswerCount(id="few", question="few", numbers=(2, 1)))
    case = dataclasses.replace(case, questions=(*case.questions, few), answer_counts=counts)
    decided = published(case, case.surveys[0])
    assert decided.reasons(few) == (Hidden.WHOLE, Hidden.WHOLE)
    left = published_case(case)
    assert left.find("answer_counts", "few") is None
    assert left.find("questions", "few").asked_count is None
    told = [line.cells[0] for table in tables_of(case, case.surveys[0]) for line in table.lines
            if table.name == "第5题"]  # fmt: skip
    assert told == ["人数太少，各组都不显示"] * 2


def test_a_question_asked_of_a_hidden_group_only_is_not_shown() -> None:
    case = _plain_case((60, 3, 20, 30), 113)
    asked = Question(
        id="own", survey="s", number=6, kind=QuestionKind.SINGLE, stem="定额", options=("紧", "松"),
        asked_of="质检", asked_count=20,
    )  # fmt: skip
    case = dataclasses.replace(case, questions=(*case.questions, asked))
    assert published(case, case.surveys[0]).closed == {"own": Hidden.WHOLE}


def test_groups_are_never_crossed_with_groups() -> None:
    sheets = [
        AnsweredSheet(
            id=str(at), batch="b", survey="s", answers={"shop": at % 2, "sex": at % 3 // 2, "rise": 0}
        )
        for at in range(60)
    ]
    case = case_of(sheets)
    assert not any(each.question == "sex" and each.group_question for each in case.answer_counts)
    typed = AnswerCount(id="typed", question="sex", group="铸造", group_question="shop", numbers=(20, 10))
    case = case.with_record("answer_counts", typed)
    assert {table.question.id for table in published(case, case.surveys[0]).tables} == {"rise", "wish"}
    assert not any(
        each.question == "sex" and each.group_question for each in published_case(case).answer_counts
    )


# ---- who answered too little


def test_the_verdict_names_who_to_ask_again_and_papers_do_not_give_the_number_away() -> None:
    case = _plain_case((60, 3, 20, 30), 113)
    (compared,) = comparisons(case, case.surveys[0])
    (few,) = compared.too_few
    # 40 of 200 are 20 %; (3 + x) ÷ (113 + x) reaches that with x = 24.5, so 25 more
    assert few.words == "装配只有 3 人答卷，建议补访 25 人"
    assert few.public == "装配答卷不足 5 份，建议补访"
    assert compared.verdict == "装配答卷不足 5 份，建议补访"
    hidden = [group.name for group in compared.groups if group.hidden]
    assert hidden == ["装配", "质检"]
    # 60 and 30 against 100 and 30 of the staff, and 23 of the two hidden ones together against 70
    assert compared.fit is not None and compared.fit.freedom == 2


@pytest.mark.parametrize(
    ("number", "answered", "staff", "everyone", "more"),
    [
        (50, 100, 500, 1000, 0),
        (46, 100, 500, 1000, 0),  # 4 points below: enough
        (45, 100, 500, 1000, 10),  # 5 points: (45 + 10) ÷ 110 is one half
        (4, 100, 4, 100, 0),  # all of them
        (3, 100, 4, 100, 1),  # the last of a small group
        (0, 0, 10, 100, 5),  # nobody answered at all: at least five
        (2, 100, 4, 200, 2),
        (1, 100, 30, 100, 29),  # never more than there are
    ],
)
def test_how_many_more_sheets(number: int, answered: int, staff: int, everyone: int, more: int) -> None:
    from app.figures.representativeness import more_sheets

    assert more_sheets(number, answered, staff, everyone) == more
