from __future__ import annotations

import hashlib
import io
import json
import random
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ticking_clock import TickingClock

from app.clock import FixedClock
from app.domain.case import Case
from app.domain.negotiation import Meeting
from app.errors import CancelledError, DamagedError, UserError
from app.storage.backup import Backup, list_backups, make_backup, newest_proven, restore_backup, thin
from app.storage.library import Library

PHOTO = bytes(range(256)) * 500


def _attach(library: Library, content: bytes) -> str:
    digest = hashlib.sha256(content).hexdigest()
    folder = library.attachments_folder / digest[:2]
    folder.mkdir(exist_ok=True)
    (folder / digest).write_bytes(content)
    return digest


def _rewrite(
    backup: Path,
    target: Path,
    *,
    replace: dict[str, bytes] | None = None,
    add: dict[str, bytes] | None = None,
    drop: str = "",
    manifest: dict[str, object] | None = None,
) -> Path:
    """A backup as somebody with a zip tool leaves it."""
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "manifest.json" and manifest is not None:
                content = json.dumps(json.loads(content) | manifest).encode()
            if entry.filename != drop:
                new.writestr(entry.filename, (replace or {}).get(entry.filename, content))
        for name, content in (add or {}).items():
            new.writestr(name, content)
    return target


def test_everything_comes_back(
    library: Library, clock: TickingClock, case_id: str, sample: Case, tmp_path: Path
) -> None:
    digest = _attach(library, PHOTO)
    backup = make_backup(library, clock=clock, reason="手动备份")
    assert backup.proven
    assert backup.damaged == ()
    assert backup.path.parent == library.backups_folder
    assert backup.path.name.startswith("备份_20260403_10")
    target = tmp_path / "还原" / "资料库"
    restore_backup(backup.path, target)
    with Library.open(target, clock=clock, program_version="0.1.0") as restored:
        assert restored.read_case(case_id) == sample
        assert restored.library_id == library.library_id
        assert restored.journal() == library.journal()
        assert restored.verify_journal() == []
        assert (restored.attachments_folder / digest[:2] / digest).read_bytes() == PHOTO
    assert [part.name for part in target.parent.iterdir()] == ["资料库"]


def test_a_backup_holds_what_was_committed_before_it_and_nothing_after(
    library: Library, clock: TickingClock, case_id: str, sample: Case, tmp_path: Path
) -> None:
    with library.write("李四") as work:
        work.put(case_id, "meetings", Meeting(id="m"), action="添加协商会议")
        backup = make_backup(library, clock=clock, reason="手动")
        work.commit()
    restore_backup(backup.path, tmp_path / "还原")
    with Library.open(tmp_path / "还原", clock=clock, program_version="0.1.0") as restored:
        assert restored.read_case(case_id) == sample


def test_same_library_same_instant_same_bytes(library: Library, case_id: str) -> None:
    _attach(library, PHOTO)
    fixed = FixedClock(datetime(2026, 4, 3, 2, 20, tzinfo=UTC))
    first = make_backup(library, clock=fixed, reason="手动")
    second = make_backup(library, clock=fixed, reason="手动")
    assert second.path.name == first.path.stem + "_2.zip"
    assert first.path.read_bytes() == second.path.read_bytes()


def test_backups_are_listed_newest_first(library: Library, clock: TickingClock) -> None:
    made = [make_backup(library, clock=clock, reason=f"第{number}次") for number in range(3)]
    assert newest_proven(library.backups_folder) is not None
    listed = list_backups(library.backups_folder)
    assert [(one.path, one.reason, one.proven) for one in listed] == [
        (one.path, one.reason, True) for one in reversed(made)
    ]
    assert all(
        abs(one.at - other.at) < timedelta(seconds=1)
        for one, other in zip(listed, reversed(made), strict=True)
    )
    made[2].path.write_bytes(made[2].path.read_bytes()[:1000])
    assert [one.proven for one in list_backups(library.backups_folder)] == [False, True, True]
    newest = newest_proven(library.backups_folder)
    assert newest is not None
    assert newest.path == made[1].path
    assert list_backups(library.folder / "no such folder") == ()


def test_it_can_go_to_a_stick(library: Library, clock: TickingClock, tmp_path: Path) -> None:
    backup = make_backup(library, clock=clock, reason="存到 U 盘", into=tmp_path / "U盘")
    assert backup.path.parent == tmp_path / "U盘"
    assert list(library.backups_folder.iterdir()) == []


def test_a_damaged_attachment_is_named_and_the_rest_backed_up(library: Library, clock: TickingClock) -> None:
    digest = _attach(library, PHOTO)
    (library.attachments_folder / digest[:2] / digest).write_bytes(b"x")
    backup = make_backup(library, clock=clock, reason="手动")
    assert backup.damaged == (digest,)
    assert list_backups(library.backups_folder)[0].damaged == (digest,)


