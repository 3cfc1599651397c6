"""How the papers of a step stand: pages, blanks, and what a kept copy says differently."""

from __future__ import annotations

import dataclasses

import pytest

from app.domain.case import Case
from app.progress import Silent
from app.storage.library import Library
from app.usecases.make_demo import read_example
from app.usecases.make_document import keep_document
from app.usecases.paper_states import PaperState, paper_states
from app.usecases.program import Program

KINDS = ("offer", "delivery_receipt")


@pytest.fixture
def case_id(library: Library) -> str:
    with library.write("测试") as unit:
        made = unit.add_case(read_example("shandong-linyi-single"))
        unit.commit()
    return str(made)


def states(program: Program, library: Library, case: Case, known: dict[str, int]) -> tuple[PaperState, ...]:
    return paper_states(program, library, case, KINDS, known_pages=known, progress=Silent())


def test_each_has_its_pages_and_nothing_is_typeset_twice(
    program: Program, library: Library, case_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, known = library.read_case(case_id), {}
    first = states(program, library, case, known)
    assert {state.row.kind.key for state in first} == set(KINDS)
    assert all(state.pages for state in first)
    monkeypatch.setattr("app.usecases.paper_states.render_pdf", None)
    assert states(program, library, case, known) == first


def test_what_a_kept_copy_says_differently_is_named(program: Program, library: Library, case_id: str) -> None:
    keep_document(program, library, case_id, "offer", actor="甲")
    case = library.read_case(case_id)
    kept = next(state for state in states(program, library, case, {}) if state.row.kept)
    assert not kept.row.changed
    assert kept.differs == ()
    offer = case.offers[0].replace(number="新编号〔2026〕99号")
    moved = dataclasses.replace(case, offers=(offer, *case.offers[1:]))
    changed = next(state for state in states(program, library, moved, {}) if state.row.kept)
    assert changed.row.changed
    assert "改成" in changed.differs[0]
    assert "99号" in changed.differs[0]


def test_the_newest_of_a_kind_comes_first(program: Program, library: Library, case_id: str) -> None:
    case = library.read_case(case_id)
    second = case.offers[0].replace(id="offer-2", number="第二份")
    rows = states(program, library, dataclasses.replace(case, offers=(*case.offers, second)), {})
    assert [state.row.subject.id for state in rows if state.row.kind.key == "offer"] == ["offer-2", "offer-1"]
