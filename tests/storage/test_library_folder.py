from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import event
from ticking_clock import START, TickingClock

from app.domain.case import Case
from app.domain.negotiation import Meeting
from app.domain.union import AgreementKind, Form
from app.errors import DamagedError, LockedError, UserError
from app.storage.backup import make_backup
from app.storage.failures import in_words
from app.storage.library import CaseHeading, Library


def _open(folder: Path, clock: TickingClock, *, read_only: bool = False) -> Library:
    return Library.open(folder, clock=clock, program_version="0.1.0", read_only=read_only)


def test_a_new_library_has_its_parts_and_opens_again(library: Library, clock: TickingClock) -> None:
    assert sorted(part.name for part in library.folder.iterdir()) == [
        "attachments",
        "backups",
        "database.sqlite",
        "exports",
        "library.lock",
        "library.toml",
    ]
    assert library.read_only_reason == ""
    assert library.case_ids() == library.headings() == ()
    library.close()
    with _open(library.folder, clock) as again:
        assert again.library_id == library.library_id != ""
        assert again.attachments_folder.is_dir()
        assert again.backups_folder.is_dir()
        assert again.exports_folder.is_dir()


def test_headings(library: Library, case_id: str) -> None:
    with library.write("李四") as work:
        other = work.add_case(Case())
        work.commit()
    assert library.case_ids() == (case_id, other)
    assert library.headings() == (
        CaseHeading(case_id, 2026, AgreementKind.WAGE, "2026年度", Form.SINGLE),
        CaseHeading(other, None, None, "", None),
    )


@pytest.mark.parametrize("name", ["有 空格", "a%20b#c?d", "𬱖䶮", "x" * 120])
def test_any_folder_name_will_do(tmp_path: Path, clock: TickingClock, sample: Case, name: str) -> None:
    with Library.create(tmp_path / name, clock=clock, program_version="0.1.0") as library:
        with library.write("李四") as work:
            case_id = work.add_case(sample)
            work.commit()
        assert make_backup(library, clock=clock, reason="手动").proven
    with _open(tmp_path / name, clock) as library:
        assert library.read_case(case_id) == sample


def test_the_folder_can_be_copied_as_a_whole(
    library: Library, clock: TickingClock, case_id: str, sample: Case, tmp_path: Path
) -> None:
    """Even while it is open: at rest everything is in the one file."""
    copied = shutil.copytree(library.folder, tmp_path / "U盘" / "资料库")
    with _open(copied, clock) as other:
        assert other.read_case(case_id) == sample
        assert other.verify_journal() == []


def test_not_over_something_that_is_there(tmp_path: Path, clock: TickingClock) -> None:
    (tmp_path / "满").mkdir()
    (tmp_path / "满" / "信.txt").write_text("别动", encoding="utf-8")
    (tmp_path / "文件").write_text("", encoding="utf-8")
    for name in ("满", "文件"):
        with pytest.raises(UserError, match="已经有东西"):
            Library.create(tmp_path / name, clock=clock, program_version="0.1.0")
    assert [part.name for part in (tmp_path / "满").iterdir()] == ["信.txt"]


def test_not_over_another_library(library: Library, clock: TickingClock) -> None:
    library.close()
    with pytest.raises(UserError, match="已经有东西"):
        Library.create(library.folder, clock=clock, program_version="0.1.0")


def test_an_interrupted_creation_can_be_repeated(tmp_path: Path, clock: TickingClock) -> None:
    folder = tmp_path / "资料库"
    for part in ("attachments", "backups", ".new-abc"):
        (folder / part).mkdir(parents=True)
    (folder / "library.lock").touch()
    with Library.create(folder, clock=clock, program_version="0.1.0") as library:
        assert library.verify_journal() == []


@pytest.mark.parametrize("kind", ["missing", "empty", "file", "other"])
def test_a_folder_that_is_no_library(tmp_path: Path, clock: TickingClock, kind: str) -> None:
    folder = tmp_path / "别的"
    if kind == "file":
        folder.write_text("", encoding="utf-8")
    elif kind != "missing":
        folder.mkdir()
    if kind == "other":
        (folder / "照片.jpg").write_bytes(b"x")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(UserError, match="找不到文件夹" if kind == "missing" else "不是资料库") as caught:
        _open(folder, clock)
    assert caught.value.exit_code == 1
    assert sorted(tmp_path.rglob("*")) == before


