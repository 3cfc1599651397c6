"""Backups: one file that holds everything, and that counts only after a trial restore."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, Any

from app.clock import Clock
from app.durable import sync_file, sync_folder
from app.errors import DamagedError, UserError
from app.half_done import half_done_name, in_work, sweep_half_done
from app.progress import Progress, Silent
from app.storage.engine import APPLICATION_ID, application_id, open_engine, quick_check, reading
from app.storage.failures import in_words
from app.storage.guards import missing_guards
from app.storage.library_folder import ATTACHMENTS, BACKUPS, DATABASE, EXPORTS, MARK
from app.storage.lock import CHINA_TIME
from app.storage.migrate import current_revision, refuse_newer

if TYPE_CHECKING:
    from app.storage.library import Library

FORMAT = 1
MANIFEST = "manifest.json"
_PREFIX = "备份_"
_MOST_MANIFEST = 64 * 2**20
_MOST_DATABASE = 4 * 2**30
_CHUNK = 1 << 20
_ZIP_TROUBLE = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    EOFError,
    ValueError,
    OverflowError,
    NotImplementedError,  # a method or version zipfile does not know
    RuntimeError,  # an encrypted entry
)
"""What zipfile says to a broken archive."""


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup file.

    Attributes:
        path: where it lies.
        proven: it was restored on trial when it was made, and its table of contents still reads.
        at: when it was made (aware).
        reason: why, in Chinese.
        size: bytes.
        damaged: attachments whose bytes no longer matched their own fingerprint when the backup was made.
    """

    path: Path
    proven: bool
    at: datetime
    reason: str = ""
    size: int = 0
    damaged: tuple[str, ...] = ()


def in_china(at: datetime) -> str:
    """Return an instant in words: ``2026年4月3日 10:20``."""
    local = at.astimezone(CHINA_TIME)
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"


def make_backup(
    library: Library,
    *,
    clock: Clock,
    reason: str,
    into: Path | None = None,
    progress: Progress | None = None,
) -> Backup:
    """Write a backup of the whole library, restore it on trial, and only then give it its name.

    ``into`` is the folder to write to (a stick), by default the library's own.

    Raises:
        UserError: no room, or the place cannot be written; no half file is left.
        DamagedError: the trial failed.
        CancelledError: ``progress`` was told to stop.
    """
    watch = progress or Silent()
    folder = into or library.backups_folder
    at = clock.now()
    with in_words():
        folder.mkdir(parents=True, exist_ok=True)
        target = _free_name(folder, at)
        for left_over in folder.glob(f".{_PREFIX}*.part"):
            left_over.unlink()  # by a program that was killed
        temporary = folder / f".{target.name}.part"
        try:
            damaged = _write(library, temporary, at=at, reason=reason, watch=watch)
            sync_file(temporary)
            with _scratch(library, temporary) as scratch:
                _prove(temporary, scratch)
            temporary.replace(target)
            sync_folder(folder)
        finally:
            temporary.unlink(missing_ok=True)
        return Backup(target, True, at, reason, target.stat().st_size, damaged)


def _free_name(folder: Path, at: datetime) -> Path:
    stem = f"{_PREFIX}{at.astimezone(CHINA_TIME):%Y%m%d_%H%M%S}"
    names = [f"{stem}.zip", *(f"{stem}_{number}.zip" for number in range(2, 1000))]
    return next(folder / name for name in names if not (folder / name).exists())


