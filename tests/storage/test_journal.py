from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from ticking_clock import START

from app.domain.case import Case
from app.domain.negotiation import Meeting
from app.errors import DamagedError
from app.storage.journal import FIRST_PREVIOUS
from app.storage.library import Library
from app.storage.unit_of_work import UnitOfWork


@contextmanager
def _by_hand(library: Library, *, guarded: bool = False) -> Iterator[sqlite3.Connection]:
    """Somebody with a tool for SQLite; unguarded, the triggers are taken off and put back."""
    with closing(sqlite3.connect(library.database_file, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        made = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        if not guarded:
            for name, _ in made:
                connection.execute(f"DROP TRIGGER {name}")
        yield connection
        if not guarded:
            for _, sql in made:
                connection.execute(sql)
        connection.execute("COMMIT")


COLUMNS = (
    'number, at, actor, case_id, "group", undoes, undoable, action, collection, record_id, position, before,'
    " after, detail, previous, hash"
)
FORBIDDEN = [
    "UPDATE journal SET actor = '别人' WHERE number = 1",
    "DELETE FROM journal",
    "DELETE FROM journal WHERE number = (SELECT max(number) FROM journal)",
    "REPLACE INTO journal SELECT * FROM journal WHERE number = 2",
    f"INSERT OR REPLACE INTO journal SELECT {COLUMNS} FROM journal WHERE number = 1",
    f"INSERT INTO journal SELECT {COLUMNS.replace('number', 'number + 1000')} FROM journal WHERE number = 1",
]


@pytest.mark.parametrize("statement", FORBIDDEN)
@pytest.mark.parametrize("recursive", ["ON", "OFF"])
def test_the_journal_can_only_grow(library: Library, case_id: str, statement: str, recursive: str) -> None:
    before = library.journal()
    with closing(sqlite3.connect(library.database_file)) as connection:
        connection.execute(f"PRAGMA recursive_triggers = {recursive}")
        with pytest.raises(sqlite3.DatabaseError, match="append-only"):
            connection.execute(statement)
    assert library.journal() == before


def test_the_first_entry_names_the_library(library: Library) -> None:
    first = library.journal()[-1]
    assert (first.number, first.action, first.detail) == (1, "建立资料库", library.library_id)
    assert library.journal_head() == first.hash != FIRST_PREVIOUS


def test_entries_come_newest_first_and_page_by_page(library: Library, case_id: str) -> None:
    everything = library.journal()
    assert [entry.number for entry in everything] == list(range(len(everything), 0, -1))
    first = library.journal(limit=3)
    assert library.journal(limit=3, before=first[-1].number) == everything[3:6]
    assert {entry.case_id for entry in library.journal(case_id)} == {case_id}
    assert library.journal_head() == everything[0].hash


def test_an_instant_is_aware_and_utc(library: Library, case_id: str) -> None:
    entry = library.journal(limit=1)[0]
    assert entry.at.utcoffset() == timedelta(0)
    assert entry.at > START


def test_a_naive_instant_is_refused(library: Library) -> None:
    with (
        pytest.raises(ValueError, match="zone"),
        UnitOfWork(library._opened(), actor="李四", at=datetime.fromisoformat("2026-04-03")),
    ):
        pass


SPOILERS = {
    "at": "'2020-01-01T00:00:00.000+00:00'",
    "actor": "'别人'",
    "case_id": "'x'",
    '"group"': "1",
    "undoes": "1",
    "undoable": "0",
    "action": "action || '了'",
    "collection": "'offers'",
    "record_id": "'x'",
    "position": "9",
    "after": "'{}'",
    "before": "'{}'",
    "detail": "'x'",
    "previous": "hash",
    "hash": "previous",
}


@pytest.mark.parametrize("column", SPOILERS)
def test_any_changed_column_shows(library: Library, case_id: str, column: str) -> None:
    number = len(library.journal())
    with _by_hand(library) as connection:
        connection.execute(f"UPDATE journal SET {column} = {SPOILERS[column]} WHERE number = ?", (number,))
    assert number in {problem.number for problem in library.verify_journal() if problem.kind == "hash"}


def test_a_flipped_bit_in_the_file_shows(library: Library, case_id: str) -> None:
    """Even one that makes of a text something that is none."""
    with library.write("审计员甲") as work:
        work.note(case_id, "打印")
        work.commit()
    content = library.database_file.read_bytes()
    place = content.rindex("审计员甲".encode())
    for flipped in (content[place] ^ 0x40, content[place] ^ 0x01):
        library.database_file.write_bytes(content[:place] + bytes([flipped]) + content[place + 1 :])
        assert [problem.kind for problem in library.verify_journal()] == ["hash"]
    library.database_file.write_bytes(content)
    assert library.verify_journal() == []


def test_a_missing_entry_shows(library: Library, case_id: str) -> None:
    with _by_hand(library) as connection:
        connection.execute("DELETE FROM journal WHERE number = 3")
    assert "number" in {problem.kind for problem in library.verify_journal()}


def test_swapped_entries_show(library: Library, case_id: str) -> None:
    with _by_hand(library) as connection:
        connection.execute("UPDATE journal SET number = 10000 WHERE number = 3")
        connection.execute("UPDATE journal SET number = 3 WHERE number = 4")
        connection.execute("UPDATE journal SET number = 4 WHERE number = 10000")
    problems = library.verify_journal()
    assert {"hash", "chain"} <= {problem.kind for problem in problems}
    assert str(problems[0]) == "留痕日志第 3 条接不上前一条。"


def test_a_cut_off_end_shows_by_the_records_it_leaves_unexplained(library: Library, case_id: str) -> None:
    with library.write("李四") as work:
        work.put(case_id, "meetings", Meeting(id="m", place="三楼"), action="添加协商会议")
        work.commit()
    with _by_hand(library) as connection:
        connection.execute("DELETE FROM journal WHERE number = (SELECT max(number) FROM journal)")
    assert [problem.kind for problem in library.verify_journal()] == ["row"]


BEHIND_THE_BACK = [
    "UPDATE \"union\" SET name = '别的工会'",
    "DELETE FROM offers WHERE id = 'o1'",
    "INSERT INTO offers (case_id, id, position) SELECT case_id, 'o3', 3 FROM offers WHERE id = 'o1'",
    "UPDATE offers SET position = 9 WHERE id = 'o1'",
    "INSERT INTO cases VALUES ('x', 9, '')",
]


@pytest.mark.parametrize("statement", BEHIND_THE_BACK)
def test_a_write_without_a_trace_shows(library: Library, case_id: str, statement: str) -> None:
    assert library.verify_journal() == []
    with _by_hand(library, guarded=True) as connection:
        connection.execute(statement)
    assert [problem.kind for problem in library.verify_journal()] == ["row"]


@pytest.mark.parametrize("name", ["journal_no_update", "journal_no_delete", "journal_only_appends"])
def test_without_a_guard_it_does_not_open(library: Library, clock: object, name: str) -> None:
    with _by_hand(library, guarded=True) as connection:
        connection.execute(f"DROP TRIGGER {name}")
    assert [problem.kind for problem in library.verify_journal()] == ["guard"]
    library.close()
    with pytest.raises(DamagedError, match="防改动"):
        Library.open(library.folder, clock=clock, program_version="0.1.0")  # type: ignore[arg-type]


def test_an_unreadable_entry_is_named(library: Library, case_id: str) -> None:
    with _by_hand(library) as connection:
        connection.execute("UPDATE journal SET after = '{' WHERE number = 3")
    with pytest.raises(DamagedError, match="第 3 条"):
        library.journal()
    assert {"hash", "unreadable"} <= {problem.kind for problem in library.verify_journal()}


def test_a_case_as_of_a_past_time(library: Library, case_id: str, sample: Case) -> None:
    then = library.journal(limit=1)[0].at
    with library.write("李四") as work:
        work.put(case_id, "union", sample.union.replace(chair="赵六"), action="修改工会：主席")
        work.remove(case_id, "offers", "o1", action="移除要约")
        work.commit()
    assert library.case_as_of(case_id, then) == sample
    assert library.case_as_of(case_id, then + timedelta(days=1)) == library.read_case(case_id)
    assert library.case_as_of(case_id, datetime(2020, 1, 1, tzinfo=UTC)) is None


def test_no_name_reaches_a_log(
    library: Library, clock: object, sample: Case, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="app")
    with library.write("王小二") as work:
        case_id = work.add_case(sample)
        work.commit()
    library.undo_last_group(case_id, "王小二")
    library.verify_journal()
    library.close()
    with Library.open(library.folder, clock=clock, program_version="0.1.0") as again:  # type: ignore[arg-type]
        again.journal()
    told = caplog.text
    assert not any(name in told for name in ("王小二", "王䶮", "测试厂"))


def test_hashes_can_be_recomputed_without_this_program(library: Library, case_id: str) -> None:
    """What an auditor needs to know, and nothing else: columns in order, JSON without blanks, SHA-256."""
    import hashlib

    with closing(sqlite3.connect(library.database_file)) as connection:
        rows = connection.execute(f"SELECT {COLUMNS} FROM journal ORDER BY number").fetchall()
    previous = "0" * 64
    for *columns, written in rows:
        assert columns[-1] == previous
        text = json.dumps(columns, ensure_ascii=False, separators=(",", ":"))
        assert hashlib.sha256(text.encode()).hexdigest() == written
        previous = written