def test_a_library_from_a_newer_program(library: Library, clock: TickingClock) -> None:
    library.close()
    with closing(sqlite3.connect(library.database_file)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    content = library.database_file.read_bytes()
    with pytest.raises(UserError, match="更新的程序"):
        _open(library.folder, clock)
    assert library.database_file.read_bytes() == content


def test_a_folder_layout_from_a_newer_program(library: Library, clock: TickingClock) -> None:
    library.close()
    mark = library.folder / "library.toml"
    mark.write_text(mark.read_text(encoding="utf-8").replace("format = 1", "format = 2"), encoding="utf-8")
    with pytest.raises(UserError, match="更新的程序"):
        _open(library.folder, clock)


@pytest.mark.logs_warnings
@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe", b"format = ["])
def test_a_lost_mark_is_made_again(library: Library, clock: TickingClock, content: bytes | None) -> None:
    library.close()
    mark = library.folder / "library.toml"
    if content is None:
        mark.unlink()
    else:
        mark.write_bytes(content)
    with _open(library.folder, clock) as again:
        assert again.library_id == library.library_id
    with _open(library.folder, clock) as again:
        assert again.library_id == library.library_id


def test_lost_folders_are_made_again(library: Library, clock: TickingClock) -> None:
    library.close()
    for name in ("attachments", "backups", "exports"):
        (library.folder / name).rmdir()
    with _open(library.folder, clock) as again:
        assert again.exports_folder.is_dir()


def test_a_missing_file_names_the_backup_to_go_back_to(library: Library, clock: TickingClock) -> None:
    backup = make_backup(library, clock=clock, reason="手动")
    library.close()
    library.database_file.unlink()
    with pytest.raises(DamagedError) as caught:
        _open(library.folder, clock)
    assert backup.path.name in caught.value.what_to_do
    assert "2026年4月3日" in caught.value.what_to_do


def test_without_a_backup_it_says_so(library: Library, clock: TickingClock) -> None:
    library.close()
    library.database_file.unlink()
    with pytest.raises(DamagedError, match="没有找到可用的备份"):
        _open(library.folder, clock)


def _header(content: bytes) -> bytes:
    return b"not a library at all" + content[20:]


def _torn(content: bytes) -> bytes:
    return content[: len(content) // 2]


def _empty(_: bytes) -> bytes:
    return b""


def _noise(content: bytes) -> bytes:
    return content[:4096] + bytes(len(content) - 4096)


def _last_page(content: bytes) -> bytes:
    """A page nothing reads at opening: only the check finds it."""
    return content[:-4096] + bytes(4096)


@pytest.mark.parametrize("spoil", [_header, _torn, _empty, _noise, _last_page])
def test_a_broken_file_is_told_and_left_alone(
    library: Library, clock: TickingClock, case_id: str, spoil: object
) -> None:
    backup = make_backup(library, clock=clock, reason="手动")
    library.close()
    spoilt = spoil(library.database_file.read_bytes())  # type: ignore[operator]
    library.database_file.write_bytes(spoilt)
    with pytest.raises(DamagedError) as caught:
        _open(library.folder, clock)
    assert caught.value.exit_code == 3
    assert backup.path.name in caught.value.what_to_do
    assert library.database_file.read_bytes() == spoilt


def test_a_file_that_breaks_while_open_is_told(library: Library, case_id: str) -> None:
    content = library.database_file.read_bytes()
    library.database_file.write_bytes(_noise(content))
    with pytest.raises(DamagedError):
        library.read_case(case_id)
    with pytest.raises(DamagedError), library.write("李四") as work:
        work.put(case_id, "meetings", Meeting(id="m"), action="添加")
        work.commit()


def test_somebody_elses_sqlite_file(library: Library, clock: TickingClock) -> None:
    library.close()
    library.database_file.unlink()
    with closing(sqlite3.connect(library.database_file)) as connection, connection:
        connection.execute("CREATE TABLE contacts (name TEXT)")
    with pytest.raises(DamagedError, match="不是本程序"):
        _open(library.folder, clock)


def test_a_full_disk_loses_nothing(library: Library, case_id: str, sample: Case) -> None:
    head = library.journal_head()

    def no_more_pages(connection: sqlite3.Connection, _: object) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")

    event.listen(library._opened(), "connect", no_more_pages)
    with pytest.raises(UserError, match="磁盘满了") as caught, library.write("李四") as work:
        for number in range(2000):
            work.put(case_id, "meetings", Meeting(id=str(number), summary="谈" * 200), action="添加协商会议")
        work.commit()
    assert caught.value.unharmed
    event.remove(library._opened(), "connect", no_more_pages)
    assert library.read_case(case_id) == sample
    assert library.journal_head() == head
    assert library.verify_journal() == []
    with library.write("李四") as work:
        work.put(case_id, "meetings", Meeting(id="m"), action="添加协商会议")
        work.commit()


def test_closed_is_closed(library: Library) -> None:
    library.close()
    library.close()
    with pytest.raises(RuntimeError):
        library.case_ids()
    with pytest.raises(RuntimeError):
        library.write("李四")


# Reading only


def test_opened_for_reading_it_writes_nothing(
    library: Library, clock: TickingClock, case_id: str, sample: Case
) -> None:
    library.close()
    before = {file: file.read_bytes() for file in library.folder.rglob("*") if file.is_file()}
    with _open(library.folder, clock, read_only=True) as reader:
        assert reader.read_case(case_id) == sample
        assert reader.read_only
        assert reader.read_only_reason
        with pytest.raises(UserError, match="只看不改"):
            reader.write("李四")
        with pytest.raises(UserError):
            reader.undo_last_group(case_id, "李四")
    assert {file: file.read_bytes() for file in library.folder.rglob("*") if file.is_file()} == before


@pytest.fixture
def nobody(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder whose rights count: the superuser steps down for the time being."""
    if sys.platform == "win32":
        pytest.skip("rights work differently there")
    outside = Path(tempfile.mkdtemp(prefix="rights-"))
    outside.chmod(0o755)
    monkeypatch.setattr(tempfile, "tempdir", None)
    yield outside
    if os.geteuid() != os.getuid():
        os.seteuid(os.getuid())
    for folder in [outside, *(part for part in outside.rglob("*") if part.is_dir())]:
        folder.chmod(0o755)
    shutil.rmtree(outside)


def test_a_write_protected_folder_opens_for_reading_and_says_why(
    library: Library, clock: TickingClock, case_id: str, sample: Case, nobody: Path
) -> None:
    library.close()
    folder = shutil.copytree(library.folder, nobody / "资料库")
    for part in (folder, *folder.rglob("*")):
        part.chmod(0o555 if part.is_dir() else 0o444)
    if os.geteuid() == 0:
        os.seteuid(65534)
    try:
        with _open(folder, clock) as reader:
            assert reader.read_only
            assert "不让写" in reader.read_only_reason
            assert reader.read_case(case_id) == sample
            with pytest.raises(UserError, match="不让写"):
                reader.write("李四")
            with pytest.raises(UserError, match="不让写"):
                make_backup(reader, clock=clock, reason="手动")
        with pytest.raises(UserError, match="不让写"):
            Library.create(nobody / "新的", clock=clock, program_version="0.1.0")
    finally:
        if os.getuid() == 0:
            os.seteuid(0)


def test_what_a_crash_left_in_the_log_is_read_from_a_write_protected_folder_too(
    library: Library, clock: TickingClock, case_id: str, tmp_path: Path
) -> None:
    """Killed in between, the last work lies in the file beside; it counts as much."""
    holder = sqlite3.connect(library.database_file)  # keeps the write-ahead log from being folded in
    holder.execute("SELECT count(*) FROM cases").fetchall()
    with library.write("李四") as work:
        work.put(case_id, "meetings", Meeting(id="last", place="三楼"), action="添加协商会议")
        work.commit()
    crashed = shutil.copytree(library.folder, tmp_path / "断电")
    holder.close()
    assert (crashed / "database.sqlite-wal").stat().st_size > 0
    with _open(crashed, clock, read_only=True) as reader:
        assert reader.read_case(case_id).find("meetings", "last").place == "三楼"
    assert (crashed / "database.sqlite-wal").stat().st_size > 0
    with _open(crashed, clock) as mended:
        assert mended.read_case(case_id).find("meetings", "last").place == "三楼"
        assert mended.verify_journal() == []


# The lock

_HOLDER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from app.clock import FixedClock
from app.storage.library import Library
clock = FixedClock(datetime(2026, 4, 3, 2, 20, tzinfo=UTC))
with Library.open(Path(sys.argv[1]), clock=clock, program_version="0.1.0"):
    print("open", flush=True)
    sys.stdin.read()
"""


def _holder(folder: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).resolve().parents[2],
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "open\n"
    return process


def test_a_second_program_is_told_who_has_it(library: Library, clock: TickingClock) -> None:
    library.close()
    with _holder(library.folder) as other:
        with pytest.raises(LockedError) as caught:
            _open(library.folder, clock)
        assert "这台电脑" in caught.value.what_happened
        since = START.astimezone()
        assert f"从 {since.month}月{since.day}日 {since:%H:%M} 开始" in caught.value.what_happened
        assert caught.value.exit_code == 4
        with pytest.raises(LockedError):
            _open(library.folder, clock, read_only=True)
        other.communicate("")
    with _open(library.folder, clock) as again:
        assert again.case_ids() == ()


def test_another_computer_is_named(library: Library, clock: TickingClock) -> None:
    lock = library.folder / "library.lock"
    words = json.loads(lock.read_text(encoding="utf-8"))
    assert words["pid"] == os.getpid()
    lock.write_text(json.dumps({**words, "host": "办公室二号机"}), encoding="utf-8")
    with pytest.raises(LockedError, match="电脑“办公室二号机”"):
        _open(library.folder, clock)


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\xff"])
def test_an_unreadable_lock_still_locks(library: Library, clock: TickingClock, content: bytes) -> None:
    (library.folder / "library.lock").write_bytes(content)
    with pytest.raises(LockedError, match="另一个程序"):
        _open(library.folder, clock)


def test_a_lock_left_by_a_killed_program_is_taken_over(library: Library, clock: TickingClock) -> None:
    library.close()
    with _holder(library.folder) as other:
        other.kill()
        other.communicate()
    assert b"host" in (library.folder / "library.lock").read_bytes()
    with _open(library.folder, clock) as again:
        assert again.case_ids() == ()


def test_a_failed_opening_lets_go_of_the_lock(library: Library, clock: TickingClock) -> None:
    library.close()
    content = library.database_file.read_bytes()
    library.database_file.write_bytes(b"")
    with pytest.raises(DamagedError):
        _open(library.folder, clock)
    library.database_file.write_bytes(content)
    _open(library.folder, clock).close()


def test_a_library_on_a_full_disk_can_still_be_read(
    library: Library, case_id: str, sample: Case, clock: TickingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.close()
    usage = shutil.disk_usage(library.folder)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=4096))
    with _open(library.folder, clock) as opened:
        assert opened.read_case(case_id) == sample
        assert "满" in opened.read_only_reason
        with pytest.raises(UserError, match="满"):
            opened.refuse_read_only()
    monkeypatch.undo()
    with _open(library.folder, clock) as opened:
        opened.refuse_read_only()


def test_a_complaint_of_sqlite_that_is_no_text_means_a_broken_file() -> None:
    with pytest.raises(DamagedError), in_words():
        b"\xc5".decode("utf-8")


def test_a_record_without_its_case_is_told_in_chinese(library: Library, case_id: str) -> None:
    with closing(sqlite3.connect(library.database_file)) as connection:
        connection.execute("INSERT INTO meetings (case_id, id, position) SELECT 'gone', 'x', 1")
        connection.commit()
    (told,) = library.check_file()
    assert "找不到它的案卷" in told