def _write(library: Library, file: Path, *, at: datetime, reason: str, watch: Progress) -> tuple[str, ...]:
    """Write the archive; return the attachments whose bytes are not what their name says."""
    parts = [
        part
        for part in sorted(library.attachments_folder.rglob("*"))
        if part.is_file() and not part.is_symlink() and not part.name.startswith(".")
    ]
    contents: dict[str, dict[str, Any]] = {}
    damaged: list[str] = []
    with _scratch(library, file) as scratch, zipfile.ZipFile(file, "w", allowZip64=True) as archive:
        copy = scratch / DATABASE
        library.copy_database(copy)
        contents[DATABASE] = _add(archive, copy, DATABASE, at, zipfile.ZIP_DEFLATED)
        if (library.folder / MARK).is_file():
            contents[MARK] = _add(archive, library.folder / MARK, MARK, at, zipfile.ZIP_DEFLATED)
        for number, part in enumerate(parts):
            watch.step(number, len(parts), "正在备份材料")
            name = f"{ATTACHMENTS}/{part.relative_to(library.attachments_folder).as_posix()}"
            contents[name] = _add(archive, part, name, at, zipfile.ZIP_STORED)  # photos do not get smaller
            if len(part.name) == 64 and part.name != contents[name]["sha256"]:
                damaged.append(part.name)
        watch.step(len(parts), len(parts), "正在试还原")
        manifest = {
            "format": FORMAT,
            "library": library.library_id,
            "at": at.isoformat(timespec="seconds"),
            "reason": reason,
            "damaged": damaged,
            "files": contents,
        }
        words = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
        archive.writestr(_entry(MANIFEST, at, zipfile.ZIP_DEFLATED), words)
    return tuple(damaged)


def _entry(name: str, at: datetime, method: int) -> zipfile.ZipInfo:
    local = at.astimezone(CHINA_TIME)
    entry = zipfile.ZipInfo(name, local.timetuple()[:6])
    entry.compress_type = method
    entry.external_attr = 0o644 << 16
    return entry


def _add(archive: zipfile.ZipFile, file: Path, name: str, at: datetime, method: int) -> dict[str, Any]:
    entry = _entry(name, at, method)
    entry.file_size = file.stat().st_size  # tells zipfile whether the entry needs 64 bits
    with file.open("rb") as source, archive.open(entry, "w") as target:
        digest, size = _pour(source, target)
    return {"sha256": digest, "size": size}


def _pour(source: IO[bytes], target: IO[bytes] | None, *, at_most: int | None = None) -> tuple[str, int]:
    """Copy (or only read) and return SHA-256 and number of bytes; stops past ``at_most``."""
    digest, size = hashlib.sha256(), 0
    while chunk := source.read(_CHUNK):
        size += len(chunk)
        if at_most is not None and size > at_most:
            raise _broken("里面有文件比写明的大")
        digest.update(chunk)
        if target is not None:
            target.write(chunk)
    return digest.hexdigest(), size


# Reading


def _broken(why: str) -> DamagedError:
    return DamagedError(
        f"备份文件坏了：{why}。", "现在的资料库没有动。", "换一个备份文件再还原。", code="B-101"
    )


def _foreign() -> UserError:
    return UserError(
        "这不是本程序做的备份文件。",
        "现在的资料库没有动。",
        "选名字像 备份_20260403_102000.zip 的文件。",
        code="B-102",
    )


@contextmanager
def _opened(file: Path) -> Iterator[tuple[zipfile.ZipFile, dict[str, Any]]]:
    """Open a backup and its manifest; every way in which it can be wrong becomes a sentence."""
    try:
        with zipfile.ZipFile(file) as archive:
            yield archive, _manifest(archive)
    except _ZIP_TROUBLE as error:
        raise (_broken("内容不完整") if file.name.startswith(_PREFIX) else _foreign()) from error


def _manifest(archive: zipfile.ZipFile) -> dict[str, Any]:
    try:
        entry = archive.getinfo(MANIFEST)
    except KeyError as error:
        raise _foreign() from error
    if entry.file_size > _MOST_MANIFEST:
        raise _foreign()
    try:
        with archive.open(entry) as stream:
            manifest = json.loads(stream.read(_MOST_MANIFEST + 1))
        if not isinstance(manifest["format"], int) or not isinstance(manifest["files"], dict):
            raise _foreign()
        if manifest["format"] > FORMAT:
            raise UserError(
                "这个备份是用更新的程序做的。", "现在的资料库没有动。", "装上新的程序再还原。", code="B-103"
            )
        if datetime.fromisoformat(manifest["at"]).tzinfo is None:
            raise _foreign()
        for name, said in manifest["files"].items():
            if not isinstance(said["sha256"], str) or not isinstance(said["size"], int) or not _is_safe(name):
                raise _broken("里面有不该有的文件名")
    except (ValueError, KeyError, TypeError, RecursionError, zipfile.BadZipFile) as error:
        raise _foreign() from error
    return dict(manifest)


