"""Many files become evidence in one step: known ones are not doubled, bad ones are named, stopping keeps the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.evidence import Origin
from app.domain.stages import Stage
from app.errors import CancelledError
from app.progress import Silent
from app.storage.library import Library
from app.usecases.attach_files import attach_files
from app.usecases.make_demo import read_example
from app.usecases.note_missing import note_missing


@pytest.fixture
def case_id(library: Library) -> str:
    with library.write("测试") as unit:
        made = unit.add_case(read_example("shandong-linyi-single"))
        unit.commit()
    return str(made)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    made = [tmp_path / f"纪要{name}.txt" for name in ("甲", "乙", "丙")]
    for at, file in enumerate(made):
        file.write_text(f"第 {at} 份", encoding="utf-8")
    return made


def fresh(library: Library, case_id: str):
    before = {paper.id for paper in read_example("shandong-linyi-single").evidence}
    return [paper for paper in library.read_case(case_id).evidence if paper.id not in before]


class StopsAt(Silent):
    def __init__(self, at: int) -> None:
        self.at = at

    def step(self, done: int, total: int, what: str = "") -> None:
        if done == self.at:
            raise CancelledError


def test_all_are_one_step_of_undo(library: Library, case_id: str, files: list[Path]) -> None:
    taken = attach_files(library, case_id, Stage.OFFER, files, actor="甲", progress=Silent())
    made = fresh(library, case_id)
    assert [paper.id for paper in made] == list(taken.added)
    assert [paper.title_text for paper in made] == ["纪要甲", "纪要乙", "纪要丙"]
    step = library.undo_last_group(case_id, "甲")
    assert step is not None
    assert step.action == "添加材料：要约与应约 3 件"
    assert fresh(library, case_id) == []


def test_what_is_known_or_bad_is_counted(
    library: Library, case_id: str, files: list[Path], tmp_path: Path
) -> None:
    empty = tmp_path / "空.pdf"
    empty.touch()
    twin = tmp_path / "又一份甲.txt"
    twin.write_bytes(files[0].read_bytes())
    taken = attach_files(
        library, case_id, Stage.OFFER, [files[0], empty, twin], actor="甲", progress=Silent()
    )
    assert (len(taken.added), taken.known, len(taken.refused)) == (1, 1, 1)
    assert "空.pdf" in taken.refused[0].what_happened


def test_stopping_keeps_what_was_copied(library: Library, case_id: str, files: list[Path]) -> None:
    with pytest.raises(CancelledError):
        attach_files(library, case_id, Stage.OFFER, files, actor="甲", progress=StopsAt(2))
    assert [paper.file_name for paper in fresh(library, case_id)] == ["纪要甲.txt", "纪要乙.txt"]


def test_the_first_takes_the_place_of_a_slip(library: Library, case_id: str, files: list[Path]) -> None:
    slip = note_missing(
        library,
        case_id,
        Stage.OFFER,
        "offer_receipt",
        "送达回执",
        "还没取回",
        actor="甲",
        proves="deliveries/x",
    )
    attach_files(
        library,
        case_id,
        Stage.OFFER,
        files[:2],
        actor="甲",
        paper="offer_receipt",
        proves="deliveries/x",
        progress=Silent(),
    )
    filled = library.read_case(case_id).find("evidence", slip.id)
    assert (filled.origin, filled.title_text) == (Origin.FILE, "送达回执")
    assert filled.sha256
    (other,) = [paper for paper in fresh(library, case_id) if paper.id != slip.id]
    assert (other.paper, other.proves) == ("offer_receipt", "deliveries/x")


def test_a_broken_file_is_kept_named_and_replaced_by_a_better_one(
    library: Library, case_id: str, tmp_path: Path
) -> None:
    broken, better = tmp_path / "回执.pdf", tmp_path / "新回执.txt"
    broken.write_bytes(b"%PDF-1.7\nbroken\n")
    better.write_text("收到", encoding="utf-8")
    taken = attach_files(library, case_id, Stage.OFFER, [broken], actor="甲", progress=Silent())
    (kept,) = fresh(library, case_id)
    assert kept.sha256
    assert kept.is_broken
    assert taken.broken == ("回执.pdf",)
    again = attach_files(library, case_id, Stage.OFFER, [better], actor="甲", fill=kept.id, progress=Silent())
    assert again.added == (kept.id,)
    (filled,) = fresh(library, case_id)
    assert (filled.is_broken, filled.file_name) == (False, "新回执.txt")