class _Stop:
    def step(self, done: int, total: int, what: str = "") -> None:
        raise CancelledError


def test_cancelled_it_leaves_nothing(library: Library, clock: TickingClock, tmp_path: Path) -> None:
    _attach(library, PHOTO)
    with pytest.raises(CancelledError):
        make_backup(library, clock=clock, reason="手动", progress=_Stop())
    assert list(library.backups_folder.iterdir()) == []
    backup = make_backup(library, clock=clock, reason="手动")
    with pytest.raises(CancelledError):
        restore_backup(backup.path, tmp_path / "还原" / "资料库", progress=_Stop())
    assert list((tmp_path / "还原").iterdir()) == []


def test_a_backup_that_would_not_restore_gets_no_name(
    library: Library, clock: TickingClock, case_id: str
) -> None:
    """The trial is a real one: a journal that does not hold fails it."""
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(library.database_file)) as connection, connection:
        connection.execute("DROP TRIGGER journal_no_update")
        connection.execute("UPDATE journal SET actor = '别人' WHERE number = 2")
        connection.execute(
            "CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'no'); END"
        )
    with pytest.raises(DamagedError, match="留痕日志"):
        make_backup(library, clock=clock, reason="手动")
    assert list(library.backups_folder.iterdir()) == []


def test_not_into_a_folder_with_something_in_it(
    library: Library, clock: TickingClock, tmp_path: Path
) -> None:
    backup = make_backup(library, clock=clock, reason="手动")
    (tmp_path / "满").mkdir()
    (tmp_path / "满" / "信.txt").write_text("别动", encoding="utf-8")
    for target in (tmp_path / "满", library.folder, tmp_path / "满" / "信.txt"):
        with pytest.raises(UserError, match="已经有东西"):
            restore_backup(backup.path, target)
    assert (tmp_path / "满" / "信.txt").read_text(encoding="utf-8") == "别动"


def test_into_an_empty_folder(library: Library, clock: TickingClock, tmp_path: Path) -> None:
    backup = make_backup(library, clock=clock, reason="手动")
    (tmp_path / "空").mkdir()
    restore_backup(backup.path, tmp_path / "空")
    Library.open(tmp_path / "空", clock=clock, program_version="0.1.0").close()


@pytest.fixture
def backup(library: Library, clock: TickingClock, case_id: str) -> Path:
    _attach(library, PHOTO)
    return make_backup(library, clock=clock, reason="手动").path


def _refused(file: Path, tmp_path: Path, words: str, error: type[UserError] = UserError) -> None:
    outside = sorted(tmp_path.rglob("*"))
    with pytest.raises(error, match=words):
        restore_backup(file, tmp_path / "还原" / "资料库")
    left = [part for part in sorted(tmp_path.rglob("*")) if part not in outside and part != tmp_path / "还原"]
    assert left == []


@pytest.mark.parametrize(
    "name",
    [
        "../escape.txt",
        "attachments/../../escape.txt",
        "/escape.txt",
        "attachments/..\\..\\escape.txt",
        "attachments/C:escape",
        "attachments//escape",
        "attachments/escape.",
        "escape.txt",
        "library.lock",
    ],
)
def test_no_name_leads_outside(backup: Path, tmp_path: Path, name: str) -> None:
    with zipfile.ZipFile(backup) as archive:
        files = json.loads(archive.read("manifest.json"))["files"]
    content = b"gotcha"
    listed = files | {name: {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}}
    hostile = _rewrite(backup, tmp_path / "备份_恶意.zip", add={name: content}, manifest={"files": listed})
    _refused(hostile, tmp_path, "文件名", DamagedError)


def test_an_extra_a_missing_and_a_changed_file(backup: Path, tmp_path: Path) -> None:
    digest = hashlib.sha256(PHOTO).hexdigest()
    photo = f"attachments/{digest[:2]}/{digest}"
    changed = PHOTO[:-1] + b"!"
    _refused(
        _rewrite(backup, tmp_path / "a.zip", add={"attachments/x": b"x"}), tmp_path, "对不上", DamagedError
    )
    _refused(_rewrite(backup, tmp_path / "b.zip", drop=photo), tmp_path, "对不上", DamagedError)
    _refused(
        _rewrite(backup, tmp_path / "c.zip", replace={photo: changed}), tmp_path, "内容变了", DamagedError
    )
    _refused(
        _rewrite(backup, tmp_path / "d.zip", replace={photo: PHOTO + b"!"}),
        tmp_path,
        "比写明的大",
        DamagedError,
    )