def _is_safe(name: str) -> bool:
    """True for the names a backup holds: the library file, its mark, and files below ``attachments``."""
    if name in (DATABASE, MARK):
        return True
    path = PurePosixPath(name)
    return (
        len(path.parts) >= 2
        and path.parts[0] == ATTACHMENTS
        and not path.is_absolute()
        and str(path) == name
        and not any(part in ("..", ".") or part[-1] in " ." for part in path.parts)
        and not any(letter in '\\:*?"<>|' or ord(letter) < 32 for letter in name)
    )


def _unpack(file: Path, into: Path | None, scratch: Path, watch: Progress) -> None:
    """Read every file of a backup and compare it with the manifest.

    ``into`` gets all files; without it only the library file is written, to ``scratch``: reading and hashing
    the attachments proves as much and needs no second disk.
    """
    with _opened(file) as (archive, manifest):
        wanted: dict[str, dict[str, Any]] = manifest["files"]
        entries = archive.infolist()
        names = [entry.filename for entry in entries]
        if sorted(names) != sorted([*wanted, MANIFEST]) or DATABASE not in wanted:
            raise _broken("里面的文件和清单对不上")
        if wanted[DATABASE]["size"] > _MOST_DATABASE:
            raise _broken("里面有文件大得不像话")
        total = sum(said["size"] for said in wanted.values())
        room = shutil.disk_usage(into or scratch).free
        if room < (total if into else wanted[DATABASE]["size"]):
            raise UserError(
                f"还原要 {total / 2**20:.0f} MB，这个盘只剩 {room / 2**20:.0f} MB。",
                "现在的资料库没有动。",
                "腾出地方，或还原到别的盘。",
                code="B-104",
            )
        for number, entry in enumerate(entries):
            if entry.filename == MANIFEST:
                continue
            watch.step(number, len(entries), "正在核对备份")
            said = wanted[entry.filename]
            target = _target(entry.filename, into, scratch)
            with archive.open(entry) as source:
                if target is None:
                    found = _pour(source, None, at_most=said["size"])
                else:
                    target.parent.mkdir(parents=True, exist_ok=True)
                    with target.open("xb") as stream:
                        found = _pour(source, stream, at_most=said["size"])
                        stream.flush()
                        os.fsync(stream.fileno())
            if found != (said["sha256"], said["size"]):
                raise _broken("里面有文件的内容变了")


def _target(name: str, into: Path | None, scratch: Path) -> Path | None:
    if into is not None:
        return into.joinpath(*PurePosixPath(name).parts)
    return scratch / DATABASE if name == DATABASE else None


def _prove_database(file: Path) -> None:
    """Open a restored library file: is it ours, sound, and does its journal hold?"""
    from app.storage.journal import check_chain

    engine = open_engine(file)
    try:
        with reading(engine) as connection:
            if application_id(connection) != APPLICATION_ID:
                raise _foreign()
            refuse_newer(current_revision(connection))
            if quick_check(connection) or missing_guards(connection):
                raise _broken("里面的资料库文件不完整")
            if next(check_chain(connection), None) is not None:
                raise _broken("里面的留痕日志对不上")
    finally:
        engine.dispose()


def _prove(file: Path, scratch: Path) -> None:
    """Restore a backup on trial, into ``scratch``.

    Raises:
        DamagedError: it would not restore.
    """
    _unpack(file, None, scratch, Silent())
    _prove_database(scratch / DATABASE)


