"""The lock of a library: one program at a time, and the second is told who has it.

The operating system holds the lock, so it ends with the program even when that is killed; what is written in
the file only says who it is. A file left behind by a crash is therefore no lock and is taken over silently.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import platform
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from app.errors import LockedError, UserError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

CHINA_TIME = timezone(timedelta(hours=8))
"""The one time zone in which the program is used, whatever the computer is set to."""

_LOCKED_BYTE = 0x4000_0000
"""Windows bars others from reading the locked byte; it lies far behind the words that say who it is."""

_WORDS = 512
"""Bytes for who has it, blanks included: the file keeps its size, as truncating beside a lock may fail."""

_BINARY = getattr(os, "O_BINARY", 0)

_TAKEN = (errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK)


class LibraryLock:
    """Held from :meth:`acquire` to :meth:`release`, or to the end of the process."""

    def __init__(self, file: Path) -> None:
        """``file`` is the lock file inside the library folder."""
        self._file = file
        self._handle: int | None = None

    def acquire(self, now: datetime, *, read_only: bool = False) -> None:
        """Take the lock and write who has it; with ``read_only`` nothing is written.

        Raises:
            LockedError: another program has it; names the computer and since when.
            UserError: this place cannot be locked (some network drives).
            OSError: the folder cannot be written.
        """
        try:
            handle = os.open(self._file, os.O_RDWR | os.O_CREAT | _BINARY, 0o666)
        except OSError as error:
            if not (read_only and error.errno in (errno.EACCES, errno.EPERM, errno.EROFS)):
                raise
            if not self._file.exists():
                return  # nobody can have locked what cannot be written
            handle = os.open(self._file, os.O_RDONLY | _BINARY)
        try:
            _lock(handle)
        except OSError as error:
            os.close(handle)
            if error.errno in _TAKEN:
                raise self._taken() from error
            raise UserError(
                "这个位置不能保证同时只有一个程序打开，可能是网络盘。",
                "资料库没有被打开，内容没有变。",
                "把资料库放在本机或 U 盘上再打开。",
                code="L-112",
            ) from error
        self._handle = handle
        if not read_only:
            words = {
                "host": platform.node(),
                "pid": os.getpid(),
                "since": now.astimezone(UTC).isoformat(timespec="seconds"),
            }
            with contextlib.suppress(OSError):  # no room for the words: the lock holds without them
                _write(handle, json.dumps(words, ensure_ascii=False))

    def release(self) -> None:
        """Let go; the emptied file stays, so that no other program locks one that is about to vanish."""
        handle, self._handle = self._handle, None
        if handle is None:
            return
        try:
            _write(handle, "")
            _unlock(handle)
        except OSError:
            pass  # opened for reading only, or the stick is gone: closing unlocks as well
        finally:
            os.close(handle)

    def _taken(self) -> LockedError:
        who, since = "另一个程序", ""
        try:
            words = json.loads(self._file.read_text(encoding="utf-8"))
            host = str(words["host"])
            who = "这台电脑上的另一个窗口" if host == platform.node() else f"电脑“{host}”"
            at = datetime.fromisoformat(words["since"]).astimezone()
            since = f"，从 {at.month}月{at.day}日 {at:%H:%M} 开始"
        except (OSError, ValueError, KeyError, TypeError):
            pass  # just taken and not yet written, or unreadable: the lock holds all the same
        return LockedError(
            f"资料库正由{who}打开着{since}。",
            "两边的内容都没有变。",
            "在那边关掉以后再打开；只想看看，可以把整个文件夹复制一份再开。",
            code="L-111",
        )


def _write(handle: int, words: str) -> None:
    os.lseek(handle, 0, os.SEEK_SET)
    os.write(handle, words.encode("utf-8")[:_WORDS].ljust(_WORDS))


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        os.lseek(handle, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _unlock(handle: int) -> None:
    if sys.platform == "win32":
        os.lseek(handle, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)
    else:
        fcntl.flock(handle, fcntl.LOCK_UN)
