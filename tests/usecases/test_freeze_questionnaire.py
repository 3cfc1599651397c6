"""A frozen questionnaire does not change, whoever asks; a new version is another survey."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from app.domain.case import Case
from app.domain.data_import import DataImport, ImportKind
from app.domain.questionnaire import changed_since_frozen, is_frozen, questions_in_order
from app.domain.survey import AnswerCount, Audience, Question, QuestionKind, Situation, Survey
from app.domain.union import AgreementKind, Cycle, Department
from app.errors import CancelledError, UserError
from app.progress import Silent
from app.storage.library import Library
from app.usecases import record_fact as recording
from app.usecases.freeze_questionnaire import (
    arrange_questions,
    freeze_questionnaire,
    new_questionnaire_version,
    reopen_questionnaire,
)
from app.usecases.print_questionnaires import print_copies, question_text
from app.usecases.record_fact import add_record, record_fact, remove_record
from app.usecases.take_questions import take_questions
from tests.gui.window_driver import fixed_program

ON, WHO = date(2026, 3, 2), "经办人"


def asked(place: int, **facts: object) -> Question:
    base: dict[str, object] = {
        "survey": "s", "number": place, "kind": QuestionKind.SINGLE, "stem": f"题{place}", "options": ("甲", "乙"),
    }  # fmt: skip
    return Question(id=f"q{place}").replace(**base | facts)


def case_of(*questions: Question, **more: object) -> Case:
    made = Case(
        cycle=Cycle(id="cycle", year=2026, region="shandong", agreement_kind=AgreementKind.WAGE),
        surveys=(Survey(id="s", title_text="调查"),),
        departments=(Department(id="a", name="铸造"), Department(id="b", name="装配")),
        questions=questions or (asked(1), asked(2)),
    )
    return dataclasses.replace(made, **more)


class Shelf:
    """A library with one case."""

    def __init__(self, library: Library, case: Case) -> None:
        self.library = library
        with library.write(WHO) as unit:
            self.id = unit.add_case(case)
            unit.commit()

    @property
    def case(self) -> Case:
        return self.library.read_case(self.id)

    @property
    def survey(self) -> Survey:
        found = self.case.find("surveys", "s")
        assert isinstance(found, Survey)
        return found

    def freeze(self) -> Survey:
        return freeze_questionnaire(self.library, self.id, "s", on=ON, actor=WHO)


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    with Library.create(tmp_path / "库", clock=fixed_program().clock, program_version="1") as library:
        yield Shelf(library, case_of())


def test_freezing_gives_date_version_and_fingerprint(shelf: Shelf) -> None:
    frozen = shelf.freeze()
    assert (frozen.frozen_on, frozen.version) == (ON, "2026-1")
    assert len(frozen.questions_digest) == 64
    assert shelf.survey == frozen


@pytest.mark.parametrize(
    ("questions", "said"),
    [
        ((asked(1), asked(2, number=1)), "第 1 题有两道"),
        ((asked(1, stem=" "),), "没有题干"),
        ((asked(1, options=("甲",)),), "选项不到两个"),
        ((asked(1, options=("甲", "甲")),), "两个一样的选项"),
        ((asked(1, kind=QuestionKind.MATRIX),), "还没有写行"),
        ((asked(1, number=None),), "没有题号"),
        ((asked(1, kind=None),), "没有选题型"),
    ],
)
def test_what_cannot_be_printed_cannot_be_frozen(
    tmp_path: Path, questions: tuple[Question, ...], said: str
) -> None:
    with Library.create(tmp_path / "库", clock=fixed_program().clock, program_version="1") as library:
        shelf = Shelf(library, case_of(*questions))
        with pytest.raises(UserError, match=said) as refused:
            shelf.freeze()
        assert refused.value.code == "S-203"
        assert shelf.survey.frozen_on is None


def test_no_way_to_record_a_fact_changes_a_frozen_question(shelf: Shelf) -> None:
    shelf.freeze()
    before = shelf.case
    question = before.questions[0]
    tries = (
        lambda: record_fact(shelf.library, shelf.id, "questions", question.replace(stem="别的"), actor=WHO),
        lambda: record_fact(shelf.library, shelf.id, "questions", question.replace(survey=""), actor=WHO),
        lambda: record_fact(shelf.library, shelf.id, "questions", asked(3), actor=WHO),
        lambda: add_record(shelf.library, shelf.id, "questions", actor=WHO, preset={"survey": "s"}),
        lambda: remove_record(shelf.library, shelf.id, "questions", question.id, actor=WHO),
        lambda: arrange_questions(shelf.library, shelf.id, "s", ["q2", "q1"], actor=WHO),
        lambda: record_fact(
            shelf.library, shelf.id, "surveys", shelf.survey.replace(frozen_on=None), actor=WHO
        ),
        lambda: take_questions(
            shelf.library,
            shelf.id,
            "s",
            ["raise"],
            audience=Audience.STAFF,
            situation=Situation.NORMAL,
            actor=WHO,
        ),
    )
    for attempt in tries:
        with pytest.raises(UserError) as refused:
            attempt()
        assert refused.value.code == "S-201"
        assert "解除定稿" in refused.value.what_to_do
    assert shelf.case == before


def test_what_is_counted_afterwards_may_still_be_written(shelf: Shelf) -> None:
    shelf.freeze()
    counted = shelf.case.questions[0].replace(asked_count=30)
    record_fact(shelf.library, shelf.id, "questions", counted, actor=WHO)
    record_fact(shelf.library, shelf.id, "surveys", shelf.survey.replace(issued=40), actor=WHO)
    assert shelf.case.questions[0].asked_count == 30
    assert not changed_since_frozen(shelf.case, shelf.survey)


def test_opened_again_and_unchanged_it_keeps_its_version_and_changed_it_gets_the_next(shelf: Shelf) -> None:
    shelf.freeze()
    reopen_questionnaire(shelf.library, shelf.id, "s", actor=WHO)
    assert shelf.freeze().version == "2026-1"
    reopen_questionnaire(shelf.library, shelf.id, "s", actor=WHO)
    record_fact(shelf.library, shelf.id, "questions", shelf.case.questions[0].replace(stem="改过"), actor=WHO)
    assert shelf.freeze().version == "2026-2"


@pytest.mark.parametrize(
    ("collection", "record"),
    [
        ("answer_counts", AnswerCount(id="c", question="q1", numbers=(3, 4))),
        ("data_imports", DataImport(id="d", kind=ImportKind.PAPER_ANSWERS, survey="s")),
    ],
)
def test_once_sheets_are_in_only_a_new_version_is_possible(
    shelf: Shelf, collection: str, record: AnswerCount | DataImport
) -> None:
    shelf.freeze()
    record_fact(shelf.library, shelf.id, collection, record, actor=WHO)
    with pytest.raises(UserError) as refused:
        reopen_questionnaire(shelf.library, shelf.id, "s", actor=WHO)
    assert refused.value.code == "S-204"
    with pytest.raises(UserError, match="已经定稿") as kept:
        remove_record(shelf.library, shelf.id, "questions", "q1", actor=WHO)
    assert "另起一版" in kept.value.what_to_do
    made = new_questionnaire_version(shelf.library, shelf.id, "s", actor=WHO)
    case = shelf.case
    copies = questions_in_order(case, made.id)
    assert [each.stem for each in copies] == ["题1", "题2"]
    assert not {each.id for each in copies} & {"q1", "q2"}
    assert made.frozen_on is None and made.version == "" and made.sheets_printed is None
    assert freeze_questionnaire(shelf.library, shelf.id, made.id, on=ON, actor=WHO).version == "2026-2"
    assert case.find("surveys", "s") == shelf.survey


def test_a_printed_version_is_never_opened_again(shelf: Shelf) -> None:
    frozen = shelf.freeze()
    record_fact(shelf.library, shelf.id, "surveys", frozen.replace(sheets_printed=320), actor=WHO)
    with pytest.raises(UserError, match="320") as refused:
        reopen_questionnaire(shelf.library, shelf.id, "s", actor=WHO)
    assert refused.value.code == "S-208" and is_frozen(shelf.survey)
    with pytest.raises(UserError) as kept:
        remove_record(shelf.library, shelf.id, "questions", "q1", actor=WHO)
    assert "已经印了 320 份" in kept.value.what_to_do and "解除定稿" not in kept.value.what_to_do
    made = new_questionnaire_version(shelf.library, shelf.id, "s", actor=WHO)
    again = freeze_questionnaire(shelf.library, shelf.id, made.id, on=ON, actor=WHO)
    assert again.version == "2026-2" and again.sheets_printed is None


def undone(shelf: Shelf) -> str:
    """Undo until it is refused; what was undone and the code it was refused with."""
    actions = []
    while True:
        try:
            step = shelf.library.undo_last_group(shelf.id, WHO)
        except UserError as refused:
            return " ".join((*actions, refused.code))
        if step is None:
            return " ".join(actions)
        actions.append(step.action.partition("：")[0])


def test_a_printed_version_is_not_unfrozen_by_undo_but_printing_can_be_taken_back(shelf: Shelf) -> None:
    frozen = shelf.freeze()
    printed = frozen.replace(sheets_printed=320)
    with shelf.library.write(WHO, undoable=False) as work:
        work.put(shelf.id, "surveys", printed, action="印问卷")
        work.commit()
    assert undone(shelf) == "L-153" and shelf.survey == printed
    record_fact(shelf.library, shelf.id, "surveys", printed.replace(sheets_printed=None), actor=WHO)
    shelf.library.undo_last_group(shelf.id, WHO)
    shelf.library.redo(shelf.id, WHO)
    assert is_frozen(shelf.survey) and shelf.survey.sheets_printed is None


def test_undo_takes_a_new_version_and_a_lot_of_questions_back_in_one_step(shelf: Shelf) -> None:
    before = shelf.case
    new_questionnaire_version(shelf.library, shelf.id, "s", actor=WHO)
    shelf.library.undo_last_group(shelf.id, WHO)
    assert shelf.case == before
    taken = take_questions(
        shelf.library,
        shelf.id,
        "s",
        ["open_wish", "sex", "raise"],
        audience=Audience.STAFF,
        situation=Situation.NORMAL,
        actor=WHO,
    )
    stems = [each.bank_key for each in questions_in_order(shelf.case, "s")]
    assert taken == 3 and stems == ["sex", "raise", "", "", "open_wish"]
    assert [each.number for each in questions_in_order(shelf.case, "s")] == [1, 2, 3, 4, 5]
    shelf.library.undo_last_group(shelf.id, WHO)
    assert shelf.case == before


def test_questions_are_put_in_order_and_numbered(shelf: Shelf) -> None:
    arrange_questions(shelf.library, shelf.id, "s", ["q2", "q1"], actor=WHO)
    assert [each.id for each in questions_in_order(shelf.case, "s")] == ["q2", "q1"]


def test_copies_are_numbered_on_and_nothing_unfrozen_is_handed_out(shelf: Shelf, tmp_path: Path) -> None:
    program = fixed_program()

    def run(copies: int, name: str, both_sides: bool = False) -> tuple[str, str]:
        made = print_copies(
            program,
            shelf.library,
            shelf.id,
            "s",
            copies,
            tmp_path / name,
            both_sides=both_sides,
            actor=WHO,
            progress=Silent(),
        )
        return made.first, made.last

    for refused in (lambda: run(3, "a.pdf"), lambda: question_text(shelf.case, "s")):
        with pytest.raises(UserError) as error:
            refused()
        assert error.value.code == "S-205"
    assert not (tmp_path / "a.pdf").exists()
    shelf.freeze()
    assert run(3, "a.pdf") == ("0001", "0003")
    assert run(2, "b.pdf", both_sides=True) == ("0004", "0005")
    assert shelf.survey.sheets_printed == 5
    with (
        pypdfium2.PdfDocument(tmp_path / "a.pdf") as first,
        pypdfium2.PdfDocument(tmp_path / "b.pdf") as both,
    ):
        words = [page.get_textpage().get_text_bounded() for page in first]
        assert len(words) == 4 and len(both) == 6
    assert "不要登记谁拿了哪一号" in words[0]
    assert [f"编号 000{n}" in words[n] for n in (1, 2, 3)] == [True] * 3
    for wrong in (0, 5001):
        with pytest.raises(UserError) as error:
            run(wrong, "c.pdf")
        assert error.value.code == "S-206"


def test_a_cancelled_run_writes_nothing_and_uses_no_numbers(shelf: Shelf, tmp_path: Path) -> None:
    class Stop:
        def step(self, done: int, total: int, what: str = "") -> None:
            if done == 2:
                raise CancelledError

    shelf.freeze()
    with pytest.raises(CancelledError):
        print_copies(
            fixed_program(), shelf.library, shelf.id, "s", 9, tmp_path / "a.pdf", both_sides=False, actor=WHO,
            progress=Stop(),
        )  # fmt: skip
    assert not (tmp_path / "a.pdf").exists() and shelf.survey.sheets_printed is None


def test_sheets_whose_numbers_could_not_be_recorded_are_taken_away(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.freeze()

    def fails(*_args: object) -> None:
        raise OSError("full")

    monkeypatch.setattr(shelf.library, "write", fails)
    with pytest.raises(OSError, match="full"):
        print_copies(
            fixed_program(), shelf.library, shelf.id, "s", 2, tmp_path / "a.pdf", both_sides=False, actor=WHO,
            progress=Silent(),
        )  # fmt: skip
    assert not (tmp_path / "a.pdf").exists()


def test_the_rule_is_asked_where_facts_are_recorded() -> None:
    assert recording.refuse_if_frozen.__module__ == "app.usecases.frozen_questions"
