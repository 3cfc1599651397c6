"""Packs and years brought into a library: every version stays, one is in use, all of it under the journal."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from ticking_clock import TickingClock

from app import paths
from app.domain.case import Case
from app.errors import DamagedError
from app.storage import migrate
from app.storage.backup import make_backup, restore_backup
from app.storage.installed_law import PACK, InstalledLaw
from app.storage.library import Library


def _install(library: Library, version: str, content: bytes) -> str:
    with library.write("李四", undoable=False) as work:
        made = work.install_law(
            PACK,
            "shandong",
            version=version,
            fingerprint="f" * 64,
            content=content,
            from_file="山东.zip",
            action=f"装上规则包：山东 {version}",
        )
        work.use_law(PACK, "shandong", made, action=f"装上规则包：山东 {version}")
        work.commit()
    return made


def _active(library: Library) -> list[InstalledLaw]:
    return list(library.law(active_only=True, contents=True))


def test_a_fresh_library_holds_none(library: Library) -> None:
    assert library.law() == ()


def test_one_version_is_in_use_and_none_is_ever_lost(library: Library) -> None:
    first, second = _install(library, "2026.2", b"one"), _install(library, "2026.3", b"two")
    assert first != second
    assert [(held.version, held.content) for held in _active(library)] == [("2026.3", b"two")]
    assert [(held.version, held.active, held.content) for held in library.law()] == [
        ("2026.2", False, b""),
        ("2026.3", True, b""),
    ]
    (held,) = _active(library)
    assert (held.installed_by, held.from_file, held.key) == ("李四", "山东.zip", "shandong")
    for wanted, versions in ((first, ["2026.2"]), ("", [])):
        with library.write("李四", undoable=False) as work:
            work.use_law(PACK, "shandong", wanted, action="退回")
            work.commit()
        assert [held.version for held in _active(library)] == versions
    assert len(library.law()) == 2
    assert library.verify_journal() == []


def test_what_is_in_use_already_leaves_no_entry(library: Library) -> None:
    made, head = _install(library, "2026.2", b"one"), library.journal_head()
    with library.write("李四") as work:
        work.use_law(PACK, "shandong", made, action="装上")
        assert work.commit().group is None
    assert library.journal_head() == head


def test_a_step_that_is_not_finished_leaves_neither_row_nor_entry(library: Library) -> None:
    entries = len(library.journal())
    with library.write("李四") as work:
        work.install_law(
            PACK, "a", version="1", fingerprint="f", content=b"x", from_file="a.zip", action="装上"
        )
    with library.write("李四") as work, pytest.raises(KeyError):
        work.use_law(PACK, "a", "pack-a-1", action="装上")
    assert (library.law(), len(library.journal())) == ((), entries)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE installed_law SET content = x'00'",
        "UPDATE installed_law SET active = 0",
        "UPDATE installed_law SET version = '9'",
        "DELETE FROM installed_law",
        "INSERT INTO installed_law SELECT 'pack-x-1', kind, key, version, fingerprint, sha256, from_file,"
        " installed_at, installed_by, 0, content FROM installed_law",
    ],
)
def test_what_was_changed_behind_the_journal_shows(library: Library, statement: str) -> None:
    _install(library, "2026.2", b"one")
    with closing(sqlite3.connect(library.database_file)) as connection:
        connection.execute(statement)
        connection.commit()
    assert [str(each) for each in library.verify_journal()] == ["装进来的规则包或放假安排和留痕日志对不上。"]


def test_a_damaged_content_is_not_handed_out(library: Library) -> None:
    _install(library, "2026.2", b"one")
    with closing(sqlite3.connect(library.database_file)) as connection:
        connection.execute("UPDATE installed_law SET content = x'00'")
        connection.commit()
    with pytest.raises(DamagedError, match="shandong"):
        library.law(contents=True)
    assert len(library.law()) == 1


def test_undo_of_a_case_passes_over_it(library: Library, case_id: str) -> None:
    before = library.next_undo(case_id)
    _install(library, "2026.2", b"one")
    assert library.next_undo(case_id) == before


def test_a_backup_carries_it(library: Library, clock: TickingClock, tmp_path: Path) -> None:
    _install(library, "2026.2", b"one")
    made = make_backup(library, clock=clock, reason="手动")
    restore_backup(made.path, tmp_path / "还原")
    with Library.open(tmp_path / "还原", clock=clock, program_version="0.1.0") as restored:
        assert [held.content for held in _active(restored)] == [b"one"]
        assert restored.verify_journal() == []


def test_a_library_of_the_first_schema_is_upgraded_when_it_is_opened(
    tmp_path: Path, clock: TickingClock, sample: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    scripts = shutil.copytree(paths.migrations(), tmp_path / "migrations")
    for file in (scripts / "versions").glob("[0-9]*_*.py"):
        if file.name.startswith("0001_"):
            continue
        file.unlink()
    folder = tmp_path / "旧库"
    with monkeypatch.context() as earlier:
        earlier.setattr(paths, "migrations", lambda: scripts)
        with Library.create(folder, clock=clock, program_version="0.1.0") as old, old.write("李四") as work:
            case_id = work.add_case(sample)
            work.commit()
    assert migrate.known_revisions()[-1] > "0001"
    with Library.open(folder, clock=clock, program_version="0.2.0") as library:
        assert (library.law(), library.read_case(case_id)) == ((), sample)
        assert library.journal(limit=1)[0].detail.startswith("0001 → ")
        _install(library, "2026.2", b"one")
        assert library.verify_journal() == []
        assert [part.name[:8] for part in library.backups_folder.glob("*.sqlite")] == ["升级前_0001"]
