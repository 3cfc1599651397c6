"""Why a paper is missing is written down once, changed in place, and needs words."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.evidence import Origin
from app.domain.stages import Stage
from app.errors import UsageError
from app.storage.library import Library
from app.usecases.keep_backup import keep_backup, known_backups
from app.usecases.make_demo import read_example
from app.usecases.note_missing import missing_slip, note_missing
from app.usecases.program import Program


@pytest.fixture
def case_id(library: Library) -> str:
    with library.write("测试") as unit:
        made = unit.add_case(read_example("shandong-linyi-single"))
        unit.commit()
    return str(made)


def note(library: Library, case_id: str, words: str, proves: str = "sessions/session-2"):
    return note_missing(
        library,
        case_id,
        Stage.CONGRESS,
        "result_published",
        "决议公开的照片",
        words,
        actor="孟砺川",
        proves=proves,
    )


def test_the_reason_stands_in_place_of_the_paper(library: Library, case_id: str) -> None:
    made = note(library, case_id, "  相机坏了，没有拍。 ")
    assert (made.origin, made.missing_reason) == (Origin.MISSING, "相机坏了，没有拍。")
    assert library.read_case(case_id).find("evidence", made.id) == made
    assert "写没有的原因：决议公开的照片" in [entry.action for entry in library.journal()]


def test_a_second_reason_changes_the_first(library: Library, case_id: str) -> None:
    first, second = note(library, case_id, "没有拍"), note(library, case_id, "拍了，丢了")
    assert first.id == second.id
    case = library.read_case(case_id)
    assert missing_slip(case, Stage.CONGRESS, "result_published", "sessions/session-2") == second


def test_each_record_has_its_own_reason(library: Library, case_id: str) -> None:
    first = note(library, case_id, "没有拍")
    other = note(library, case_id, "没有拍", proves="sessions/session-1")
    assert first.id != other.id


@pytest.mark.parametrize("words", ["", "  \n"])
def test_a_reason_without_words_is_refused(library: Library, case_id: str, words: str) -> None:
    before = library.read_case(case_id)
    with pytest.raises(UsageError) as refused:
        note(library, case_id, words)
    assert refused.value.code == "E-201"
    assert library.read_case(case_id) == before


def test_a_backup_may_go_elsewhere(program: Program, library: Library, tmp_path: Path) -> None:
    made = keep_backup(program, library, reason="手动备份", into=tmp_path / "U盘")
    assert made.proven
    assert made.path.parent == tmp_path / "U盘"
    assert known_backups(library) == ()
    own = keep_backup(program, library, reason="手动备份")
    assert [backup.path for backup in known_backups(library)] == [own.path]
