"""What the file system and SQLite say when something fails, told in three parts."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from app.errors import DamagedError, LockedError, UserError

_UNHARMED = "已经保存的内容没有变。"


@contextmanager
def in_words(advice: Callable[[], str] | None = None) -> Iterator[None]:
    """Turn failures of disk and file into :class:`UserError`; everything else passes.

    ``advice`` is asked, only for a damaged file, for the sentence that names the backup to go back to.
    """
    try:
        yield
    except (DBAPIError, sqlite3.Error, UnicodeDecodeError, OSError) as error:
        told = words_for(error, advice)
        if told is None:
            raise
        raise told from error


def words_for(error: Exception, advice: Callable[[], str] | None = None) -> UserError | None:
    """Return the sentence for a failure of disk or file; ``None`` if it is something else."""
    match error:
        case DBAPIError():
            return _of_sqlite(error.orig, advice)
        case sqlite3.Error():
            return _of_sqlite(error, advice)
        case UnicodeDecodeError():  # the driver could not even read SQLite's complaint about a broken file
            return damaged_file(advice)
        case OSError():
            return of_disk(error)
    return None


def _of_sqlite(error: BaseException | None, advice: Callable[[], str] | None) -> UserError | None:
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        # The driver's own complaint about a text that is no text any more carries no number.
        return damaged_file(advice) if "Could not decode to UTF-8" in str(error) else None
    if code == sqlite3.SQLITE_IOERR_SHMSIZE:
        return disk_full()  # no room even for the small file beside the library file
    match code & 0xFF:
        case sqlite3.SQLITE_FULL:
            return disk_full()
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return damaged_file(advice)
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return LockedError(
                "资料库文件正被别的程序占着。",
                _UNHARMED,
                "关掉正在查看或备份这个文件夹的程序，再试一次。",
                code="L-131",
            )
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM | sqlite3.SQLITE_AUTH:
            return UserError(
                "资料库现在不让写。",
                _UNHARMED,
                "看看 U 盘的写保护开关，或把资料库复制到本机再打开。",
                code="L-132",
            )
        case sqlite3.SQLITE_IOERR | sqlite3.SQLITE_CANTOPEN:
            return UserError(
                "资料库文件读写不成，可能是 U 盘松了或被拔出。",
                _UNHARMED,
                "插好后重新打开资料库，刚才那一项再写一次。",
                code="L-133",
            )
    return None


def disk_full() -> UserError:
    """The sentence for a full disk."""
    return UserError(
        "磁盘满了，刚才这一项没有写进去。",
        _UNHARMED,
        "删掉一些不用的文件，或把资料库移到大一点的盘，再写一次。",
        code="L-134",
    )


def damaged_file(advice: Callable[[], str] | None = None) -> DamagedError:
    """The sentence for a library file whose structure is broken."""
    return DamagedError(
        "资料库文件坏了，可能是断电或 U 盘提前拔出。",
        "材料原件在 attachments 文件夹里，备份在 backups 文件夹里，都没有动。",
        advice() if advice is not None else "从最近的备份还原。",
        code="L-135",
    )


def of_disk(error: OSError) -> UserError:
    """Return the sentence for a failure of the disk."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return disk_full()
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return UserError(
            "这个位置没有权限，不让读或不让写。",
            _UNHARMED,
            "换一个自己的文件夹，或看看 U 盘的写保护开关。",
            code="L-136",
        )
    if error.errno == errno.ENAMETOOLONG:
        return UserError("文件夹的名字太长了。", _UNHARMED, "换一个短一点的名字或位置。", code="L-137")
    if error.errno in (errno.ENOENT, errno.ENODEV, errno.EIO, errno.ENXIO):
        return UserError(
            "要用的文件或文件夹不见了，可能是 U 盘被拔出。", _UNHARMED, "插好后再试一次。", code="L-138"
        )
    return UserError("文件读写不成。", _UNHARMED, "换一个位置再试；还不行就重开电脑。", code="L-139")