def test_a_bomb_is_refused_before_it_fills_the_disk(backup: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(backup) as archive:
        files = json.loads(archive.read("manifest.json"))["files"]
    files["attachments/bomb"] = {"sha256": "0" * 64, "size": 2**60}
    bomb = _rewrite(
        backup, tmp_path / "e.zip", add={"attachments/bomb": bytes(1000)}, manifest={"files": files}
    )
    _refused(bomb, tmp_path, "这个盘只剩")


@pytest.mark.parametrize("content", [b"", b"PK", b"not a zip", b"%PDF-1.7"])
def test_a_foreign_file(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "别的.zip"
    file.write_bytes(content)
    _refused(file, tmp_path, "不是本程序做的")


def test_a_foreign_zip_a_folder_and_nothing(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "照片.zip", "w") as archive:
        archive.writestr("1.jpg", b"x")
    (tmp_path / "文件夹").mkdir()
    _refused(tmp_path / "照片.zip", tmp_path, "不是本程序做的")
    _refused(tmp_path / "文件夹", tmp_path, "不是本程序做的")
    _refused(tmp_path / "没有.zip", tmp_path, "不见了")


@pytest.mark.parametrize(
    "manifest",
    [
        {"format": 2},
        {"format": "1"},
        {"files": []},
        {"files": {"database.sqlite": {}}},
        {"files": {"database.sqlite": {"sha256": "x", "size": "1"}}},
        {"at": "2026-04-03"},
        {"at": 7},
    ],
)
def test_a_manifest_that_is_none(backup: Path, tmp_path: Path, manifest: dict[str, object]) -> None:
    _refused(_rewrite(backup, tmp_path / "f.zip", manifest=manifest), tmp_path, ".")


def test_a_library_file_that_is_none(backup: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(backup) as archive:
        files = json.loads(archive.read("manifest.json"))["files"]
    for content in (b"", b"no library", b"SQLite format 3\0" + bytes(4080)):
        said = {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
        listed = {"files": files | {"database.sqlite": said}}
        changed = _rewrite(backup, tmp_path / "g.zip", replace={"database.sqlite": content}, manifest=listed)
        _refused(changed, tmp_path, ".")


def test_flipped_bits_and_cut_ends_never_pass(backup: Path, tmp_path: Path) -> None:
    whole = backup.read_bytes()
    chance = random.Random(20260403)
    for number in range(60):
        spoilt = bytearray(whole)
        if number % 3:
            spoilt[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        else:
            del spoilt[chance.randrange(len(whole)) :]
        file = tmp_path / "备份_坏.zip"
        file.write_bytes(spoilt)
        target = tmp_path / f"还原{number}"
        try:
            restore_backup(file, target)
        except UserError:
            assert not target.exists()
        else:
            # The flip hit what carries no content: a time stamp, an attribute.
            assert _contents(bytes(spoilt)) == _contents(whole)
    assert not any(part.name.startswith(".") for part in tmp_path.iterdir())


def _contents(archive: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return {entry.filename: opened.read(entry) for entry in opened.infolist()}


# Thinning

NOW = datetime(2026, 12, 1, 4, 0, tzinfo=UTC)


def _made(days: float, *, proven: bool = True) -> Backup:
    at = NOW - timedelta(days=days)
    return Backup(Path(f"备份_{at:%Y%m%d_%H%M%S}.zip"), proven, at)


def test_a_week_in_full_a_month_by_day_then_by_month() -> None:
    week = [_made(hours / 24) for hours in range(0, 160, 5)]
    month = [_made(10), _made(10.2), _made(20), _made(20.1)]
    older = [_made(100), _made(101), _made(400), _made(402)]
    gone = thin([*week, *month, *older], NOW)
    assert gone == (_made(10.2), _made(20.1), _made(101), _made(402))


def test_the_three_newest_stay_however_old_and_close() -> None:
    close = [_made(300 + minute / 1440) for minute in range(5)]
    assert thin(close, NOW) == (close[3], close[4])


def test_one_that_does_not_read_never_stands_for_a_day() -> None:
    broken, good = _made(20, proven=False), _made(20.1)
    newer = [_made(1), _made(2), _made(3)]
    assert thin([broken, good], NOW) == ()
    assert thin([*newer, broken, good], NOW) == (broken,)


def _month(backup: Backup) -> str:
    return f"{backup.at + timedelta(hours=8):%Y-%m}"


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(0, 900), st.booleans()), max_size=60, unique_by=lambda one: round(one[0] * 86400)
    )
)
def test_thinning_keeps_what_it_promises_and_is_done_at_once(ages: list[tuple[float, bool]]) -> None:
    backups = [_made(days, proven=proven) for days, proven in ages]
    gone = set(thin(backups, NOW))
    kept = [one for one in backups if one not in gone]
    proven = sorted((one for one in backups if one.proven), key=lambda one: one.at, reverse=True)
    assert gone.isdisjoint(proven[:3])
    assert all(one in kept for one in proven if NOW - one.at <= timedelta(days=7))
    assert {_month(one) for one in proven} == {_month(one) for one in kept if one.proven}
    assert thin(kept, NOW) == ()