@contextmanager
def _scratch(library: Library, file: Path) -> Iterator[Path]:
    """A folder to work in where the staff's names and answers lie anyway, never the computer's temporary one.

    In the library; beside ``file`` if nothing may be written there. What a killed program left goes first.
    """
    target = (file.parent if library.read_only else library.folder) / "backup"
    sweep_half_done(target)
    made = half_done_name(target)
    made.mkdir(mode=0o700)
    try:
        with in_work(made):
            yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def restore_backup(backup_path: Path, target_folder: Path, *, progress: Progress | None = None) -> None:
    """Restore a backup into a new folder, which then is a library like any other.

    Everything is unpacked and checked beside the target first; the folder appears whole or not at all.

    Raises:
        UserError: the target is not empty, there is no room, or the file is no backup of ours.
        DamagedError: the backup is damaged.
    """
    if target_folder.exists() and (not target_folder.is_dir() or any(target_folder.iterdir())):
        raise UserError(
            f"“{target_folder.name}”里已经有东西，不能还原到里面。",
            "里面的内容没有动。",
            "换一个新文件夹名字。",
            code="B-105",
        )
    if backup_path.exists() and not backup_path.is_file():
        raise _foreign()
    with in_words(lambda: "换一个备份文件再还原。"):
        target_folder.parent.mkdir(parents=True, exist_ok=True)
        beside = target_folder.with_name(f".还原中-{target_folder.name}")
        shutil.rmtree(beside, ignore_errors=True)  # left over by a program that was killed
        beside.mkdir()
        try:
            _unpack(backup_path, beside, beside, progress or Silent())
            _prove_database(beside / DATABASE)
            for name in (ATTACHMENTS, BACKUPS, EXPORTS):
                (beside / name).mkdir(exist_ok=True)
            if target_folder.exists():
                target_folder.rmdir()
            beside.replace(target_folder)
            sync_folder(target_folder.parent)
        finally:
            shutil.rmtree(beside, ignore_errors=True)


def list_backups(folder: Path) -> tuple[Backup, ...]:
    """Return the backups in a folder, the newest first; one whose contents no longer read is not proven."""
    found: list[Backup] = []
    for file in sorted(folder.glob(f"{_PREFIX}*.zip")) if folder.is_dir() else ():
        try:
            size = file.stat().st_size
            with _opened(file) as (_, manifest):
                at = datetime.fromisoformat(manifest["at"])
                damaged = tuple(str(name) for name in manifest.get("damaged", ()))
                found.append(Backup(file, True, at, str(manifest.get("reason", "")), size, damaged))
        except (UserError, OSError):
            named = _at_of_name(file)
            if named is not None:
                found.append(Backup(file, False, named, size=file.stat().st_size if file.exists() else 0))
    return tuple(sorted(found, key=lambda one: (one.at, one.path.name), reverse=True))


def _at_of_name(file: Path) -> datetime | None:
    stamp = file.stem.removeprefix(_PREFIX)[:15]
    try:
        return datetime.strptime(stamp, "%Y%m%d_%H%M%S").replace(tzinfo=CHINA_TIME)
    except ValueError:
        return None


def newest_proven(folder: Path) -> Backup | None:
    """Return the backup to go back to."""
    return next((one for one in list_backups(folder) if one.proven), None)


def thin(backups: Iterable[Backup], now: datetime) -> tuple[Backup, ...]:
    """Return the backups that may go.

    All of a week stay, then one per day for a month, then one per month for ever: the newest proven one of
    the day or month. The three newest proven ones always stay. A backup that no longer reads goes as soon as
    three proven ones are newer.
    """
    ordered = sorted(backups, key=lambda one: (one.at, one.path.name), reverse=True)
    proven = [one for one in ordered if one.proven]
    kept = set(proven[:3])
    taken: set[tuple[int, ...]] = set()
    for one in proven:
        local = one.at.astimezone(CHINA_TIME)
        age = now - one.at
        slot: tuple[int, ...] = (local.year, local.month)
        if age <= timedelta(days=7):
            kept.add(one)
        elif age <= timedelta(days=31):
            slot = (local.year, local.month, local.day)
        if one in kept or slot not in taken:
            kept.add(one)
        taken.add(slot)
        taken.add((local.year, local.month))
    third = proven[2].at if len(proven) >= 3 else None
    return tuple(
        one for one in ordered if one not in kept and (one.proven or (third is not None and one.at < third))
    )
